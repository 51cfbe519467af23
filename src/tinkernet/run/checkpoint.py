"""Checkpoint: all of a run at one moment, small and never changing."""

from dataclasses import dataclass

from tinkernet.engine import Learner
from tinkernet.experiment import Experiment
from tinkernet.run.events import Event
from tinkernet.run.history import History


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What `Run.restore` needs to go on as if nothing had been.

    The history is the run's own, which only grows: `epoch` says how much of it there was.
    """

    experiment: Experiment
    origin: Experiment
    learner: Learner
    stream: bytes
    epoch: int
    position: int
    events: tuple[Event, ...]
    history: History
