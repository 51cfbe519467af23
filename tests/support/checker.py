"""The type checker that wraps every function of tinkernet during tests."""

from collections.abc import Callable
from typing import Any, Self

from beartype import BeartypeConf, beartype
from beartype.roar import BeartypeDecorHintPep3119Exception

# An int is accepted as a float, as usual in Python's typing.
_beartype = beartype(conf=BeartypeConf(is_pep484_tower=True))


def checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which now checks its arguments and its result.

    beartype knows `Self` only where it is given a whole class; here it comes method by method.
    """
    hints = getattr(function, "__annotations__", {})
    if Self in hints.values():
        function.__annotations__ = {name: Any if hint is Self else hint for name, hint in hints.items()}
    try:
        wrapped: Callable[..., Any] = _beartype(function)
    except BeartypeDecorHintPep3119Exception:  # a protocol that can only be checked by mypy
        return function
    return wrapped
