"""Evidence: what the conditions of a goal look at: the run, its history, and what the person has done in this step."""

from dataclasses import dataclass, field

from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.run import Run

MOST_EXPERIMENTS = 500
"""Experiments that are remembered as trained; beyond that, the oldest is forgotten."""


@dataclass
class Record:
    """What the person has done since the step began."""

    resets: int = 0
    moves: int = 0
    undos: int = 0
    pins: int = 0
    epochs_trained: int = 0
    viewed: set[tuple[int, int]] = field(default_factory=set)
    """The neurons that were looked at, by layer and number."""
    trained: dict[Experiment, int] = field(default_factory=dict)
    """For how many epochs each experiment was trained."""
    once: set[str] = field(default_factory=set)
    """The conditions that were met at some moment, by their text."""
    choice: int | None = None
    """The answer that was chosen last."""
    right: bool = False
    """Whether it is the right one."""
    _seen: tuple[object, int] | None = None
    """The run that was seen last, and its epoch then."""

    def sample(self, run_number: object, run: Run) -> None:
        """Record how far this run has been trained since the last call."""
        before, self._seen = self._seen, (run_number, run.epoch)
        if before is None or before[0] != run_number or run.epoch <= before[1]:
            return
        epochs = run.epoch - before[1]
        self.epochs_trained += epochs
        self.trained[run.experiment] = self.trained.pop(run.experiment, 0) + epochs
        if len(self.trained) > MOST_EXPERIMENTS:
            del self.trained[next(iter(self.trained))]


@dataclass(frozen=True)
class StartsResult:
    """The many starts of the session."""

    number: int
    """How many times many starts have been trained, including these."""
    train_losses: Float64[ndarray, " n"]
    finished: bool
    """Whether all have been trained to their last epoch."""


@dataclass(frozen=True)
class Evidence:
    """What there is to see at one moment."""

    run: Run
    view: View
    record: Record
    playing: bool = False
    in_past: bool = False
    starts: StartsResult | None = None
    findings: frozenset[str] = frozenset()
    """The kinds of what the diagnosis says."""
