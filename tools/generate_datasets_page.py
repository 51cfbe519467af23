"""Generates docs/datasets.md, the table of the built-in data sets, from their entries.

python tools/generate_datasets_page.py           writes it
python tools/generate_datasets_page.py --check   only reports whether it is stale
"""

import sys
from pathlib import Path

from generated import write_or_check

from tinkernet.data import DATASETS, BuiltIn
from tinkernet.data.datasets import Axis

PAGE = Path(__file__).resolve().parent.parent / "docs" / "datasets.md"
HEAD = """# Data sets

This page is generated from the entries of the built-in data sets by `make generate`.

Your own data has a page too: [data.md](data.md).

The page shows the six of TensorFlow Playground; **More data** opens the others. In Python, a link and
`tinkernet train --dataset`, each has its name. Points lie roughly from −6 to 6; noise goes from 0 to 80 per cent.

| name | label | points | classes | what it is |
| --- | --- | --- | --- | --- |
"""
MEASURED = """
## Measured data

Two columns of each table, on the scale of the plane. Noise moves the points; without noise they are the measured ones.
Another random seed divides them differently into training and test data. The files are part of tinkernet: nothing is
downloaded.

| name | x₁ from −6 to 6 | x₂ from −6 to 6 |
| --- | --- | --- |
"""
LICENCE = """
They are from the UCI Machine Learning Repository and licensed under
[Creative Commons Attribution 4.0](https://creativecommons.org/licenses/by/4.0/).
[SOURCES.md](../src/tinkernet/data/datasets/measured/SOURCES.md) names the authors, the origin and what was changed.
"""


def row(entry: BuiltIn) -> str:
    """An entry as a line of the table."""
    classes = ", ".join(entry.classes) or "numbers"
    return f"| `{entry.name}` | {entry.label} | {entry.count} | {classes} | {entry.hint} |\n"


def scale(axis: Axis) -> str:
    """What an axis means."""
    unit = f" {axis.unit}" if axis.unit else ""
    return f"{axis.name}, {axis.low:g} to {axis.high:g}{unit}"


def datasets_page() -> str:
    """The whole page."""
    entries = DATASETS.values()
    measured = [f"| `{entry.name}` | {' | '.join(map(scale, entry.axes))} |\n" for entry in entries if entry.axes]
    return HEAD + "".join(map(row, entries)) + MEASURED + "".join(measured) + LICENCE


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, datasets_page()))
