"""From the entries of a table to one compiled function that picks an entry by its number."""

from collections.abc import Callable, Sequence
from typing import Any

from numba import njit

# `error_model="numpy"`: the default puts a branch for division by zero into every loop, and none is then vectorized.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": False, "boundscheck": False}


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled when another compiled one calls it."""
    compiled: Callable[..., Any] = njit(**OPTIONS)(function)
    return compiled


def by_code(functions: Sequence[Callable[..., None]]) -> Callable[..., None]:
    """A compiled function that takes a number first and calls `functions[number]` with the rest."""
    chosen = functions[-1]
    if len(functions) == 1:
        return jit(lambda _code, *arguments: chosen(*arguments))
    return _one_or_other(len(functions) - 1, chosen, by_code(functions[:-1]))


def _one_or_other(number: int, chosen: Callable[..., None], others: Callable[..., None]) -> Callable[..., None]:
    def pick(code: Any, *arguments: Any) -> None:
        if code == number:
            chosen(*arguments)
        else:
            others(code, *arguments)

    return jit(pick)
