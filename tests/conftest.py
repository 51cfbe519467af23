"""What holds for every test: array shapes and types are checked at each call, and hypothesis repeats itself in CI."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from hypothesis import settings
from jaxtyping import install_import_hook

SOURCE = Path(__file__).resolve().parent.parent / "src"
# Written once for NumPy and for the compiled engine, which takes their functions as they are.
COMPILED_TOO = ("arithmetic", "network.activations", "network.losses", "network.regularizations")


def compiles(path: Path) -> bool:
    """Whether a module gives its functions to Numba, which compiles no function that a checker is wrapped around."""
    imported = (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom))
    names = {
        name
        for node in imported
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    return any(name.split(".")[0] == "numba" or name == "tinkernet.engine.choices" for name in names)


def speaks_of_arrays(path: Path) -> bool:
    """Whether a module's signatures say the shapes of arrays, or it is the engine's; mypy checks all other types."""
    return path.parent.name == "engine" or "from tinkernet.arrays import" in path.read_text()


def checked_modules() -> Iterator[str]:
    """Every module of tinkernet with arrays in its signatures that is no kernel and no package.

    A turn of a session calls hundreds of functions without arrays; checking them all takes longer than the turn.

    The hook takes a package with all that is in it, kernels included, so functions of an `__init__.py` are not checked:
    `tests/engine/test_shapes.py` sees to it that none of those takes or returns an array.
    """
    for path in sorted((SOURCE / "tinkernet").rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        compiled_too = module.removeprefix("tinkernet.").startswith(COMPILED_TOO)
        if path.stem != "__init__" and speaks_of_arrays(path) and not compiled_too and not compiles(path):
            yield module


pytest_plugins = ["complete"]  # where CI is set, a skipped test is a failure

install_import_hook(list(checked_modules()), "checker.checked")

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
