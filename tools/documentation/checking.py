"""What the docstrings of everything public must have. Each problem is one line that says what to add, and where.

A docstring gives the meaning; an `Args:` line for each argument; `Raises:` where a value is refused; the shape of an
array that it returns; for a class, a function and a method an example (`>>>`); for an option the source of its formula.
Properties need no example, nor do methods without arguments. What public names only return (`Topic.paths`) needs no
example either, its methods no `Args:`, and its fields may be named in the text, as in `field`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import griffe
import public
import reference_pages

SHAPE = re.compile(r"\bshapes?\b|\[[^\]\n]*,[^\]\n]*\]|\((?:[\w ×.…{}]+,)+[\w ×.…{}]*\)")
SOURCE = re.compile(r"\b(1[89]|20)\d\d\b|`torch\.|PyTorch's")
CHECKING = ("checks", "check_")
"""Calls that refuse a value."""


def problems() -> list[str]:
    """All problems; empty if everything public is documented."""
    found: list[str] = []
    for topic in reference_pages.topics():
        for path in reference_pages.identifiers(topic):
            found.extend(problems_of(path, returned_only=path in topic.paths and not path.startswith(public.EXPORT)))
    return found


def problems_of(path: str, *, returned_only: bool = False) -> Iterator[str]:
    """The problems of a public name and of everything public in it."""
    obj = public.member(path)
    if obj is None:
        yield (
            f"{path}: not found in the sources; for a name that is imported on first use, add "
            f"`from MODULE import {path.rpartition('.')[2]} as {path.rpartition('.')[2]}` under TYPE_CHECKING"
        )
        return
    yield from (f"{path} ({_place(obj)}): {what}" for what in missing(obj, returned_only=returned_only))
    if isinstance(obj, griffe.Class):
        for name, part in sorted(public_parts(obj).items()):
            yield from (
                f"{path}.{name} ({_place(part)}): {what}" for what in missing(part, returned_only=returned_only)
            )


def public_parts(owner: griffe.Class) -> dict[str, griffe.Object]:
    """The public methods and properties of a class, those of its base classes in tinkernet too; not plain fields."""
    found: dict[str, griffe.Object] = {}
    for name, one in {**owner.inherited_members, **owner.members}.items():
        if name.startswith("_") or (isinstance(one, griffe.Alias) and not one.resolved):
            continue
        part = one.final_target if isinstance(one, griffe.Alias) else one
        if not part.path.startswith("tinkernet."):
            continue
        if isinstance(part, griffe.Function) or (isinstance(part, griffe.Attribute) and "property" in part.labels):
            found[name] = part
    return found


def missing(obj: griffe.Object, *, returned_only: bool = False) -> Iterator[str]:
    """What to add to the docstring of an object."""
    text = obj.docstring.value if obj.docstring else ""
    if not text.strip():
        yield "add a docstring that says what it is"
        return
    is_option = isinstance(obj, griffe.Attribute) and "property" not in obj.labels
    plain_method = isinstance(obj, griffe.Function) and isinstance(obj.parent, griffe.Class) and not arguments(obj)
    wants_example = (isinstance(obj, griffe.Class | griffe.Function) and not plain_method) or is_option
    if not returned_only and wants_example and ">>>" not in text:
        yield "add an “Example:” with a line that begins with >>>"
    named = {name for name in arguments(obj) if f"`{name}`" in text} if returned_only else set()
    undescribed = [name for name in arguments(obj) if name not in described(obj) | named]
    if undescribed and not (returned_only and isinstance(obj, griffe.Function)):
        yield f"add under “Args:” what these arguments mean: {', '.join(undescribed)}"
    if refuses(obj) and "Raises:" not in text:
        yield "add “Raises:” with the error and when it is raised"
    if "ndarray" in returned(obj) and not SHAPE.search(text):
        yield f"add the shape of the array, as in “shape (points, outputs)”: it returns {returned(obj)}"
    if is_option and not SOURCE.search(text):
        yield "add the source of its formula: who published it, and the year"


def described(obj: griffe.Object) -> set[str]:
    """The arguments that a docstring describes."""
    if obj.docstring is None:
        return set()
    wanted = (griffe.DocstringSectionKind.parameters, griffe.DocstringSectionKind.other_parameters)
    sections = [section for section in obj.docstring.parse(parser="google", warnings=False) if section.kind in wanted]
    return {argument.name.lstrip("*") for section in sections for argument in section.value}


def arguments(obj: griffe.Object) -> list[str]:
    """The names of the arguments of a function, or of what creates a class."""
    if isinstance(obj, griffe.Class):
        init = obj.members.get("__init__") or obj.inherited_members.get("__init__")
        target = init.final_target if isinstance(init, griffe.Alias) else init
        return arguments(target) if isinstance(target, griffe.Function) else []
    if not isinstance(obj, griffe.Function):
        return []
    return [one.name for one in obj.parameters if one.name not in {"self", "cls"} and not one.name.startswith("_")]


def returned(obj: griffe.Object) -> str:
    """The annotation of what a function or a property gives, as text."""
    if isinstance(obj, griffe.Function):
        return str(obj.returns or "")
    return str(obj.annotation or "") if isinstance(obj, griffe.Attribute) else ""


def refuses(obj: griffe.Object) -> bool:
    """Whether a function raises an error or checks a value itself."""
    if not isinstance(obj, griffe.Function) or not isinstance(obj.filepath, Path):
        return False
    tree = ast.parse(obj.filepath.read_text(encoding="utf-8"))
    body = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name == obj.name
        and node.lineno <= (obj.endlineno or 0)
        and (node.end_lineno or 0) >= (obj.lineno or 0)
    )
    return any(_refuses(node) for node in ast.walk(body))


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return node.exc is not None
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith(CHECKING)


def _place(obj: griffe.Object) -> str:
    """Where an object is defined, such as run/reader.py:103."""
    path = obj.filepath
    shown = path.relative_to(public.SOURCES / "tinkernet") if isinstance(path, Path) else path
    return f"{shown}:{obj.lineno}"


if __name__ == "__main__":
    print("\n".join(problems()) or "everything public is documented")
