"""Array types with shapes for signatures: `Float64[ndarray, "runs count"]`, in jaxtyping's notation.

A type checker sees the plain array type. The tests import jaxtyping before tinkernet, so that the shapes are checked
on every call. Outside the tests jaxtyping is not needed, and not importing it saves time and memory.
"""

import sys
from types import GenericAlias
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Annotated as Bool
    from typing import Annotated as Float
    from typing import Annotated as Float32
    from typing import Annotated as Float64
    from typing import Annotated as Int
    from typing import Annotated as Int64
    from typing import Annotated as Shaped
    from typing import Annotated as UInt8
elif "jaxtyping" in sys.modules:
    from jaxtyping import Bool, Float, Float32, Float64, Int, Int64, Shaped, UInt8
else:

    class _Shown:
        """Appears in signatures as written and checks nothing."""

        __class_getitem__ = classmethod(GenericAlias)

    class Bool(_Shown):
        """Booleans."""

    class Float(_Shown):
        """Floating-point numbers of any size."""

    class Float32(_Shown):
        """Floating-point numbers of 4 bytes."""

    class Float64(_Shown):
        """Floating-point numbers of 8 bytes."""

    class Int(_Shown):
        """Integers of any size."""

    class Int64(_Shown):
        """Integers of 8 bytes."""

    class Shaped(_Shown):
        """Values of any type."""

    class UInt8(_Shown):
        """Bytes."""


__all__ = ["Bool", "Float", "Float32", "Float64", "Int", "Int64", "Shaped", "UInt8"]
