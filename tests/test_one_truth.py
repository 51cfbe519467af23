"""Every option name is written in one place: its table."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tinkernet.data.datasets import BuiltIn
from tinkernet.data.datasets.measurements import MEASUREMENTS
from tinkernet.data.datasets.original import ORIGINAL
from tinkernet.data.datasets.patterns import PATTERNS
from tinkernet.data.datasets.values import VALUES
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZATIONS, SCHEDULES

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "tinkernet"


def of_kind(entries: tuple[BuiltIn, ...]) -> Mapping[str, object]:
    """The data sets of one module, by name."""
    return {entry.name: entry for entry in entries}


TABLES: dict[str, Mapping[str, object]] = {
    "data/datasets/original.py": of_kind(ORIGINAL),
    "data/datasets/patterns.py": of_kind(PATTERNS),
    "data/datasets/measurements.py": of_kind(MEASUREMENTS),
    "data/datasets/values.py": of_kind(VALUES),
    "network/activations.py": ACTIVATIONS,
    "network/features.py": FEATURES,
    "network/initializers.py": INITIALIZERS,
    "network/losses.py": LOSSES,
    "network/optimizers.py": OPTIMIZERS,
    "network/regularizations.py": REGULARIZATIONS,
    "network/schedules.py": SCHEDULES,
}
# Everyday words, which mean something else almost everywhere: a step of a lesson, a constant column.
EVERYDAY = {"constant", "step"}
NAMES = {name: home for home, table in TABLES.items() for name in table if name not in EVERYDAY}
# Generated from the tables.
GENERATED = {"options.py"}
# Each is an experiment with something to see in it, which names its options as a lesson does.
EXHIBITS = "gallery/exhibits/"
# Words with another meaning in these files: functions, columns of points, the argument of a function, methods of
# PyTorch, arguments of scikit-learn, "no layers", causes of a finding, a value of CSS, the sides of a map, a share
# of 0, a library that is not installed.
OTHER_MEANINGS = {
    ("arithmetic/__init__.py", "cosine"),
    ("arithmetic/__init__.py", "sigmoid"),
    ("arithmetic/__init__.py", "sine"),
    ("arithmetic/__init__.py", "softplus"),
    ("arithmetic/__init__.py", "tanh"),
    ("cli/terminal.py", "x"),
    ("cli/train/task.py", "none"),
    ("data/own/arrays.py", "x"),
    ("data/points.py", "x"),
    ("data/points.py", "y"),
    ("estimators/classifier.py", "y"),
    ("estimators/columns.py", "x"),
    ("estimators/columns.py", "y"),
    ("estimators/runs.py", "y"),
    ("export/networks/activation_code.py", "x"),
    ("export/pictures/in_notebook.py", "none"),
    ("formula/operations.py", "tanh"),
    ("gallery/cells.py", "none"),
    ("maps/plan.py", "x"),
    ("maps/plan.py", "y"),
    ("sweeps/saved.py", "none"),
    ("sweeps/sweep_map.py", "x"),
    ("sweeps/sweep_map.py", "y"),
    ("formula/tree.py", "x"),
    ("formula/tree.py", "y"),
    ("importing/torch_modules.py", "elu"),
    ("importing/torch_modules.py", "softplus"),
    ("insight/compare.py", "none"),
    ("insight/diagnosis/rules/data.py", "none"),
    ("insight/diagnosis/rules/neurons.py", "zeros"),
    ("insight/diagnosis/wording.py", "none"),
    ("insight/diagnosis/wording.py", "zeros"),
}


def texts_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string in the code of a file, except docstrings and annotations."""
    tree = ast.parse(path.read_text())
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_option_names_are_written_only_in_their_tables(path: Path) -> None:
    here = str(path.relative_to(PACKAGE))
    if here in GENERATED or here.startswith(EXHIBITS):
        return
    spelt = [
        f"{here}:{line} spells {text!r}, which belongs to {NAMES[text]}"
        for line, text in texts_in(path)
        if NAMES.get(text, here) != here and (here, text) not in OTHER_MEANINGS
    ]
    assert not spelt


WEB = Path(__file__).resolve().parent.parent / "web" / "src"
WRITTEN_BY_HAND = sorted(
    path
    for path in WEB.rglob("*")
    if path.suffix in {".ts", ".svelte"} and ".test." not in path.name and path.parent.name != "protocol"
)
# Names with another meaning in the page's code: coordinates, colours of the original, halves of a range of values.
WORDS_OF_THE_PAGE = {"x", "y", "none", "halves"}


def web_texts_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every quoted string, and of every unquoted key of an object."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for match in re.finditer(r""""([^"]*)"|'([^']*)'|`([^`$]*)`|^\s*(\w+): """, line):
            yield number, next(group for group in match.groups() if group is not None)


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=lambda path: str(path.relative_to(WEB)))
def test_the_page_contains_no_option_names(path: Path) -> None:
    spelt = [
        f"{path.name}:{line} spells {text!r}, which belongs to {NAMES[text]}"
        for line, text in web_texts_in(path)
        if text in NAMES and text not in WORDS_OF_THE_PAGE
    ]
    assert not spelt


SPEAKING = {
    "IntentionError",
    "Notice",
    "Trouble",
    "edit",
    "restart",
    "change_pins",
    "change_view",
    "branch_from_past",
    "add",
    "_show",
}
SENTENCES = {"sentences.py", "wording.py"}


def spoken(path: Path) -> list[int]:
    """The lines of a module on which a sentence stands in a call that sends it to the page."""
    lines = []
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call):
            continue
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if function in SPEAKING and any(
            isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str))
            for one in given
        ):
            lines.append(call.lineno)
    return lines


def test_a_session_has_its_sentences_in_one_place() -> None:
    modules = [path for path in sorted((PACKAGE / "session").rglob("*.py")) if path.name not in SENTENCES]
    assert modules
    assert [f"{path.relative_to(PACKAGE)}:{line}" for path in modules for line in spoken(path)] == []
