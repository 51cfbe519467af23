"""Writes the TypeScript types of the wire from the Python ones.

    python tools/generate_wire_types.py          writes web/src/protocol/messages.ts
    python tools/generate_wire_types.py --check  only says whether it is stale

What the page receives always has all its fields; what it sends may leave out those that have a default.
"""

import inspect
import sys
from pathlib import Path
from typing import Any, get_args

from generated import field_words, one_line, write_or_check
from msgspec import NODEFAULT, Struct
from msgspec import inspect as types

from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.message import Speed

TARGET = Path(__file__).resolve().parent.parent / "web" / "src" / "protocol" / "messages.ts"
HEAD = """// Made by `make generate` from intentions.py, facts.py and choices.py in src/tinkernet/protocol.
"""
PARTS_OF: dict[tuple[type, str], type[Struct]] = {
    (intentions.Change, "settings"): Experiment,
    (intentions.ChangeView, "view"): View,
    (intentions.Branch, "settings"): Experiment,
    (facts.CureFact, "settings"): Experiment,
}
"""Fields that hold some fields of another struct, as JSON."""
NAMED_LITERALS = {frozenset(get_args(Speed)): "Speed"}


def typescript() -> str:
    """The whole file."""
    from_page, to_page = get_args(intentions.FromPage), get_args(facts.ToPage)
    writer = _Writer()
    for message in from_page:
        writer.need(message, sent=True)
    for message in to_page:
        writer.need(message, sent=False)
    parts = [HEAD, f"export type Speed = {' | '.join(map(_quoted, get_args(Speed)))};\n"]
    parts += writer.written.values()
    parts.append(_union("FromPage", "Everything that the page says.", from_page))
    parts.append(_union("ToPage", "Everything that the server says in text.", to_page))
    return "\n".join(parts)


class _Writer:
    """Writes an interface for each struct, the ones that it needs before it."""

    def __init__(self) -> None:
        self.written: dict[type, str] = {}

    def need(self, struct: type, *, sent: bool) -> str:
        """The name of this struct's interface, which is written if it is not there yet."""
        if struct not in self.written:
            self.written[struct] = ""
            self.written[struct] = self._interface(struct, sent=sent)
            self.written[struct] = self.written.pop(struct)  # after what it needs
        return struct.__name__

    def _interface(self, struct: type, *, sent: bool) -> str:
        info: Any = types.type_info(struct)
        words = inspect.getdoc(struct) or ""
        lines = []
        if info.tag_field is not None:
            lines.append(f"  {info.tag_field}: {_quoted(str(info.tag))};")
        hints = field_words(struct)
        for field in info.fields:
            if field.name in hints:
                lines.append(f"  /** {hints[field.name]} */")
            # What is sent is encoded from a whole struct: nothing is ever missing in it.
            optional = sent and (field.default is not NODEFAULT or field.default_factory is not NODEFAULT)
            whole = PARTS_OF.get((struct, field.name))
            kind = f"Partial<{self.need(whole, sent=False)}>" if whole else self._type(field.type, sent=sent)
            lines.append(f"  {field.encode_name}{'?' if optional else ''}: {kind};")
        return f"/** {one_line(words)} */\nexport interface {struct.__name__} {{\n" + "\n".join(lines) + "\n}\n"

    def _type(self, kind: Any, *, sent: bool) -> str:
        def inner(part: Any) -> str:
            return self._type(part, sent=sent)

        match kind:
            case types.Metadata():
                text = inner(kind.type)
            case types.StructType():
                text = self.need(kind.cls, sent=sent)
            case types.LiteralType():
                literals = " | ".join(map(_quoted, kind.values))
                text = NAMED_LITERALS.get(frozenset(kind.values), literals)
            case types.UnionType():
                text = " | ".join(dict.fromkeys(map(inner, kind.types)))
            case types.TupleType():
                text = f"[{', '.join(map(inner, kind.item_types))}]"
            case types.ListType() | types.VarTupleType():
                item = inner(kind.item_type)
                text = f"({item})[]" if " | " in item else f"{item}[]"
            case types.DictType():
                text = f"Record<{inner(kind.key_type)}, {inner(kind.value_type)}>"
            case _:
                text = _PLAIN[type(kind)]  # a KeyError names what the wire cannot carry yet
        return text


_PLAIN: dict[type[Any], str] = {
    types.StrType: "string",
    types.BytesType: "string",  # in base64
    types.IntType: "number",
    types.FloatType: "number",
    types.BoolType: "boolean",
    types.NoneType: "null",
    types.RawType: "unknown",
}


def _union(name: str, words: str, members: tuple[type[Struct], ...]) -> str:
    return f"/** {words} */\nexport type {name} =\n" + "\n".join(f"  | {member.__name__}" for member in members) + ";\n"


def _quoted(text: object) -> str:
    return f'"{text}"'


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, typescript()))
