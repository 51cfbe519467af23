"""What the inputs of a network may be: named features, and formulas over the columns of the data.

`PLANE_INPUTS` are those of the built-in data, whose columns are the coordinates; `inputs_of(names)` are those of a
person's own data, where every column is a feature.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.formula import PLANE, Column, Formula, read_formula
from tinkernet.network.features import FEATURES, MOST_DRAWN, Feature

SCALE_CELLS = 48
SCALE_SHARE = 0.98
"""The share of the plane in which a formula's values are within its scale: the rest may be a pole."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """The features over these columns. Equal columns share one object, so that it can be a key of a cache."""

    columns: tuple[Column, ...]
    table: Mapping[str, Feature]
    """The named features, in the order of the inputs."""

    @property
    def usual(self) -> tuple[str, ...]:
        """The features that a network begins with."""
        return tuple(entry.name for entry in self.table.values() if entry.default)

    def is_extra(self, name: str) -> bool:
        """Whether the catalog does not have this feature: a formula, or a column of a person's own data."""
        return self.table is not FEATURES or name not in self.table

    def usual_with(self, features: Iterable[str]) -> tuple[str, ...]:
        """These features, and the usual ones."""
        return self.in_order((*features, *self.usual))

    def feature_of(self, name: str) -> Feature:
        """The feature of this name: an entry of the table, or the feature that this formula is.

        Raises:
            FormulaError: it is neither.
        """
        return self.table.get(name) or _of_formula(name, self.columns)

    def feature_name(self, text: str) -> str:
        """The name of the feature that is meant: of an entry, also by its formula, or the canonical text of a formula.

        Raises:
            FormulaError: it is not a formula, either.
        """
        if text in self.table:
            return text
        formula = read_formula(text, self.columns).text
        return next((entry.name for entry in self.table.values() if entry.read.text == formula), formula)

    def in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """These features, each once: entries in the table's order, then formulas as given."""
        given = tuple(dict.fromkeys(names))
        return (*(name for name in self.table if name in given), *self.formulas_of(given))

    def formulas_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those features that are not in the table."""
        return tuple(name for name in names if name not in self.table)

    def compute(
        self, features: tuple[str, ...], points: Float64[ndarray, "n columns"]
    ) -> Float64[ndarray, "features n"]:
        """The inputs of the network for points on the scale of the plane: a row per feature, a column per point."""
        rows = [self.feature_of(name).compute(points) for name in features]
        return np.array(rows, dtype=np.float64).reshape(len(features), len(points))

    def drawn(self, features: tuple[str, ...], points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "features n"]:
        """The features where they are only drawn: 0 where one has no finite value, never too large for float32."""
        values = self.compute(features, points)
        return np.clip(np.where(np.isfinite(values), values, 0.0), -MOST_DRAWN, MOST_DRAWN)

    def not_finite_at(self, name: str, points: Float64[ndarray, "n columns"]) -> str | None:
        """Where the feature has no finite value, as “(−1.20, 0.30) it is not a number”; else None."""
        values = self.feature_of(name).compute(points)
        wrong = np.flatnonzero(~np.isfinite(values))
        if not len(wrong):
            return None
        place = ", ".join(f"{coordinate:.2f}".replace("-", "−") for coordinate in points[wrong[0]])
        return f"({place}) it is {'not a number' if np.isnan(values[wrong[0]]) else 'infinite'}"

    def check_finite(self, features: tuple[str, ...], points: Float64[ndarray, "n columns"]) -> None:
        """That every formula is finite at these points: a value that is not would spoil all weights.

        Raises:
            ExperimentError: one is not; the message names the formula and a point.
        """
        for name in self.formulas_of(features):
            where = self.not_finite_at(name, points)
            if where is not None:
                raise ExperimentError("features", name, f"finite at every training and test point; at {where}")


PLANE_INPUTS = Inputs(PLANE, FEATURES)
"""The inputs of built-in data: functions of the position."""


@lru_cache(maxsize=64)
def inputs_of(names: tuple[str, ...]) -> Inputs:
    """The inputs of data with these columns: each column is one."""
    columns = tuple(Column(name, name) for name in _readable(names))
    entries = (
        Feature(
            name=column.name,
            label=column.name,
            hint=f"The column {column.name}.",
            symbol=column.name,
            scale=EDGE,
            formula=f"[{column.name}]",
            default=True,
            columns=columns,
            column=k,
        )
        for k, column in enumerate(columns)
    )
    return Inputs(columns, {entry.name: entry for entry in entries})


def _readable(names: tuple[str, ...]) -> list[str]:
    """The names as a formula can hold them, in brackets: without brackets in them, and all different."""
    readable: list[str] = []
    for name in names:
        plain = " ".join(name.translate(str.maketrans("[]", "()")).split()) or "column"
        number = 1
        while (found := plain if number == 1 else f"{plain} {number}") in readable:
            number += 1
        readable.append(found)
    return readable


@lru_cache(maxsize=1024)
def _of_formula(text: str, columns: tuple[Column, ...]) -> Feature:
    formula = read_formula(text, columns)
    return Feature(
        name=formula.text,
        label=formula.shown,
        hint="An input by formula. Select it to change or remove it.",
        symbol=formula.shown_as_factor,
        scale=_scale(formula),
        formula=formula.text,
        columns=columns,
    )


def _scale(formula: Formula) -> float:
    """About the largest size of the formula's values on the plane."""
    along = (np.arange(SCALE_CELLS) + 0.5) / SCALE_CELLS * (2 * EDGE) - EDGE
    x, y = (places.ravel() for places in np.meshgrid(along, -along))
    # Columns after the second are permutations of the first two, so that any two of them vary independently.
    places = [(x, y)[k % 2][np.arange(len(x)) * (1 + 2 * (k // 2)) % len(x)] for k in range(len(formula.columns))]
    values = np.abs(
        formula.evaluate({column.name: place for column, place in zip(formula.columns, places, strict=True)})
    )
    sizes = np.sort(values[np.isfinite(values)])
    largest = float(sizes[int(SCALE_SHARE * (len(sizes) - 1))]) if len(sizes) else 0.0
    return min(largest, MOST_DRAWN) if largest > 0 else 1.0
