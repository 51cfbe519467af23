"""What the compile cache depends on."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tinkernet import engine
from tinkernet.engine.cache import PACKAGE, SOURCES

COMPILED = ("engine", "network", "arithmetic")
"""The packages with code that is compiled; the others only check values, or say what went wrong."""


def imported(path: Path) -> Iterator[Path]:
    """The modules of these packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [node.module] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            parts = (name or "").split(".")
            if parts[0] == "tinkernet" and parts[1:2] and parts[1] in COMPILED:
                module = PACKAGE.joinpath(*parts[1:])
                yield module / "__init__.py" if module.is_dir() else module.with_suffix(".py")


def test_a_change_of_any_compiled_source_compiles_again() -> None:
    known = {file for pattern in SOURCES for file in PACKAGE.glob(pattern)}
    found, new = set[Path](), {PACKAGE / "engine" / "entries.py"}
    while new:
        found |= new
        new = {file for path in new for file in imported(path)} - found
    # The package's own file only says what it exports.
    assert found - known <= {PACKAGE / "engine" / "__init__.py"}


def test_kernels_come_from_the_cache_also_if_a_part_of_them_was_imported_before() -> None:
    engine.wait_until_compiled()
    program = """
import tinkernet.engine.choices
from tinkernet import engine
engine.wait_until_compiled()
from tinkernet.engine import crowd_entries, entries
print(all(one.stats.cache_hits for one in (entries.train, entries.fields, crowd_entries.train_runs)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
