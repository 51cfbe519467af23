"""Which values each setting of an experiment may have: their limits, and a check for each field in CHECKS."""

import math
import numbers
import secrets
from collections.abc import Callable, Collection, Mapping

from tinkernet import checks
from tinkernet.data import drawing
from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.experiment.setup import is_unset
from tinkernet.formatting import count, listed
from tinkernet.formula import FormulaError
from tinkernet.network import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZATIONS,
    SCHEDULES,
    dropout,
    parameters,
)
from tinkernet.network.features import MOST_FORMULAS
from tinkernet.network.inputs import Inputs
from tinkernet.network.parameters import Option

MOST_LAYERS = 64
MOST_NEURONS = 256
MOST_BATCH = 100_000
MOST_STARTS = 1_000_000
# To reach a start, the initial weights of all starts before it are drawn; this many draws take about a second.
MOST_DRAWS = 20_000_000
LONGEST_SEED = 1_000
MOST_SEED_NUMBER = 10**15
MOST_NOISE = 80
MOST_NAMED = 20
"""So many features an error lists."""

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The learning rates that the page offers; any rate that is not negative is valid."""
REGULARIZATION_RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The regularization rates that the page offers; any rate that is not negative is valid."""

Check = Callable[[str, object], object]
"""Takes the name of a field and a given value; returns the value that the field gets, or raises an ExperimentError."""


def own_data(given: object) -> Dataset | None:
    """The given data set, or that of given points and labels.

    Raises:
        ExperimentError: it is neither.
    """
    if given is None or isinstance(given, Dataset):
        return given
    if isinstance(given, tuple | list) and len(given) == 2:
        return Dataset.from_arrays(given[0], given[1])
    raise ExperimentError("data", given, "a tinkernet.Dataset, or (points, labels)")


def fresh_seed() -> str:
    """A random seed in the original's format: five decimals."""
    return f"{secrets.randbelow(100_000) / 100_000:.5f}"


def checked_hidden(field: str, value: object) -> tuple[int, ...]:
    """The number of neurons of each hidden layer.

    Raises:
        ExperimentError: there are too many layers or neurons.
    """
    counts = checks.sequence(value)
    if counts is None or len(counts) > MOST_LAYERS:
        raise ExperimentError(field, value, f"at most {MOST_LAYERS} layers of 1 to {MOST_NEURONS} neurons, as (4, 2)")
    return tuple(checks.whole(f"{field}[{k}]", count, 1, MOST_NEURONS) for k, count in enumerate(counts))


def checked_features(value: object, inputs: Inputs) -> tuple[str, ...]:
    """The names of these features, in the order of the inputs that the data allows; by default the usual ones.

    Raises:
        ExperimentError: one is no feature, or there are too many.
    """
    if is_unset(value):
        return inputs.usual
    field, names = "features", checks.sequence(value)
    known = listed(inputs.table, MOST_NAMED)
    if names is None or not all(isinstance(name, str) for name in names):
        raise ExperimentError(field, value, f"a list of formulas, or of names from {known}")
    chosen = [_feature(str(name), inputs, known) for name in names]
    if len(set(chosen)) < len(chosen):
        raise ExperimentError(field, value, f"a list of distinct features, from {known} or formulas")
    if len(inputs.formulas_of(chosen)) > MOST_FORMULAS:
        raise ExperimentError(field, value, f"a list with at most {MOST_FORMULAS} formulas")
    return inputs.in_order(chosen)


def _feature(text: str, inputs: Inputs, known: str) -> str:
    try:
        return inputs.feature_name(text)
    except FormulaError as error:
        if text.isidentifier():  # a name that is misspelt, not a formula
            allowed = f"one of {known}, or a formula{checks.suggestion(text, inputs.table)}"
            raise ExperimentError("features", text, allowed) from error
        raise


def _seed(field: str, value: object) -> str:
    if is_unset(value):
        return fresh_seed()
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        value = str(int(checks.whole(field, value, -MOST_SEED_NUMBER, MOST_SEED_NUMBER)))
    elif isinstance(value, numbers.Real) and not isinstance(value, bool):
        value = repr(checks.number(field, value))
    if isinstance(value, str) and 0 < len(value) <= LONGEST_SEED:
        return value
    raise ExperimentError(field, value, f"a text of 1 to {count(LONGEST_SEED)} characters, or a number")


def _number(least: float, most: float = math.inf, unit: str = "") -> Check:
    return lambda field, value: checks.number(field, value, least, most, unit)


def _whole(least: int, most: int) -> Check:
    return lambda field, value: checks.whole(field, value, least, most)


def _choice(names: Collection[str]) -> Check:
    return lambda field, value: checks.one_of(field, value, names)


def _option(table: Mapping[str, Option]) -> Check:
    return lambda field, value: parameters.checked(field, value, table)


def _unless_unset(check: Check) -> Check:
    """A check of a value that may also follow from other settings."""
    return lambda field, value: value if is_unset(value) else check(field, value)


def _for_layers(check: Check) -> Check:
    """A check of one value, or of one for each hidden layer."""

    def checked(field: str, value: object) -> object:
        items = checks.sequence(value)
        if items is None:
            return check(field, value)
        if len(items) > MOST_LAYERS:
            raise ExperimentError(field, value, f"one value, or at most {MOST_LAYERS}: one for each hidden layer")
        return tuple(check(f"{field}[{k}]", item) for k, item in enumerate(items))

    return checked


CHECKS: dict[str, Check] = {
    "data": lambda _field, value: own_data(value),
    "noise": _number(0, MOST_NOISE, " per cent"),
    "train_percent": _number(0, 100, " per cent"),
    "seed": _seed,
    "start": _whole(0, MOST_STARTS),
    "drawing": lambda field, value: drawing.read(value, field).text,
    "hidden": checked_hidden,
    "activation": _for_layers(_choice(ACTIVATIONS)),
    "initializer": _option(INITIALIZERS),
    "optimizer": _option(OPTIMIZERS),
    "schedule": _option(SCHEDULES),
    "loss": _unless_unset(_option(LOSSES)),
    "dropout": _for_layers(_number(0, dropout.MOST)),
    "learning_rate": _number(0),
    "batch_size": _whole(1, MOST_BATCH),
    "regularization": _choice(REGULARIZATIONS),
    "regularization_rate": _number(0),
}
"""The check of each field that depends on no other. Problem, data set and features depend on the data: `fitting.py`."""
