"""Random formulas for tests, each with what Python's own mathematics makes of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Written:
    """A formula as a person may write it, and its value at a point."""

    text: str
    value: Callable[[float, float], float]


LEAVES = st.one_of(
    st.sampled_from(
        [
            Written("x", lambda x, _: x),
            Written("y", lambda _, y: y),
            Written("x₁", lambda x, _: x),
            Written("x2", lambda _, y: y),
            Written("r", math.hypot),
            Written("angle", lambda x, y: math.atan2(y, x)),
            Written("π", lambda _x, _y: math.pi),
        ]
    ),
    st.integers(0, 9).map(lambda n: Written(str(n), lambda _x, _y: float(n))),
    st.floats(0, 5).map(lambda n: Written(f"{n:.3f}", lambda _x, _y: float(f"{n:.3f}"))),
)
OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    " − ": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    " · ": lambda a, b: a * b,
}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "abs": abs,
}


def _larger(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(
        st.tuples(st.sampled_from(sorted(OPERATORS)), inner, inner).map(
            lambda of: Written(
                f"({of[1].text}){of[0]}({of[2].text})",
                lambda x, y: OPERATORS[of[0]](of[1].value(x, y), of[2].value(x, y)),
            )
        ),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner).map(
            lambda of: Written(f"{of[0]}({of[1].text})", lambda x, y: FUNCTIONS[of[0]](of[1].value(x, y)))
        ),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda of: Written(
                f"{of[0]}({of[1].text},{of[2].text})",
                lambda x, y: {"min": min, "max": max}[of[0]](of[1].value(x, y), of[2].value(x, y)),
            )
        ),
        inner.map(lambda one: Written(f"-({one.text})", lambda x, y: -one.value(x, y))),
        inner.map(lambda one: Written(f"({one.text})²", lambda x, y: one.value(x, y) ** 2)),
        inner.map(lambda one: Written(f"({one.text})**3", lambda x, y: one.value(x, y) ** 3)),
        inner.map(lambda one: Written(f"2({one.text})", lambda x, y: 2 * one.value(x, y))),
    )


FORMULAS = st.recursive(LEAVES, _larger, max_leaves=5).filter(lambda written: len(written.text) <= 100)
