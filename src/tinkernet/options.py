"""The names of all options, and of all kinds of findings, as types: a type checker finds a misspelt one.

Made by `make generate` from the tables in `network/`, `data/` and `insight/diagnosis/kinds.py`:
change those, and make this file again.
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
    FindingKind = Literal[
        "regularization-explodes",
        "diverged",
        "no-inputs",
        "too-few-points",
        "class-imbalance",
        "batch-too-large",
        "symmetric",
        "over-regularized",
        "learning-rate-too-large",
        "stuck-output",
        "dead-neurons",
        "saturated",
        "learning-rate-too-small",
        "vanishing-gradients",
        "too-small",
        "unlucky-start",
        "local-minimum",
        "overfitting",
        "solved",
        "noise-floor",
        "idle-regularization",
        "not-started",
        "unsteady",
        "falling",
        "rising",
        "level",
    ]
else:
    ProblemName = str
    DatasetName = str
    FeatureName = str
    ActivationName = str
    InitializerName = str
    OptimizerName = str
    LossName = str
    RegularizationName = str
    FindingKind = str
