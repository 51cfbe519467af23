"""Settings of an experiment as they are written in a lesson: `hidden 4, 2`, `learning_rate 0.3`."""

from collections.abc import Callable
from typing import Any

import msgspec

from tinkernet.checks import suggestion
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Setup
from tinkernet.formula import separated
from tinkernet.network import FEATURES

FIELDS = Setup.__struct_fields__
_SEVERAL: dict[str, Callable[[str], tuple[Any, ...]]] = {
    "hidden": lambda text: tuple(map(int, text.replace(",", " ").split())),
    "features": lambda text: tuple(name for part in separated(text) for name in _features(part)),
}
_NUMBERS = {"noise", "train_percent", "learning_rate", "batch_size", "regularization_rate", "start"}


def read_setting(field: str, text: str) -> Any:
    """The value of a setting that is written so.

    Raises:
        ValueError: there is no such setting, or it cannot have this value.
    """
    if field not in FIELDS:
        raise ValueError(f"there is no setting “{field}”{suggestion(field, FIELDS)}")
    value: Any = text
    try:
        if field in _SEVERAL:
            value = _SEVERAL[field](text)
        elif field in _NUMBERS:
            value = float(text.removesuffix("%"))
    except ValueError:
        value = text
    try:
        return getattr(Experiment(**{field: value}), field)
    except (ExperimentError, msgspec.ValidationError) as error:
        raise ValueError(str(error)) from error


def _features(part: str) -> list[str]:
    """The names in a part without commas, or the one formula that it is."""
    names = part.split()
    return names if all(name in FEATURES for name in names) else [part]
