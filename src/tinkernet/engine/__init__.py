"""The performance-critical code: train, evaluate, fields.

The engine runs the compiled kernels once they are loaded, and the NumPy reference until then. Their results are
bit-identical, so it does not matter when the engine switches. See `reference.py` for the algorithm, `rule.py` and
`learner.py` for its data structures, `kernels.py` for the fast implementation, and `compiled.py` for loading it.
"""

from tinkernet.engine.compiled import Status, compiled_ready, prepare, status, wait_until_compiled, wait_until_loaded
from tinkernet.engine.evaluation import evaluate, fields, losses_of_points, outputs
from tinkernet.engine.grid import grid_inputs, grid_points
from tinkernet.engine.learner import Crowd, Learner
from tinkernet.engine.many import evaluate_runs, train_crowd, train_runs
from tinkernet.engine.rule import DEAD, FROZEN, OFF, Examples, Rule
from tinkernet.engine.stops import Stops
from tinkernet.engine.training import advance, train
from tinkernet.engine.varied import Outcome, Varied

__all__ = [
    "DEAD",
    "FROZEN",
    "OFF",
    "Crowd",
    "Examples",
    "Learner",
    "Outcome",
    "Rule",
    "Status",
    "Stops",
    "Varied",
    "advance",
    "compiled_ready",
    "evaluate",
    "evaluate_runs",
    "fields",
    "grid_inputs",
    "grid_points",
    "losses_of_points",
    "outputs",
    "prepare",
    "status",
    "train",
    "train_crowd",
    "train_runs",
    "wait_until_compiled",
    "wait_until_loaded",
]
