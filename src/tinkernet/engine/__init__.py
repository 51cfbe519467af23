"""The performance-critical code: train, evaluate, fields.

The engine runs the compiled kernels once they are loaded, and the NumPy reference until then. Their results are
bit-identical, so it does not matter when the engine switches. See `reference.py` for the algorithm, `rule.py` and
`learner.py` for its data structures, `kernels.py` for the fast implementation, and `compiled.py` for loading it.
"""

from tinkernet.engine.compiled import Status, compiled_ready, prepare, status, wait_until_compiled
from tinkernet.engine.evaluation import evaluate, fields, losses_of_points, outputs
from tinkernet.engine.grid import grid_inputs, grid_points
from tinkernet.engine.learner import Crowd, Learner
from tinkernet.engine.rule import DEAD, FROZEN, OFF, Examples, Rule
from tinkernet.engine.training import advance, train, train_crowd

__all__ = [
    "DEAD",
    "FROZEN",
    "OFF",
    "Crowd",
    "Examples",
    "Learner",
    "Rule",
    "Status",
    "advance",
    "compiled_ready",
    "evaluate",
    "fields",
    "grid_inputs",
    "grid_points",
    "losses_of_points",
    "outputs",
    "prepare",
    "status",
    "train",
    "train_crowd",
    "wait_until_compiled",
]
