"""The names of all options as types, so that a type checker finds a misspelt one.

Made by `make generate` from the tables in `network/` and `data/`: change those, and make this file again.
At run time they are plain texts: the tables are the truth, and may have been added to.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    ProblemName = Literal["classification", "regression"]
    DatasetName = Literal["circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss"]
    FeatureName = Literal["x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"]
    ActivationName = Literal["tanh", "relu", "sigmoid", "linear"]
    InitializerName = Literal["uniform", "zeros"]
    OptimizerName = Literal["sgd"]
    LossName = Literal["squared"]
    RegularizationName = Literal["none", "L1", "L2"]
else:
    ProblemName = str
    DatasetName = str
    FeatureName = str
    ActivationName = str
    InitializerName = str
    OptimizerName = str
    LossName = str
    RegularizationName = str
