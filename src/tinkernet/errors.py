"""The error that every invalid value raises."""

from typing import Any

LONGEST_SHOWN = 60


class ExperimentError(ValueError):
    """An invalid value. The one-line message names the field, the value and what is allowed.

    Args:
        field: the name of the setting or the argument, or a few words that say what is meant.
        value: what was given, of any type.
        allowed: what it must be, to be read after “must be”.

    Example:
        >>> from tinkernet import Experiment, ExperimentError
        >>> try:
        ...     Experiment(learning_rate=-1)
        ... except ExperimentError as error:
        ...     print(error)
        learning_rate is -1, but must be a finite number from 0 up
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field, self.value, self.allowed = field, value, allowed
        super().__init__(f"{field} is {shown(value)}, but must be {allowed}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by its three attributes, so that the error can cross processes."""
        return type(self), (self.field, self.value, self.allowed)


def shown(value: object) -> str:
    """The value as one short line, whatever its size and type."""
    if isinstance(value, str | bytes | list | tuple) and len(value) > LONGEST_SHOWN:
        text = f"{value[:LONGEST_SHOWN]!r}… ({len(value)} long)"
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 2 * LONGEST_SHOWN else text[: 2 * LONGEST_SHOWN] + "…"
