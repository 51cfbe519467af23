"""Settings of an experiment as they are written in a lesson: `hidden 4, 2`, `learning_rate 0.3`."""

from typing import Any

import msgspec

from tinkernet.checks import suggestion
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment

FIELDS = Experiment.__struct_fields__
_SEVERAL = {"hidden": int, "features": str}
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
            value = tuple(_SEVERAL[field](item) for item in text.replace(",", " ").split())
        elif field in _NUMBERS:
            value = float(text.removesuffix("%"))
    except ValueError:
        value = text
    try:
        return getattr(Experiment(**{field: value}), field)
    except (ExperimentError, msgspec.ValidationError) as error:
        raise ValueError(str(error)) from error
