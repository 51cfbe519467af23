"""The hot loops: train, evaluate, fields.

Everything here runs on the compiled kernels as soon as they are there, and on the NumPy reference until then; the two
agree to the last bit, so it does not matter when one takes over. Read `reference.py` for the algorithm, `rule.py` and
`learner.py` for what it works on, `kernels.py` for the same made fast, `compiled.py` for when that is there.
"""

from tinkernet.engine.compiled import Status, compiled_ready, prepare, status, wait_until_compiled
from tinkernet.engine.evaluation import evaluate, fields, outputs
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
    "outputs",
    "prepare",
    "status",
    "train",
    "train_crowd",
    "wait_until_compiled",
]
