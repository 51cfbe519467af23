"""The one error that a wrong value raises, wherever it comes in."""

LONGEST_SHOWN = 60


class ExperimentError(ValueError):
    """A value that can't be: says in one line which `field`, which `value`, and what is `allowed`."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field, self.value, self.allowed = field, value, allowed
        super().__init__(f"{field} is {shown(value)}, but must be {allowed}")

    def __reduce__(self) -> tuple[type["ExperimentError"], tuple[str, object, str]]:
        """Rebuild it from its three parts when it comes from another process."""
        return type(self), (self.field, self.value, self.allowed)


def shown(value: object) -> str:
    """The value as one short line, however large and odd it is."""
    if isinstance(value, str | bytes | list | tuple) and len(value) > LONGEST_SHOWN:
        text = f"{value[:LONGEST_SHOWN]!r}… ({len(value)} long)"
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 2 * LONGEST_SHOWN else text[: 2 * LONGEST_SHOWN] + "…"
