"""Writes the types of all option names from the tables.

python tools/generate_option_types.py          writes src/tinkernet/options.py
python tools/generate_option_types.py --check  only says whether it is stale
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tinkernet.data import DATASETS
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS

TARGET = Path(__file__).resolve().parent.parent / "src" / "tinkernet" / "options.py"
HEAD = '''"""The names of all options as types, so that a type checker finds a misspelt one.

Made by `make generate` from the tables in `network/` and `data/`: change those, and make this file again.
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
}


def option_types() -> str:
    """The whole file."""
    types = [
        f"    {name} = Literal[{', '.join(json.dumps(option) for option in table)}]" for name, table in TABLES.items()
    ]
    plain = [f"    {name} = str" for name in TABLES]
    return HEAD + "\n".join(types) + "\nelse:\n" + "\n".join(plain) + "\n"


def main() -> int:
    """Write the file, or with --check say whether it is stale."""
    text = option_types()
    if "--check" in sys.argv:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
        print("options.py is stale: run `make generate`" if stale else "options.py is up to date")
        return int(stale)
    TARGET.write_text(text, encoding="utf-8")
    print("wrote options.py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
