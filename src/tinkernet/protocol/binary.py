"""Binary messages by declaration: a class declares its fields, Python packs them, and the page's reader is generated.

All numbers are little-endian. A message is

    uint32 kind
    its 4-byte numbers, and the dimensions of its arrays in order of first use
    its 8-byte numbers
    its arrays

where the 8-byte numbers and every array start at a multiple of 8 bytes.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self, dataclass_transform, get_type_hints

import numpy as np
from numpy import ndarray


@dataclass(frozen=True)
class Scalar:
    """A number, with its format code in `struct`."""

    code: str


@dataclass(frozen=True)
class Array:
    """An array, with its dtype and the names or sizes of its dimensions."""

    dtype: str
    shape: tuple[str | int, ...]


U32 = Annotated[int, Scalar("I")]
I32 = Annotated[int, Scalar("i")]
F64 = Annotated[float, Scalar("d")]
Flag = Annotated[bool, Scalar("I")]


@dataclass(frozen=True)
class NumberField:
    """A field that is a number, or a flag that is sent as one."""

    name: str
    code: str
    is_flag: bool


@dataclass(frozen=True)
class ArrayField:
    """A field that is an array."""

    name: str
    dtype: np.dtype
    shape: tuple[str | int, ...]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Binary:
    """The base class of binary messages. A subclass has its number as `kind`, and its fields as annotations."""

    kind: ClassVar[int]
    small_numbers: ClassVar[tuple[NumberField, ...]]
    """Numbers of 4 bytes."""
    large_numbers: ClassVar[tuple[NumberField, ...]]
    """Numbers of 8 bytes."""
    arrays: ClassVar[tuple[ArrayField, ...]]
    dimensions: ClassVar[tuple[str, ...]]
    _head: ClassVar[struct.Struct]

    def __init_subclass__(cls, *, kind: int) -> None:
        dataclass(frozen=True, kw_only=True)(cls)
        cls.kind = kind
        hints = get_type_hints(cls, include_extras=True)
        declared = {name: hint for name, hint in hints.items() if hasattr(hint, "__metadata__")}
        numbers = list(_numbers(declared))
        cls.small_numbers = tuple(field for field in numbers if field.code != "d")
        cls.large_numbers = tuple(field for field in numbers if field.code == "d")
        cls.arrays = tuple(_arrays(declared))
        cls.dimensions = tuple(dict.fromkeys(n for field in cls.arrays for n in field.shape if isinstance(n, str)))
        codes = "".join(field.code for field in cls.small_numbers) + "I" * len(cls.dimensions)
        filling = "" if len(codes) % 2 else "4x"
        cls._head = struct.Struct(f"<I{codes}{filling}{len(cls.large_numbers)}d")

    def pack(self) -> bytes:
        """The message as bytes.

        Raises:
            ValueError: the shape of an array differs from its declaration.
        """
        sizes: dict[str, int] = {}
        blocks: list[bytes] = []
        for field in self.arrays:
            array: ndarray = getattr(self, field.name)
            _note_sizes(field, array, sizes)
            block = np.ascontiguousarray(array, dtype=field.dtype).tobytes()
            blocks += (block, bytes(-len(block) % 8))
        head = self._head.pack(
            self.kind,
            *(getattr(self, field.name) for field in self.small_numbers),
            *(sizes[name] for name in self.dimensions),
            *(getattr(self, field.name) for field in self.large_numbers),
        )
        return b"".join((head, *blocks))

    @classmethod
    def unpack(cls, message: bytes) -> Self:
        """The unpacked message; its arrays are views of the bytes.

        Raises:
            ValueError: the bytes are not a valid message of this kind.
        """
        if len(message) < cls._head.size:
            raise ValueError(f"{len(message)} bytes are not enough for {cls.__name__}")
        kind, *values = cls._head.unpack_from(message)
        if kind != cls.kind:
            raise ValueError(f"a message of kind {kind} is not a {cls.__name__}")
        names = (*(field.name for field in cls.small_numbers), *cls.dimensions)
        found: dict[str, Any] = dict(zip((*names, *(f.name for f in cls.large_numbers)), values, strict=True))
        sizes = {name: found.pop(name) for name in cls.dimensions}
        found |= {field.name: bool(found[field.name]) for field in cls.small_numbers if field.is_flag}
        at = cls._head.size
        for field in cls.arrays:
            shape = tuple(sizes[name] if isinstance(name, str) else name for name in field.shape)
            array = np.frombuffer(message, field.dtype, math.prod(shape), at).reshape(shape)
            found[field.name] = array
            at += array.nbytes + -array.nbytes % 8
        return cls(**found)


def _numbers(declared: dict[str, Any]) -> Iterator[NumberField]:
    for name, hint in declared.items():
        (kind,) = hint.__metadata__
        if isinstance(kind, Scalar):
            yield NumberField(name, kind.code, is_flag=hint.__origin__ is bool)


def _arrays(declared: dict[str, Any]) -> Iterator[ArrayField]:
    for name, hint in declared.items():
        (kind,) = hint.__metadata__
        if isinstance(kind, Array):
            yield ArrayField(name, np.dtype(kind.dtype), kind.shape)


def _note_sizes(field: ArrayField, array: ndarray, sizes: dict[str, int]) -> None:
    """Record the sizes of the dimensions, and check that each name has one size."""
    fits = len(field.shape) == array.ndim
    for name, size in zip(field.shape, array.shape, strict=False):
        if size != (sizes.setdefault(name, size) if isinstance(name, str) else name):
            fits = False
    if not fits:
        raise ValueError(f"{field.name} has shape {array.shape}, but is declared as {field.shape} with {sizes}")
