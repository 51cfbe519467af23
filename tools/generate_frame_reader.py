"""Writes the page's reader of the binary messages from their declaration.

python tools/generate_frame_reader.py          writes web/src/protocol/frames.ts
python tools/generate_frame_reader.py --check  only says whether it is stale
"""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from generated import field_words, one_line, write_or_check

from tinkernet.data.plane import EDGE
from tinkernet.protocol.binary import Binary
from tinkernet.protocol.frames import FRAMES

TARGET = Path(__file__).resolve().parent.parent / "web" / "src" / "protocol" / "frames.ts"
HEAD = """// Made by `make generate` from src/tinkernet/protocol/frames.py: change that file, and make this one again.
"""
READS = {"I": "getUint32", "i": "getInt32", "d": "getFloat64"}
ARRAYS = {"f8": "Float64Array", "f4": "Float32Array", "u1": "Uint8Array"}
TAIL = """/** Which message this is; 0 where it is none. */
export function kindOf(message: ArrayBuffer): number {
  return message.byteLength < 4 ? 0 : new DataView(message).getUint32(0, true);
}
"""


def typescript() -> str:
    """The whole file."""
    edge = (
        f"/** The plane that is shown goes from −EDGE to EDGE in both directions. */\nexport const EDGE = {EDGE:g};\n"
    )
    return "\n".join([HEAD, edge, *(part for message in FRAMES for part in _parts(message)), TAIL])


def _parts(message: type[Binary]) -> list[str]:
    name = message.__name__
    constant = re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()
    hints = field_words(message)
    lines, empty = [], []
    for field, kind, none in _types(message):
        if field in hints:
            lines.append(f"  /** {hints[field]} */")
        lines.append(f"  {_camel(field)}: {kind};")
        empty.append(f"    {_camel(field)}: {none},")
    return [
        f"export const {constant} = {message.kind};\n",
        f"/** {one_line(inspect.getdoc(message) or '')} */\nexport interface {name} {{\n" + "\n".join(lines) + "\n}\n",
        f"export function empty{name}(): {name} {{\n  return {{\n" + "\n".join(empty) + "\n  };\n}\n",
        _reader(message),
    ]


def _types(message: type[Binary]) -> Iterator[tuple[str, str, str]]:
    """Each field with its type, and the value of one that is empty."""
    for number in (*message.small_numbers, *message.large_numbers):
        yield (number.name, "boolean", "false") if number.is_flag else (number.name, "number", "0")
    for array in message.arrays:
        kind = ARRAYS[array.dtype.str[1:]]
        yield array.name, kind, f"new {kind}(0)"
    for dimension in message.dimensions:
        yield dimension, "number", "0"


def _reader(message: type[Binary]) -> str:
    """A function that fills an object from a message; its arrays are views, nothing is copied."""
    name, lines = message.__name__, []
    small = [(field.name, field.code, field.is_flag) for field in message.small_numbers]
    small += [(dimension, "I", False) for dimension in message.dimensions]
    large = [(field.name, field.code, field.is_flag) for field in message.large_numbers]
    after_small = 4 + 4 * len(small)
    after_small += after_small % 8
    for first, size, numbers in ((4, 4, small), (after_small, 8, large)):
        for place, (field, code, is_flag) in enumerate(numbers):
            read = f"head.{READS[code]}({first + size * place}, true)"
            lines.append(f"  into.{_camel(field)} = {read}{' !== 0' if is_flag else ''};")
    lines.append(f"  {'let' if len(message.arrays) > 1 else 'const'} at = {after_small + 8 * len(large)};")
    for array in message.arrays:
        kind, size = ARRAYS[array.dtype.str[1:]], array.dtype.itemsize
        count = " * ".join(f"into.{_camel(n)}" if isinstance(n, str) else str(n) for n in array.shape)
        target = f"into.{_camel(array.name)}"
        lines.append(f"  {target} = new {kind}(message, at, {count});")
        if array is not message.arrays[-1]:
            length = f"{target}.byteLength"
            lines.append(f"  at += {length};" if size == 8 else f"  at += 8 * Math.ceil({length} / 8);")
    return (
        "/** Fills `into` from a message; its arrays look into the message, nothing is copied. */\n"
        f"export function read{name}(message: ArrayBuffer, into: {name} = empty{name}()): {name} {{\n"
        "  const head = new DataView(message);\n" + "\n".join(lines) + "\n  return into;\n}\n"
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, typescript()))
