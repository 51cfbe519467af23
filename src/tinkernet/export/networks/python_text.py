"""Writing Python: names, literals, docstrings and long lines."""

import json
import keyword
import re
import textwrap
from collections.abc import Sequence
from unicodedata import normalize

from tinkernet.network.activations import Activation

WIDTH = 100
# Names that the programs use themselves.
TAKEN = frozenset(
    {
        "LOW",
        "HIGH",
        "points",
        "features",
        "predict",
        "network",
        "np",
        "jnp",
        "jax",
        "torch",
        "nn",
        "ops",
        "keras",
        "math",
    }
)


def joined(*parts: str) -> str:
    """The parts of a program that are not empty, with two empty lines between them, as Python is written."""
    return "\n\n".join(part for part in parts if part)


def wrapped(text: str) -> list[str]:
    """A line of code, in several lines where it is long."""
    return textwrap.wrap(text, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def variables_of(names: Sequence[str]) -> list[str]:
    """A variable for each column: its name where that is one, else what is left of it."""
    found: list[str] = []
    for name in names:
        # Python itself reads names in this normal form: without it, two different ones could be the same.
        signs = (sign if f"_{sign}".isidentifier() else "_" for sign in normalize("NFKC", name))
        base = re.sub("__+", "_", "".join(signs)).strip("_") or "column"
        base = base if base.isidentifier() and not keyword.iskeyword(base) else f"column_{base}"
        unique, number = base, 2
        while unique in found or unique in TAKEN:
            unique, number = f"{base}_{number}", number + 1
        found.append(unique)
    return found


def identifier(activation: Activation) -> str:
    """The name of the function that an activation is in a program."""
    return activation.name.replace("-", "_")


def definition(activation: Activation, expression: str) -> str:
    """The function that an activation is in a program."""
    effect = activation.effect.replace("…", "...").replace("−", "-")
    return f'def {identifier(activation)}(x):\n    """{activation.label}: {effect}."""\n    return {expression}\n'


def tuple_of(names: Sequence[str]) -> str:
    """A tuple of texts; whatever they hold, they are texts."""
    return f"({', '.join(json.dumps(name, ensure_ascii=False) for name in names)}{',' * (len(names) == 1)})"


def plain(text: str) -> str:
    """Text that can stand in a docstring: in one line, with plain spaces."""
    return " ".join(text.replace("\\", "/").replace('"', "'").split())


def docstring(paragraphs: Sequence[str]) -> str:
    """Plain paragraphs as a docstring."""
    lines = "\n\n".join("\n".join(textwrap.wrap(one, WIDTH - 3, break_on_hyphens=False)) for one in paragraphs)
    return f'"""{lines}\n"""\n'
