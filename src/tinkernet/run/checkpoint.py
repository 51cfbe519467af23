"""Checkpoint: all of a run at one moment, small and never changing."""

from dataclasses import dataclass, field

from tinkernet.engine import Learner
from tinkernet.experiment import Experiment
from tinkernet.run.events import Event
from tinkernet.run.history import History


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What `Run.restore` needs to go on as if nothing had been.

    The checkpoints of a run's past come without the history, which the run itself has.
    """

    experiment: Experiment
    origin: Experiment
    learner: Learner
    stream: bytes
    epoch: int
    position: int
    events: tuple[Event, ...]
    history: History = field(default_factory=History)
