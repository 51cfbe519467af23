"""Branch-free sine and cosine, shared by the reference and the compiled engine.

`trigonometric.py` has the same functions of arrays with the exact bits of the original, which data sets and features
depend on. Here the angle is always reduced by the same four steps (Cody and Waite), so that vectors need no branch;
the two minimax polynomials are those of fdlibm. Measured error: at most 1 unit in the last place for |x| up to 10^6.
It grows beyond that, but the result stays within [−1, 1].
"""

from typing import Any

from tinkernet.arithmetic.primitives import clamp, nearest, select
from tinkernet.arithmetic.trigonometric import COS, SIN, TWO_OVER_PI

# π/2 in four parts of 24, 33, 33 and 53 bits: products of the first three with the number of quarter turns are exact.
PART1, PART2, PART3, PART4 = (
    1.570796251296997,
    7.549789954319763e-08,
    5.721188725819446e-18,
    2.9038559739793605e-28,
)
# A little more than π/4. Larger remainders occur only where the angle is too large for its size to be meaningful.
LARGEST_REMAINDER, LARGEST_REST = 0.7854, 1e-7
S0, S1, S2, S3, S4, S5 = SIN
C0, C1, C2, C3, C4, C5 = COS


def sine(x: Any) -> Any:
    """The sine of an angle in radians."""
    quarter, angle, rest = reduced(x)
    return turned(quarter, angle, rest)


def cosine(x: Any) -> Any:
    """The cosine of an angle in radians."""
    quarter, angle, rest = reduced(x)
    return turned(quarter + 1.0, angle, rest)


def reduced(x: Any) -> Any:
    """The number of quarter turns subtracted, the angle that remains, and its rounding error."""
    quarter = nearest(x * TWO_OVER_PI)
    left = x - quarter * PART1
    product = quarter * PART2
    closer = left - product
    correction = quarter * PART3 - ((left - closer) - product)
    angle = closer - correction
    rest = ((closer - angle) - correction) - quarter * PART4
    return quarter, clamp(angle, LARGEST_REMAINDER), clamp(rest, LARGEST_REST)


def turned(quarter: Any, angle: Any, rest: Any) -> Any:
    """The sine of the angle after some quarter turns."""
    turn = quarter - 4.0 * nearest(0.25 * quarter)  # −2 … 2
    z = angle * angle
    v = z * angle
    odd = S1 + z * (S2 + z * (S3 + z * (S4 + z * S5)))
    along = angle - ((z * (0.5 * rest - v * odd) - rest) - v * S0)
    even = z * (C0 + z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * C5)))))
    half = 0.5 * z
    near = 1.0 - half
    across = near + (((1.0 - near) - half) + (z * even - angle * rest))
    parity = turn * turn
    value = select(parity > 0.5, select(parity < 2.0, across, along), along)
    return select(turn < -0.5, -value, select(turn > 1.5, -value, value))
