"""Experiment: all settings of a run. Immutable, complete, comparable and JSON-serializable.

`setup.py` has the settings, `allowed.py` says which values each may have, `fitting.py` which values fit each other, and
`changing.py` what follows from a change.
"""

from tinkernet.experiment.allowed import LEARNING_RATES, MOST_NEURONS, REGULARIZATION_RATES, fresh_seed
from tinkernet.experiment.experiment import Experiment, as_experiment, changed_fields
from tinkernet.experiment.opened import OpenedPage
from tinkernet.experiment.setup import Settings, Setup

__all__ = [
    "LEARNING_RATES",
    "MOST_NEURONS",
    "REGULARIZATION_RATES",
    "Experiment",
    "OpenedPage",
    "Settings",
    "Setup",
    "as_experiment",
    "changed_fields",
    "fresh_seed",
]
