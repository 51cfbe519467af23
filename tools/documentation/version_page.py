"""The page of versions: what tinkernet asks for, and what its tests run with, from the files that say so."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = "versions.md"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)
NAMED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*>=\s*([^,;\s]+)")
TOOLS = {
    "jax": "exported programs",
    "keras": "exported programs, import",
    "onnxruntime": "exported ONNX files",
    "polars": "data frames",
    "jupyterlab": "the notebook widget",
    "notebook": "the notebook widget",
    "marimo": "the notebook widget",
    "nbconvert": "saved notebooks",
    "playwright": "the page, in Chromium",
}
"""What is only needed to test, and what it tests."""


TEXT = """# Versions

tinkernet needs Python {python} or later. The tests run with the versions in the columns “tested”, which are locked.
Those of what is always installed also run with the oldest versions (`make test-lowest`).

## Extras

An extra is installed with `pip install 'tinkernet[sklearn]'`, several with `'tinkernet[sklearn,plot]'`. None is needed
for the page, and none is imported before it is used.

| extra | library | oldest | tested |
| --- | --- | --- | --- |
{extras}

## Tools that it is tried in

| tool | tested | for |
| --- | --- | --- |
{tools}

## Always installed

| library | oldest | tested |
| --- | --- | --- |
{own}
"""


def locked() -> dict[str, str]:
    """The version of each package that the tests run with."""
    texts = [(ROOT / "requirements" / name).read_text(encoding="utf-8") for name in ("torch.txt", "dev.txt")]
    return {name.lower(): version for text in texts for name, version in LOCKED.findall(text)}


def page() -> str:
    """The page in Markdown."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = locked()
    extras = [
        f"| `{extra}` | {name} | {least} | {versions.get(name.lower(), '—')} |"
        for extra, requirements in project["optional-dependencies"].items()
        for name, least in map(_parts, requirements)
    ]
    own = [
        f"| {name} | {least} | {versions.get(name.lower(), '—')} |"
        for name, least in map(_parts, project["dependencies"])
    ]
    tools = [f"| {name} | {versions[name]} | {what} |" for name, what in TOOLS.items() if name in versions]
    python = project["requires-python"].removeprefix(">=")
    return TEXT.format(python=python, extras="\n".join(extras), tools="\n".join(tools), own="\n".join(own))


def _parts(requirement: str) -> tuple[str, str]:
    """The name and the oldest version of a requirement."""
    found = NAMED.match(requirement)
    if found is None:
        raise ValueError(requirement)
    return found[1], found[2]
