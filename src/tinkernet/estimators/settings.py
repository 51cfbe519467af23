"""The settings of an estimator, checked when it is fitted: those of an experiment, and those of its training."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.experiment.allowed import CHECKS, MOST_LAYERS, Check
from tinkernet.experiment.fitting import by_layer
from tinkernet.formatting import count
from tinkernet.network import LOSSES, parameters
from tinkernet.network.heads import losses_for
from tinkernet.run.training import MOST_EPOCHS

MOST_NEURONS = 10_000
"""In one layer. The page shows up to 256."""

STANDARD, PLANE = "standard", "plane"
SCALINGS = (STANDARD, PLANE)


@dataclass(frozen=True)
class Settings:
    """The checked settings of an estimator; `activation` and `dropout` have a value for each hidden layer."""

    hidden: tuple[int, ...]
    activation: tuple[str, ...]
    initializer: str
    optimizer: str
    schedule: str
    loss: str
    dropout: tuple[float, ...]
    learning_rate: float
    batch_size: int
    regularization: str
    regularization_rate: float
    features: tuple[str, ...] | None
    scaling: str | None
    epochs: int
    shuffle: bool
    warm_start: bool
    early_stopping: bool
    validation_fraction: float
    n_iter_no_change: int
    tol: float

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Settings":
        """The settings among these parameters of an estimator.

        Raises:
            ExperimentError: a value is not possible; the error names the parameter, the value and what is allowed.
        """
        checked = {each.name: _CHECKS[each.name](each.name, given[each.name]) for each in fields(cls)}
        layers = len(checked["hidden"])
        for name in ("activation", "dropout"):
            one = by_layer(name, checked[name], layers)
            checked[name] = one if isinstance(one, tuple) else (one,) * layers
        return cls(**checked)

    def check_loss(self, problem: str, classes: int) -> None:
        """That the loss fits the problem.

        Raises:
            ExperimentError: it does not.
        """
        fitting = losses_for(problem, classes)
        if parameters.option_in(LOSSES, self.loss).name not in fitting:
            what = f"{classes} classes" if classes > 2 else problem
            raise ExperimentError("loss", self.loss, f"{' or '.join(fitting)} for {what}")

    def check_same_network(self, before: "Settings") -> None:
        """That a fit can continue from the network of these earlier settings.

        Raises:
            ExperimentError: its shape, inputs or outputs differ.
        """
        for name in ("hidden", "activation", "loss", "features", "scaling"):
            then = getattr(before, name)
            if getattr(self, name) != then:
                raise ExperimentError(name, getattr(self, name), f"{then!r}, as in the fit that this one continues")


def _hidden(field: str, value: object) -> tuple[int, ...]:
    sizes = checks.sequence(value)
    if sizes is None or len(sizes) > MOST_LAYERS:
        allowed = f"at most {MOST_LAYERS} layers of 1 to {count(MOST_NEURONS)} neurons, as (100,)"
        raise ExperimentError(field, value, allowed)
    return tuple(checks.whole(f"{field}[{k}]", size, 1, MOST_NEURONS) for k, size in enumerate(sizes))


def _features(field: str, value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = checks.sequence(value)
    if not names or not all(isinstance(name, str) for name in names):
        raise ExperimentError(field, value, "None for all columns, or a list of columns and formulas")
    return tuple(map(str, names))


def _scaling(field: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in SCALINGS:
        raise ExperimentError(
            field, value, f"None, or one of {', '.join(SCALINGS)}{checks.suggestion(value, SCALINGS)}"
        )
    return value


def _between(least: float, most: float) -> Check:
    """A number between these two, and neither of them."""

    def check(field: str, value: object) -> float:
        found = checks.number(field, value)
        if not least < found < most:
            raise ExperimentError(field, value, f"a number between {least:g} and {most:g}")
        return found

    return check


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    **{name: CHECKS[name] for name in CHECKS if name in {each.name for each in fields(Settings)}},
    "hidden": _hidden,
    "features": _features,
    "scaling": _scaling,
    "epochs": lambda field, value: checks.whole(field, value, 1, MOST_EPOCHS),
    "shuffle": checks.flag,
    "warm_start": checks.flag,
    "early_stopping": checks.flag,
    "validation_fraction": _between(0, 1),
    "n_iter_no_change": lambda field, value: checks.whole(field, value, 1, MOST_EPOCHS),
    "tol": lambda field, value: checks.number(field, value, 0),
}
