"""Run: an experiment in training."""

from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import BiasSet, Changed, Event, Frozen, Painted, ParametersSet, Switched, WeightSet
from tinkernet.run.history import History
from tinkernet.run.replay import check_events
from tinkernet.run.run import Run

__all__ = [
    "BiasSet",
    "Changed",
    "Checkpoint",
    "Event",
    "Frozen",
    "History",
    "Painted",
    "ParametersSet",
    "Run",
    "Switched",
    "WeightSet",
    "check_events",
]
