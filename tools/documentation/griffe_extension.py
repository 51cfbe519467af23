"""An extension of griffe for what it does not know: signatures of msgspec's structs, and the title “Example:”."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import griffe
import msgspec

STRUCT = "msgspec.Struct"
EXAMPLE = re.compile(r"^Example:$", re.MULTILINE)


class Structs(griffe.Extension):
    """Adds `__init__` to structs that do not say what they accept, and makes sections of examples."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Find all structs of the package."""
        for found in list(_classes(pkg)):
            if _is_struct(found):
                _add_signature(found)

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Name a section of examples as griffe knows it; under any other title, `>>>` would be quotations."""
        if obj.docstring is not None:
            obj.docstring.value = EXAMPLE.sub("Examples:", obj.docstring.value)


def _classes(holder: griffe.Module | griffe.Class) -> Iterator[griffe.Class]:
    for found in holder.members.values():
        if found.is_alias:
            continue
        if isinstance(found, griffe.Class):
            yield found
        if isinstance(found, griffe.Module | griffe.Class):
            yield from _classes(found)


def _is_struct(found: griffe.Class) -> bool:
    return any(
        (base.canonical_path if isinstance(base, griffe.Expr) else str(base)) == STRUCT
        for one in [found, *_ancestors(found)]
        for base in one.bases
    )


def _ancestors(found: griffe.Class) -> list[griffe.Class]:
    try:
        return found.mro()
    except ValueError:
        return []


def _add_signature(found: griffe.Class) -> None:
    declared = found.members.get("__init__")
    typed_dict = _typed_dict(declared) if isinstance(declared, griffe.Function) else None
    if declared is not None and typed_dict is None:
        return
    annotations = {
        name: member.annotation
        for one in [*reversed(_ancestors(found)), found]
        for name, member in one.members.items()
        if isinstance(member, griffe.Attribute)
    }
    if typed_dict is not None:
        annotations |= {
            name: one.annotation for name, one in typed_dict.members.items() if isinstance(one, griffe.Attribute)
        }
    struct: type[msgspec.Struct] = getattr(import_module(found.module.path), found.name)
    by_name = str(found.keywords.get("kw_only")) == "True" or typed_dict is not None
    kind = griffe.ParameterKind.keyword_only if by_name else griffe.ParameterKind.positional_or_keyword
    found.set_member(
        "__init__",
        griffe.Function(
            "__init__",
            parent=found,
            parameters=griffe.Parameters(
                griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword),
                *(
                    griffe.Parameter(name, annotation=annotations.get(name), kind=kind, default=default)
                    for name, default in _defaults(struct)
                ),
            ),
        ),
    )


def _typed_dict(declared: griffe.Function) -> griffe.Class | None:
    """The TypedDict of `**settings: Unpack[Settings]`."""
    for parameter in declared.parameters:
        if parameter.kind is griffe.ParameterKind.var_keyword and isinstance(
            parameter.annotation, griffe.ExprSubscript
        ):
            path = parameter.annotation.slice
            if isinstance(path, griffe.Expr):
                found = declared.modules_collection[path.canonical_path]
                target = found.final_target if isinstance(found, griffe.Alias) else found
                return target if isinstance(target, griffe.Class) else None
    return None


def _defaults(struct: type[msgspec.Struct]) -> Iterator[tuple[str, str | None]]:
    """The fields with their defaults as written; "..." for one that follows from other fields."""
    for field in msgspec.structs.fields(struct):
        if field.default_factory is not msgspec.NODEFAULT:
            yield field.name, f"{field.default_factory()!r}"
        elif field.default is msgspec.NODEFAULT:
            yield field.name, None
        else:
            yield field.name, "..." if field.default == "" else repr(field.default)
