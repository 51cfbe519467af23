"""Generates docs/options.md, which lists every option, from the tables.

python tools/generate_options_table.py          writes it
python tools/generate_options_table.py --check  only reports whether it is stale
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from generated import write_or_check

from tinkernet.network import (
    ACTIVATIONS,
    FEATURES,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    PROBLEMS,
    REGULARIZATIONS,
    SCHEDULES,
)
from tinkernet.network.dropout import MOST
from tinkernet.network.parameters import Parameter

TARGET = Path(__file__).resolve().parent.parent / "docs" / "options.md"
HEAD = f"""\
# All options

This page is generated from the tables in the code by `make generate`. The first entry of each table is the default,
except that the usual loss of more than two classes is cross-entropy.

An option with parameters is written as `adam` or `adam,beta1:0.8`: only the parameters that differ from their defaults,
in Python, links, the command line and files alike. In Python, `Adam(beta1=0.8)` makes the same text. `activation` and
`dropout` take one value, or one for each hidden layer: `activation=("relu", "tanh")`, `dropout=(0.2, 0)`. Dropout is a
share from 0 to {MOST:g}. [datasets.md](datasets.md) lists the data sets.
"""
SECTIONS: tuple[tuple[str, str, str, Iterable[object]], ...] = (
    ("Activations", "activation", "… is the weighted sum.", ACTIVATIONS.values()),
    (
        "Optimizers",
        "optimizer",
        "w is a weight or bias, g its gradient, η the learning rate; the other letters are kept for each parameter.",
        OPTIMIZERS.values(),
    ),
    ("Schedules", "schedule", "η is the learning rate as set, t the epoch, counted from 0.", SCHEDULES.values()),
    ("Losses", "loss", "o is the output, y the label.", LOSSES.values()),
    ("Initial weights", "initializer", "For a layer of m neurons with n inputs each.", INITIALIZERS.values()),
    ("Regularization", "regularization", "", REGULARIZATIONS.values()),
    ("Inputs", "features", "Any formula may be an input, too: see [python.md](python.md).", FEATURES.values()),
    ("Problems", "problem", "", PROBLEMS.values()),
)


def parameter(one: Parameter) -> str:
    """A parameter with its default and range."""
    kind = "a whole number from" if one.whole else "from"
    hint = one.hint[:1].lower() + one.hint[1:].rstrip(".")
    return f"`{one.name}` = {one.default:.6g}, {kind} {one.least:.6g} to {one.most:.6g}: {hint}"


def table(entries: Iterable[object]) -> list[str]:
    """The rows, with columns only for what these entries have."""
    rows = []
    for entry in entries:
        shown = getattr(entry, "formula", "")
        given = getattr(entry, "parameters", ())
        rows.append([f"`{entry.name}`", entry.label, shown, entry.hint, "<br>".join(map(parameter, given))])  # type: ignore[attr-defined]
    heads = ["name", "label", "formula", "what it does", "parameters"]
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    lines = [[heads[place] for place in kept], ["---"] * len(kept)]
    lines += [[cell.replace("|", "\\|") for cell in (row[place] for place in kept)] for row in rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, field, note, entries in SECTIONS:
        lead = f"`{field}`" + (f": {note}" if note else "")
        parts.append(f"## {title}\n\n{lead}\n\n" + "\n".join(table(entries)) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, page()))
