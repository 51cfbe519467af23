"""A block: some runs of a sweep, computed together. It is a pure function of its description, wherever that is."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.sweeps.choices import Choices, values_of
from tinkernet.sweeps.design import ROUND, Design, written
from tinkernet.sweeps.endings import REASONS, Ending, stops_of
from tinkernet.sweeps.training import ACCURACIES, LOSSES, trained
from tinkernet.tables import Table

MOST_EPOCHS = 1_000_000_000
RESULTS = ("epochs", "ended", *LOSSES, *ACCURACIES)
"""The columns of results, after the number of the run and its settings."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides on the results of a sweep; `block` is how many runs are computed together."""

    experiment: Experiment
    design: Design
    epochs: int
    stop: tuple[Ending, ...]
    block: int

    def __post_init__(self) -> None:
        checks.whole("epochs", self.epochs, 1, MOST_EPOCHS)
        checks.whole("block", self.block, 1, self.design.runs)
        if self.design.adaptive and ROUND % self.block:
            raise ExperimentError("block", self.block, f"a divisor of {ROUND}, the runs that are chosen together")

    @property
    def blocks(self) -> int:
        """The number of blocks."""
        return -(-self.design.runs // self.block)

    def span(self, block: int) -> tuple[int, int]:
        """The first run of a block, and the first after it."""
        return block * self.block, min((block + 1) * self.block, self.design.runs)

    def experiment_of(self, values: Sequence[Any]) -> Experiment:
        """The experiment with these values of the settings that vary."""
        return self.experiment.replace(**dict(zip(self.design.names, values, strict=True)))


def compute(plan: Plan, block: int, chosen: Sequence[Choices] | None = None) -> Table:
    """The results of a block, a row for each run, in the order of their numbers.

    Of an adaptive design, `chosen` is what was chosen for each of the runs.

    Raises:
        ExperimentError: some settings do not fit each other, or what was chosen is not of this design.
    """
    (first, stop), names = plan.span(block), plan.design.names
    rows = plan.design.values(first, stop) if chosen is None else [values_of(plan.design, one) for one in chosen]
    columns = trained(plan.experiment, names, rows, plan.epochs, stops_of(plan.stop))
    settings: dict[str, Any] = {name: [written(row[place]) for row in rows] for place, name in enumerate(names)}
    results: dict[str, Any] = {**columns, "ended": [REASONS[reason] for reason in columns["reasons"].tolist()]}
    return Table({"run": np.arange(first, stop), **settings, **{name: results[name] for name in RESULTS}})
