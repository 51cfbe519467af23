"""What needs more than the plain install: imports a library of an extra, or says what to install."""

from importlib import import_module

# `typing` is not imported: it would make `import tinkernet` several times slower.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class MissingExtraError(ImportError):
    """A library that is not part of the plain install is missing; the one-line message says what to install."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed: pip install 'tinkernet[{extra}]'", name=library)
        self.library, self.extra = library, extra

    def __reduce__(self) -> "tuple[Any, ...]":
        """Pickle by its two attributes, so that the error can cross processes."""
        return type(self), (self.library, self.extra)


def extra(module: str, name: str) -> "Any":
    """The module, which needs the extra of this name: `extra("matplotlib.pyplot", "plot")`.

    Raises:
        MissingExtraError: its library is not installed.
    """
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != library:
            # The library is there, and something that it needs is not.
            raise
        raise MissingExtraError(library, name) from error
