"""From rows as they are given to the inputs of the network: scaled, and put into formulas if there are some."""

from dataclasses import dataclass, replace

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.own.limits import LARGEST_VALUE
from tinkernet.data.own.parts import NUMBER_REACH, check_finite
from tinkernet.data.own.scaling import Scaling, readable_range
from tinkernet.data.plane import EDGE
from tinkernet.estimators.settings import STANDARD
from tinkernet.experiment.allowed import checked_features
from tinkernet.network.inputs import PLANE_INPUTS, Inputs, inputs_of

BLOCK = 4096
"""So many rows are summed, or predicted, at once."""


@dataclass(frozen=True)
class Columns:
    """The columns of the rows: how they are scaled, and which inputs the network has.

    `names` are those of a data frame, None for an array. `features` are names and formulas, None for all columns.
    """

    count: int
    names: tuple[str, ...] | None
    scaling: Scaling | None
    features: tuple[str, ...] | None

    @property
    def inputs(self) -> Inputs:
        """What the inputs may be. Two columns of an array are the coordinates of the plane where features are named."""
        if self.names is None and self.features is not None and self.count == len(PLANE_INPUTS.columns):
            return PLANE_INPUTS
        return inputs_of(self.shown_names)

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The names of the columns; x1, x2 and so on for an array."""
        return self.names or tuple(f"x{k + 1}" for k in range(self.count))

    @property
    def input_count(self) -> int:
        """The number of inputs of the network."""
        return self.count if self.features is None else len(self.features)

    def compute(self, rows: Float64[ndarray, "n columns"]) -> Float64[ndarray, "features n"]:
        """The inputs of the network, a column for each row.

        Raises:
            ExperimentError: a formula has no finite value at one of the rows.
        """
        scaled = rows if self.scaling is None else self.scaling.forward(rows)
        if self.features is None:
            return np.ascontiguousarray(scaled.T)
        inputs = self.inputs
        inputs.check_finite(self.features, scaled)
        return inputs.compute(self.features, scaled)


def columns_of(
    rows: Float64[ndarray, "n columns"],
    weights: Float64[ndarray, " n"] | None,
    names: tuple[str, ...] | None,
    scaling: str | None,
    features: tuple[str, ...] | None,
) -> Columns:
    """The columns of these rows, scaled by them; the weights count in means.

    Raises:
        ExperimentError: a value is too large, or a feature is neither a column nor a formula.
    """
    count = rows.shape[1]
    if np.abs(rows).max() > LARGEST_VALUE:
        for k in range(count):
            check_finite(names[k] if names else f"column {k}", rows[:, k])
    found = Columns(count, names, scaling_of(rows, weights, scaling, EDGE), features)
    if features is None:
        return found
    return Columns(count, names, found.scaling, checked_features(list(features), found.inputs))


def target_scaling(
    numbers: Float64[ndarray, " n"], weights: Float64[ndarray, " n"] | None, scaling: str | None
) -> Scaling | None:
    """How the numbers to predict are scaled.

    Raises:
        ExperimentError: one is too large.
    """
    check_finite("y", numbers)
    return scaling_of(numbers[:, None], weights, scaling, NUMBER_REACH)


def scaling_of(
    rows: Float64[ndarray, "n columns"], weights: Float64[ndarray, " n"] | None, scaling: str | None, edge: float
) -> Scaling | None:
    """The scaling of these columns.

    "standard" is a mean of 0 and a variance of 1: the range that becomes −edge … edge reaches `edge` standard
    deviations to either side of the mean. "plane" is what a run does with a person's own data. A column with a single
    value becomes 0.
    """
    if scaling is None:
        return None
    least, most = rows.min(axis=0), rows.max(axis=0)
    if scaling != STANDARD:
        ends = [readable_range(*pair) for pair in zip(least.tolist(), most.tolist(), strict=True)]
        return Scaling(tuple(low for low, _ in ends), tuple(high for _, high in ends), edge)
    total = float(len(rows)) if weights is None else float(_sum(weights[:, None])[0])
    middle = _weighted_sum(rows, weights) / total
    reach = edge * np.sqrt(_weighted_sum(rows, weights, middle) / total)
    # A single value, or values so close together that their differences are rounding errors.
    alone = ~(most - least > 1e-12 * np.maximum(np.abs(least), np.abs(most)))
    middle = np.where(alone, least, middle)
    reach = np.where(alone, edge * np.maximum(1.0, np.abs(least)), reach)
    return Scaling(tuple((middle - reach).tolist()), tuple((middle + reach).tolist()), edge)


def _weighted_sum(
    rows: Float64[ndarray, "n columns"],
    weights: Float64[ndarray, " n"] | None,
    middle: Float64[ndarray, " columns"] | None = None,
) -> Float64[ndarray, " columns"]:
    """The sum of each column, or of its squared differences from `middle`."""
    total = np.zeros(rows.shape[1])
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        if middle is not None:
            part = (part - middle) * (part - middle)
        if weights is not None:
            part = part * weights[start : start + BLOCK, None]
        total = total + _sum(part)
    return total


def _sum(rows: Float64[ndarray, "n columns"]) -> Float64[ndarray, " columns"]:
    """The sum of each column, row by row: NumPy's own sum has another order on another machine."""
    total: ndarray = np.add.accumulate(rows, axis=0)[-1]
    return total


def without_names(columns: Columns) -> Columns:
    """The same columns as those of an array."""
    return replace(columns, names=None)
