"""The results of a map's tile: each cell is a run, with the bits of a single one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool, Float32, UInt8
from tinkernet.insight.diagnosis import KINDS
from tinkernet.maps.lattice import Tile, refined, shares_at
from tinkernet.maps.plan import MapPlan
from tinkernet.run import Run
from tinkernet.sweeps.training import trained

Pair = tuple[float, float]
"""The values of both axes."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What became of the runs of a tile; the first row is the bottom. The numbers are rounded: they are to be drawn.

    Losses and accuracies are after the run's last epoch; a loss that is too large for float32 is infinity, accuracies
    are NaN for a regression. `reasons` say why each run ended (`engine/stops.py`). `findings` are the most important
    finding of a diagnosis: 0 for none, otherwise 1 and its place in KINDS; 0 as well where the plan has no diagnosis.
    """

    train_loss: Float32[ndarray, "rows columns"]
    test_loss: Float32[ndarray, "rows columns"]
    train_accuracy: Float32[ndarray, "rows columns"]
    test_accuracy: Float32[ndarray, "rows columns"]
    epochs: Float32[ndarray, "rows columns"]
    reasons: UInt8[ndarray, "rows columns"]
    findings: UInt8[ndarray, "rows columns"]


TYPES = {
    "train_loss": np.float32,
    "test_loss": np.float32,
    "train_accuracy": np.float32,
    "test_accuracy": np.float32,
    "epochs": np.float32,
    "reasons": np.uint8,
    "findings": np.uint8,
}
"""The numbers of a cell."""
FINDINGS = {kind: 1 + place for place, kind in enumerate(KINDS)}
"""The number of each kind of finding."""


def values_at(plan: MapPlan, level: int, column: int, row: int) -> Pair:
    """The values of both axes at a place of the lattice: `column` and `row` count cells, from the bottom left.

    Raises:
        ExperimentError: there is no such place.
    """
    x, y = shares_at(level, column, row)
    return float(plan.x.values(np.array([x]))[0]), float(plan.y.values(np.array([y]))[0])


def compute(plan: MapPlan, tile: Tile, parent: Cells | None = None) -> Cells:
    """The results of a tile; with those of its parent, only three quarters of them are computed."""
    tile.check()
    across, up = tile.shares
    x, y = plan.x.values(across).tolist(), plan.y.values(up).tolist()

    def of(new: Bool[ndarray, "side side"]) -> Mapping[str, ndarray]:
        # Whole numbers repeat; each pair of values is trained once.
        pairs = [(x[column], y[row]) for row, column in np.argwhere(new).tolist()]
        numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
        found, which = _results(plan, list(numbers)), [numbers[pair] for pair in pairs]
        return {name: values[which] for name, values in found.items()}

    return Cells(**refined(tile, None if parent is None else asdict(parent), of))


def _results(plan: MapPlan, pairs: list[Pair]) -> dict[str, ndarray]:
    """What becomes of the runs with these values of both axes."""
    found = _trained(plan, pairs)
    findings = np.zeros(len(pairs), dtype=np.int64)
    if plan.diagnosed:
        epochs = found["epochs"].tolist()
        findings[:] = [finding_of(plan.run(*pair, count)) for pair, count in zip(pairs, epochs, strict=True)]
    found["findings"] = findings
    with np.errstate(over="ignore"):
        return {name: found[name].astype(kind) for name, kind in TYPES.items()}


def _trained(plan: MapPlan, pairs: list[Pair]) -> dict[str, ndarray]:
    settings = [plan.settings(x, y) for x, y in pairs]
    names = tuple(settings[0])
    rows = [tuple(one[name] for name in names) for one in settings]
    changes = {
        plan.place_of(axis): np.array([pair[side] for pair in pairs])
        for side, axis in enumerate((plan.x, plan.y))
        if axis.weight is not None
    }
    return trained(plan.experiment, names, rows, plan.epochs, plan.stops, changes)


def finding_of(run: Run) -> int:
    """The number of the most important finding about a run; 0 for none."""
    found = run.diagnosis()
    return FINDINGS[found[0].kind] if found else 0
