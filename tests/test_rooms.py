"""Rules for the code: packages import only those above them, one version, nothing specific to one machine."""

import ast
import importlib.metadata
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import tinkernet

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tinkernet"

# A package may import those before it, and itself. Packages on one line do not know each other.
PACKAGES = [
    ["errors", "extras", "options", "defaults", "joints", "arrays", "formatting"],
    ["checks", "files", "html", "cells", "arithmetic"],
    ["tables"],
    ["data", "formula"],
    ["network"],
    ["fragment"],
    ["experiment"],
    ["link"],
    ["engine"],
    ["run"],
    ["export"],
    ["importing"],
    ["insight"],
    ["sweeps"],
    ["maps"],
    ["gallery"],
    ["protocol"],
    ["lessons"],
    ["session"],
    ["checker"],
    ["server", "notebook"],
    ["estimators", "watching"],
    ["cli"],
]
RANK = {package: rank for rank, packages in enumerate(PACKAGES) for package in packages}
# The public interface; packages import only the version from it.
ENTRY_POINTS = {"__init__", "__main__"}


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def import_base(path: Path) -> list[str]:
    """The folder that a relative import in this module starts from."""
    return ["tinkernet", *path.relative_to(PACKAGE).parent.parts]


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, package) of every import of tinkernet in a module, including those inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = import_base(path)[: len(import_base(path)) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "tinkernet" else [module]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "tinkernet" and name != "tinkernet.__version__":
                yield node.lineno, name.split(".")[1] if "." in name else "__init__"


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if package_of(path) not in ENTRY_POINTS]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_package_imports_only_packages_above_it(path: Path) -> None:
    package = package_of(path)
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {other}"
        for line, other in imports_of(path)
        if other != package and RANK.get(other, len(PACKAGES)) >= RANK[package]
    ]
    assert not wrong


def module_of(path: Path) -> str:
    """The name by which other modules import this one."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(["tinkernet", *(parts[:-1] if parts[-1] == "__init__" else parts)])


def files_imported_by(path: Path, known: dict[str, Path]) -> set[Path]:
    """The files of tinkernet that a file imports at the top level."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from package import module` imports the module, not a name in the package's __init__.
            names = [
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in known else node.module
                for alias in node.names
            ]
        else:
            continue
        found |= {known[name] for name in names if name in known and name != "tinkernet"}
    return found - {path}


def test_there_are_no_circular_imports() -> None:
    known = {module_of(path): path for path in PACKAGE.rglob("*.py")}
    arrows = {path: files_imported_by(path, known) for path in known.values()}
    while leaves := [path for path, others in arrows.items() if not others & arrows.keys()]:
        for path in leaves:
            del arrows[path]
    assert [str(path.relative_to(PACKAGE)) for path in sorted(arrows)] == []


def test_every_package_is_in_the_list() -> None:
    assert {package_of(path) for path in modules()} <= RANK.keys()


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# Split, because this file is also checked.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]
PATHS = rb"(?:^|[\s\"'=(:])/(?:home|root|Users|opt|work)/\w"
INDEX_LINES = rb"--(?:extra-)?index" + rb"-url[ =]"
MACHINE = re.compile(PATHS + rb"|" + INDEX_LINES, re.MULTILINE)


def test_no_registry_host_and_no_path_of_one_machine_is_in_the_repository() -> None:
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        found += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host.encode() in content]
        found += [f"{path.relative_to(ROOT)}: {match.group().decode()!r}" for match in MACHINE.finditer(content)]
    assert not found


def test_there_is_one_version() -> None:
    assert importlib.metadata.version("tinkernet") == tinkernet.__version__
    assert f"## {tinkernet.__version__}" in (ROOT / "CHANGELOG.md").read_text()
