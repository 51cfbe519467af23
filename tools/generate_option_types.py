"""Writes the types of all option names from the tables.

python tools/generate_option_types.py          writes src/tinkernet/options.py
python tools/generate_option_types.py --check  only says whether it is stale
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from generated import write_or_check

from tinkernet.data import DATASETS
from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS

TARGET = Path(__file__).resolve().parent.parent / "src" / "tinkernet" / "options.py"
WIDTH = 120
HEAD = '''"""The names of all options, and of all kinds of findings, as types: a type checker finds a misspelt one.

Made by `make generate` from the tables in `network/`, `data/` and `insight/diagnosis/kinds.py`:
change those, and make this file again.
At run time they are plain texts: the tables are the truth, and may have been added to.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

'''
TABLES: dict[str, Iterable[str]] = {
    "ProblemName": PROBLEMS,
    "DatasetName": DATASETS,
    "FeatureName": FEATURES,
    "ActivationName": ACTIVATIONS,
    "InitializerName": INITIALIZERS,
    "OptimizerName": OPTIMIZERS,
    "LossName": LOSSES,
    "RegularizationName": REGULARIZATIONS,
    "FindingKind": KINDS,
}


def _literal(name: str, options: list[str]) -> str:
    """One type, on one line where that is short enough."""
    line = f"    {name} = Literal[{', '.join(options)}]"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"    {name} = Literal[", *(f"        {option}," for option in options), "    ]"])


def option_types() -> str:
    """The whole file."""
    types = [_literal(name, list(map(json.dumps, table))) for name, table in TABLES.items()]
    plain = [f"    {name} = str" for name in TABLES]
    return HEAD + "\n".join(types) + "\nelse:\n" + "\n".join(plain) + "\n"


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, option_types()))
