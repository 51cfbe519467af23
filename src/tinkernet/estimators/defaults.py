"""The defaults of the estimators where they are not an experiment's: those that work for most data as they are."""

from tinkernet.network.initializers import GLOROT_UNIFORM
from tinkernet.network.losses import CROSS_ENTROPY, SQUARED
from tinkernet.network.optimizers import Adam
from tinkernet.network.regularizations import REGULARIZATIONS
from tinkernet.network.schedules import Constant

INITIALIZER = GLOROT_UNIFORM.name
OPTIMIZER = Adam.name
SCHEDULE = Constant.name
REGULARIZATION = str(next(iter(REGULARIZATIONS)))
CLASSES_LOSS = CROSS_ENTROPY.name
NUMBERS_LOSS = SQUARED.name
