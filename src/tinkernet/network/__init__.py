"""Network components: the layout of the parameters, and the tables of activations, losses and other options."""

from tinkernet.network.activations import ACTIVATIONS, Activation
from tinkernet.network.features import FEATURES, Feature
from tinkernet.network.heads import HEADS, OutputHead
from tinkernet.network.initializers import INITIALIZERS, Initializer
from tinkernet.network.layout import Layout
from tinkernet.network.losses import LOSSES, Loss
from tinkernet.network.optimizers import OPTIMIZERS, Optimizer
from tinkernet.network.problems import PROBLEMS, Problem
from tinkernet.network.regularizations import REGULARIZATIONS, Regularization
from tinkernet.network.schedules import SCHEDULES, Schedule

__all__ = [
    "ACTIVATIONS",
    "FEATURES",
    "HEADS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "PROBLEMS",
    "REGULARIZATIONS",
    "SCHEDULES",
    "Activation",
    "Feature",
    "Initializer",
    "Layout",
    "Loss",
    "Optimizer",
    "OutputHead",
    "Problem",
    "Regularization",
    "Schedule",
]
