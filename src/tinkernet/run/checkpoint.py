"""Checkpoint: the complete state of a run at one moment, small and immutable."""

from dataclasses import dataclass, field

from tinkernet.engine import Learner
from tinkernet.experiment import Experiment
from tinkernet.run.events import Event
from tinkernet.run.history import History


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything that `Run.restore` needs to continue training bit for bit.

    The `experiment` now and the `origin` at epoch 0, the `learner` with all parameters, the random `stream`, the moment
    (`epoch` and `position`), the `events` until then and the `history`. The checkpoints in a run's past do not contain
    the history, which is kept by the run.
    """

    experiment: Experiment
    origin: Experiment
    learner: Learner
    stream: bytes
    epoch: int
    position: int
    events: tuple[Event, ...]
    history: History = field(default_factory=History)
