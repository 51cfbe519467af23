"""The error that a formula which cannot be read raises."""

from tinkernet.errors import ExperimentError
from tinkernet.formula.tree import Place


class FormulaError(ExperimentError):
    """A text that is not a formula: the `reason`, and the `place` in the text that is wrong."""

    def __init__(self, text: str, place: Place, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__("features", text, f"a formula; at character {place.start + 1}, {reason}")

    def __reduce__(self) -> tuple[type["FormulaError"], tuple[str, Place, str]]:
        """Pickle by its three attributes, so that the error can cross processes."""
        return type(self), (str(self.value), self.place, self.reason)
