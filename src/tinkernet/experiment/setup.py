"""Setup: the settings of an experiment, their types and defaults."""

from collections.abc import Sequence
from typing import Any, TypedDict

import msgspec

from tinkernet import defaults
from tinkernet.data.drawing import Stroke
from tinkernet.data.own.dataset import Dataset
from tinkernet.network import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.network.parameters import Option
from tinkernet.options import (
    ActivationName,
    DatasetName,
    FeatureName,
    ProblemName,
    RegularizationName,
)

UNSET: Any = ""
"""A setting that is not given: a seed is drawn; problem, data set, loss and features follow from other settings."""

BY_LAYER = ("activation", "dropout")
"""The fields that may have a value for each hidden layer."""


class Setup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of an experiment, without a person's own data: what is small enough to be sent again and again."""

    problem: ProblemName = UNSET
    dataset: DatasetName = UNSET
    noise: float = defaults.NOISE
    train_percent: float = defaults.TRAIN_PERCENT
    seed: str = UNSET
    start: int = defaults.START
    drawing: str = ""
    features: tuple[FeatureName | str, ...] = UNSET
    hidden: tuple[int, ...] = defaults.HIDDEN
    activation: ActivationName | tuple[ActivationName, ...] = next(iter(ACTIVATIONS.values())).name
    initializer: str = next(iter(INITIALIZERS))
    optimizer: str = next(iter(OPTIMIZERS))
    schedule: str = next(iter(SCHEDULES))
    loss: str = UNSET
    dropout: float | tuple[float, ...] = 0.0
    learning_rate: float = defaults.LEARNING_RATE
    batch_size: int = defaults.BATCH_SIZE
    regularization: RegularizationName = next(iter(REGULARIZATIONS.values())).name
    regularization_rate: float = defaults.REGULARIZATION_RATE


class Settings(TypedDict, total=False):
    """The arguments of `Experiment`, which describes each of them; values may be of any accepted type."""

    problem: ProblemName
    dataset: DatasetName
    noise: float
    train_percent: float
    seed: str | float
    start: int
    drawing: str | Stroke | Sequence[Stroke | str]
    features: Sequence[FeatureName | str]
    hidden: Sequence[int]
    activation: ActivationName | Sequence[ActivationName]
    initializer: str | Option
    optimizer: str | Option
    schedule: str | Option
    loss: str | Option
    dropout: float | Sequence[float]
    learning_rate: float
    batch_size: int
    regularization: RegularizationName
    regularization_rate: float
    data: Dataset | tuple[Any, Any] | None


def is_unset(value: object) -> bool:
    """Whether a value is UNSET; it may be of any type, even an array."""
    return isinstance(value, str) and value == UNSET
