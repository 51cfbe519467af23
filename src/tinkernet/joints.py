"""Functions that are called in one package and implemented in a higher one that it must not import.

`Run.diagnosis` is an example. The caller knows only the function's name; `tinkernet/__init__.py` registers where it is
implemented. The implementation is imported on the first call.
"""

from collections.abc import Callable

# `typing` is not imported: it would make `import tinkernet` several times slower.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LOADERS: "dict[str, Callable[[], Callable[..., Any]]]" = {}


def join(name: str, load: "Callable[[], Callable[..., Any]]") -> None:
    """Register a function under this name; `load` returns it."""
    _LOADERS[name] = load


def joined(name: str) -> "Callable[..., Any]":
    """The function registered under this name.

    Raises:
        LookupError: no function is registered under this name.
    """
    if name not in _LOADERS:
        message = f"no function is registered as {name!r}"
        raise LookupError(message)
    return _LOADERS[name]()
