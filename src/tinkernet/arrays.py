"""The types of arrays in signatures, with their shapes: `Float64[ndarray, "runs count"]`, in jaxtyping's notation.

For a type checker such a type is the array itself. The tests import jaxtyping before tinkernet, and then every call is
checked. Nothing else has a use for it, so a running tinkernet spares itself the time and the memory, and needs no
jaxtyping at all.
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
        """Shows in a signature as it is written there, and checks nothing."""

        __class_getitem__ = classmethod(GenericAlias)

    class Bool(_Shown):
        """Truth values."""

    class Float(_Shown):
        """Floating-point numbers of any size."""

    class Float32(_Shown):
        """Floating-point numbers of 4 bytes."""

    class Float64(_Shown):
        """Floating-point numbers of 8 bytes."""

    class Int(_Shown):
        """Whole numbers of any size."""

    class Int64(_Shown):
        """Whole numbers of 8 bytes."""

    class Shaped(_Shown):
        """Of any type."""

    class UInt8(_Shown):
        """Bytes."""


__all__ = ["Bool", "Float", "Float32", "Float64", "Int", "Int64", "Shaped", "UInt8"]
