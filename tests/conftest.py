"""Settings for all tests: array shapes and types are checked on every call, and hypothesis is deterministic in CI."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from jaxtyping import config, install_import_hook

SOURCE = Path(__file__).resolve().parent.parent / "src"
# Their functions are used by both NumPy and the compiled engine, unchanged.
COMPILED_TOO = ("arithmetic", "engine.stops", "network.activations", "network.losses", "network.regularizations")


def compiles(path: Path) -> bool:
    """Whether Numba compiles the module's functions, which therefore cannot be wrapped in a checker."""
    imported = (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom))
    names = {
        name
        for node in imported
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    return any(name.split(".")[0] == "numba" or name == "tinkernet.engine.choices" for name in names)


def has_array_types(path: Path) -> bool:
    """Whether a module's signatures contain array shapes, or it is in the engine; mypy checks all other types."""
    return path.parent.name == "engine" or "from tinkernet.arrays import" in path.read_text()


def checked_modules() -> Iterator[str]:
    """Every module of tinkernet with arrays in its signatures, except kernels and packages.

    A turn of a session calls hundreds of functions without arrays; checking all of them takes longer than the turn.

    The import hook applies to a package with all its modules, including kernels. So functions in an `__init__.py` are
    not checked: `tests/engine/test_shapes.py` verifies that none of them takes or returns an array.
    """
    for path in sorted((SOURCE / "tinkernet").rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        compiled_too = module.removeprefix("tinkernet.").startswith(COMPILED_TOO)
        if path.stem != "__init__" and has_array_types(path) and not compiled_too and not compiles(path):
            yield module


# A skipped test is a failure if CI is set; the site is built once; the browser is shared by tests in several folders.
pytest_plugins = ["complete", "built_site", "one_browser"]

install_import_hook(list(checked_modules()), "checker.checked")

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Array shapes are not checked: for trainings so long that checks would take most of the time."""
    config.update("jaxtyping_disable", value=True)
    yield
    config.update("jaxtyping_disable", value=False)
