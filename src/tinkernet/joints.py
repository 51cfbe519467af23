"""Joints: functions that an earlier room offers and a later room provides, as `Run.diagnosis`.

The earlier room knows only the joint's name. The package's door, `tinkernet/__init__.py`, is the one place that knows
both sides: it says where the function is found, and that is loaded when it is first called.
"""

from collections.abc import Callable

# `typing` is not imported: with it, `import tinkernet` would take several times as long.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LOADERS: "dict[str, Callable[[], Callable[..., Any]]]" = {}


def join(name: str, load: "Callable[[], Callable[..., Any]]") -> None:
    """Provide the function of this name: `load` returns it."""
    _LOADERS[name] = load


def joined(name: str) -> "Callable[..., Any]":
    """The function that was provided under this name.

    Raises:
        LookupError: no function of this name is provided.
    """
    if name not in _LOADERS:
        message = f"no function is provided as {name!r}"
        raise LookupError(message)
    return _LOADERS[name]()
