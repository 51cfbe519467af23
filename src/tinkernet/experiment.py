"""Experiment: what is tried. Immutable, complete, comparable, JSON; no behaviour beyond checking its values."""

import math
import numbers
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Self

import msgspec
from msgspec import structs

from tinkernet.data import DATASETS
from tinkernet.errors import ExperimentError
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZATIONS, Layout

MOST_LAYERS = 64
MOST_NEURONS = 256
MOST_BATCH = 100_000
MOST_STARTS = 1_000_000
# Every start before the one that is meant must be drawn; this many draws take about a second.
MOST_DRAWS = 20_000_000
LONGEST_SEED = 1_000
MOST_NOISE = 80


@dataclass(frozen=True)
class Problem:
    """A kind of task. `activation` is what the output neuron makes of its sum."""

    name: str
    label: str
    hint: str
    activation: str


PROBLEMS = {
    entry.name: entry
    for entry in (
        Problem("classification", "Classification", "Tell two classes apart: the output goes from −1 to 1.", "tanh"),
        Problem("regression", "Regression", "Predict a number: the output may be any.", "linear"),
    )
}

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The learning rates that the page offers; any that is not negative may be given."""
REGULARIZATION_RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The regularization rates that the page offers; any that is not negative may be given."""


class Experiment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that decides how a run goes: same experiment, same run, on every machine.

    Args:
        problem: `"classification"` or `"regression"`; if left out, the data set's.
        dataset: the points, a name in `tinkernet.data.DATASETS`; if left out, the problem's first.
        noise: how noisy the points are, 0 to 80 per cent.
        train_percent: how many of the points train, 0 to 100 per cent; the rest test.
        seed: a text that fixes points and weights; if left out, five random decimals.
        start: which draw of first weights: 0, and one more by each Reset.
        features: the inputs, names in `tinkernet.network.FEATURES`; always kept in that order.
        hidden: how many neurons each hidden layer has.
        activation: of the hidden neurons, a name in `tinkernet.network.ACTIVATIONS`.
        initializer: where the weights begin, a name in `tinkernet.network.INITIALIZERS`.
        optimizer: how gradients move them, a name in `tinkernet.network.OPTIMIZERS`.
        loss: how wrong an output is, a name in `tinkernet.network.LOSSES`.
        learning_rate: how far each step goes; not negative.
        batch_size: how many points make one step.
        regularization: `"none"`, `"L1"` or `"L2"`.
        regularization_rate: how strong it is; not negative.

    Raises:
        ExperimentError: a value is not allowed; names the field, the value and what is allowed.

    Example:
        >>> experiment = Experiment(dataset="spiral", hidden=(8, 6), seed="0.35022")
        >>> experiment.replace(activation="relu").activation
        'relu'
    """

    problem: str = ""
    dataset: str = ""
    noise: float = 0
    train_percent: float = 50
    seed: str = ""
    start: int = 0
    features: tuple[str, ...] = ("x", "y")
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    initializer: str = "uniform"
    optimizer: str = "sgd"
    loss: str = "squared"
    learning_rate: float = 0.03
    batch_size: int = 10
    regularization: str = "none"
    regularization_rate: float = 0

    def __post_init__(self) -> None:
        """Check every value, and fill in what was left out."""
        if not self.seed:
            structs.force_setattr(self, "seed", fresh_seed())
        if not self.dataset:
            problem = _one_of("problem", self.problem or "classification", PROBLEMS)
            structs.force_setattr(self, "dataset", first_dataset(problem))
        for name, check in _CHECKS.items():
            structs.force_setattr(self, name, check(name, getattr(self, name)))
        own_problem = DATASETS[self.dataset].problem
        if not self.problem:
            structs.force_setattr(self, "problem", own_problem)
        _one_of("problem", self.problem, PROBLEMS)
        if self.problem != own_problem:
            fitting = [name for name, entry in DATASETS.items() if entry.problem == self.problem]
            raise ExperimentError("dataset", self.dataset, f"one of {_listed(fitting)} for {self.problem}")
        weights = self.layout.weight_count
        if self.start * weights > MOST_DRAWS:
            raise ExperimentError(
                "start", self.start, f"at most {MOST_DRAWS // weights:,} for a network of {weights:,} weights"
            )

    @property
    def layout(self) -> Layout:
        """The network's shape: the features, the hidden layers, one output."""
        return Layout((len(self.features), *self.hidden, 1))

    def replace(self, **changes: Any) -> Self:
        """Another experiment, with these fields changed.

        A new problem brings its first data set with it, and a new data set its problem, unless both are given.
        """
        for name in changes:
            _one_of("the field", name, self.__struct_fields__)
        if "problem" in changes and "dataset" not in changes and changes["problem"] != self.problem:
            changes["dataset"] = first_dataset(_one_of("problem", changes["problem"], PROBLEMS))
        if "dataset" in changes and "problem" not in changes:
            changes["problem"] = ""
        return structs.replace(self, **changes)

    def to_link(self) -> str:
        """The text after '#' that brings this experiment back, here and (what it knows of it) in the original."""
        from tinkernet import link

        return link.write(self, link.View())

    @classmethod
    def from_link(cls, text: str) -> "Experiment":
        """The experiment that a playground address, or the text after its '#', stands for.

        Raises:
            ExperimentError: a number in it is not allowed; unknown names and words are passed over.
        """
        from tinkernet import link

        return link.parse(text)[0]


def fresh_seed() -> str:
    """A seed as the original draws it: five decimals."""
    return f"{secrets.randbelow(100_000) / 100_000:.5f}"


def first_dataset(problem: str) -> str:
    """The data set that a problem begins with."""
    return next(name for name, entry in DATASETS.items() if entry.problem == problem)


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)


def _one_of(field: str, value: object, names: Collection[str]) -> str:
    if isinstance(value, str) and value in names:
        return value
    raise ExperimentError(field, value, f"one of {_listed(names)}")


def _choice(names: Collection[str]) -> Callable[[str, object], object]:
    return lambda field, value: _one_of(field, value, names)


def _number(least: float, most: float = math.inf, unit: str = "") -> Callable[[str, object], object]:
    allowed = f"a finite number from {least:g}" + (f" to {most:g}" if most < math.inf else " up") + unit

    def check(field: str, value: object) -> float:
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            number = float(value)
            if math.isfinite(number) and least <= number <= most:
                return number
        raise ExperimentError(field, value, allowed)

    return check


def _whole(least: int, most: int) -> Callable[[str, object], int]:
    def check(field: str, value: object) -> int:
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            number = float(value)
            if number.is_integer() and least <= number <= most:
                return int(number)
        raise ExperimentError(field, value, f"a whole number from {least:,} to {most:,}")

    return check


def _seed(field: str, value: object) -> str:
    if isinstance(value, str) and 0 < len(value) <= LONGEST_SEED:
        return value
    raise ExperimentError(field, value, f"a text of 1 to {LONGEST_SEED:,} characters")


def _features(field: str, value: object) -> tuple[str, ...]:
    allowed = f"different names out of {_listed(FEATURES)}"
    if isinstance(value, list | tuple) and len(set(map(str, value))) == len(value):
        known = all(isinstance(name, str) and name in FEATURES for name in value)
        if known:
            return tuple(name for name in FEATURES if name in value)
    raise ExperimentError(field, value, allowed)


def _hidden(field: str, value: object) -> tuple[int, ...]:
    if isinstance(value, list | tuple) and len(value) <= MOST_LAYERS:
        neurons = _whole(1, MOST_NEURONS)
        return tuple(neurons(f"{field}[{k}]", count) for k, count in enumerate(value))
    raise ExperimentError(field, value, f"at most {MOST_LAYERS} layers of 1 to {MOST_NEURONS} neurons, as (4, 2)")


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "dataset": _choice(DATASETS),
    "noise": _number(0, MOST_NOISE, " per cent"),
    "train_percent": _number(0, 100, " per cent"),
    "seed": _seed,
    "start": _whole(0, MOST_STARTS),
    "features": _features,
    "hidden": _hidden,
    "activation": _choice(ACTIVATIONS),
    "initializer": _choice(INITIALIZERS),
    "optimizer": _choice(OPTIMIZERS),
    "loss": _choice(LOSSES),
    "learning_rate": _number(0),
    "batch_size": _whole(1, MOST_BATCH),
    "regularization": _choice(REGULARIZATIONS),
    "regularization_rate": _number(0),
}
