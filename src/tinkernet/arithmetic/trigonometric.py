"""sin, cos and tan of arrays, with the algorithm of fdlibm (Sun Microsystems, 1993), which browsers use too.

The angle is reduced to [−π/4, π/4] by subtracting a multiple of π/2, with π/2 known to 151 bits (Cody and Waite), and
then evaluated by minimax polynomials. The error is at most one unit in the last place for |x| up to 10^5 and grows
beyond that.
"""

from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64

TWO_OVER_PI = 6.36619772367581382433e-01
# π/2 in three parts of 33 bits, each with the remainder after this part.
PARTS = (
    (1.57079632673412561417e00, 6.07710050650619224932e-11),
    (6.07710050630396597660e-11, 2.02226624879595063154e-21),
    (2.02226624871116645580e-21, 8.47842766036889956997e-32),
)
SIN = (
    -1.66666666666666324348e-01,
    8.33333333332248946124e-03,
    -1.98412698298579493134e-04,
    2.75573137070700676789e-06,
    -2.50507602534068634195e-08,
    1.58969099521155010221e-10,
)
COS = (
    4.16666666666666019037e-02,
    -1.38888888888741095749e-03,
    2.48015872894767294178e-05,
    -2.75573143513906633035e-07,
    2.08757232129817482790e-09,
    -1.13596475577881948265e-11,
)
TAN = (
    3.33333333333334091986e-01,
    1.33333333333201242699e-01,
    5.39682539762260521377e-02,
    2.18694882948595424599e-02,
    8.86323982359930005737e-03,
    3.59207910759131235356e-03,
    1.45620945432529025516e-03,
    5.88041240820264096874e-04,
    2.46463134818469906812e-04,
    7.81794442939557092300e-05,
    7.14072491382608190305e-05,
    -1.85586374855275456654e-05,
    2.59073051863633712884e-05,
)
QUARTER_PI_LOW = 3.06161699786838301793e-17
"""What π/4 has more than the nearest double."""

Array = Float64[ndarray, "*shape"]


def sin(x: Array) -> Array:
    """The sine of each angle, in radians."""
    quarter, angle, rest = _reduced(x)
    return _turned(quarter, angle, rest)


def cos(x: Array) -> Array:
    """The cosine of each angle, in radians."""
    quarter, angle, rest = _reduced(x)
    return _turned(quarter + 1, angle, rest)


def tan(x: Array) -> Array:
    """The tangent of each angle, in radians."""
    quarter, angle, rest = _reduced(x)
    tangent: Array = _tangent_kernel(angle, rest, inverted=quarter % 2 == 1)
    return tangent


def _turned(quarter: ndarray, angle: ndarray, rest: ndarray) -> Array:
    sine, cosine = _sine_kernel(angle, rest), _cosine_kernel(angle, rest)
    chosen = np.where(quarter % 2 == 0, sine, cosine)
    turned: Array = np.where(quarter % 4 < 2, chosen, -chosen)
    return turned


def _reduced(x: ndarray) -> tuple[ndarray, ndarray, ndarray]:
    """The number of quarter turns subtracted, the reduced angle, and its rounding error."""
    size = np.abs(x)
    turns = np.where(size <= np.pi / 4, 0.0, np.floor(size * TWO_OVER_PI + 0.5))
    angle = rest = left = size
    for part, (high, low) in enumerate(PARTS):
        before = left
        product = turns * high
        left = before - product
        correction = turns * low if part == 0 else turns * low - ((before - left) - product)
        refined = left - correction
        refined_rest = (left - refined) - correction
        if part == 0:
            angle, rest = refined, refined_rest
            continue
        # Only where the subtraction cancelled more bits than the parts so far can provide.
        lost = _exponent(size) - _exponent(angle) > (16, 49)[part - 1]
        angle, rest = np.where(lost, refined, angle), np.where(lost, refined_rest, rest)
    sign = np.where(x < 0, -1.0, 1.0)
    return (sign * turns).astype(np.int64), sign * angle, sign * rest


def _exponent(x: ndarray) -> Any:
    return np.frexp(x)[1]


def _sine_kernel(x: ndarray, rest: ndarray) -> Any:
    z = x * x
    v = z * x
    r = SIN[1] + z * (SIN[2] + z * (SIN[3] + z * (SIN[4] + z * SIN[5])))
    # fdlibm uses a shorter formula if the remainder is 0; the two differ in the last bit.
    return np.where(rest == 0, x + v * (SIN[0] + z * r), x - ((z * (0.5 * rest - v * r) - rest) - v * SIN[0]))


def _cosine_kernel(x: ndarray, rest: ndarray) -> Any:
    z = x * x
    r = z * (COS[0] + z * (COS[1] + z * (COS[2] + z * (COS[3] + z * (COS[4] + z * COS[5])))))
    size = np.abs(x)
    near = 1.0 - (0.5 * z - (z * r - x * rest))
    # Away from 0, a quarter of x, truncated to its high bits, is split off so that 1 − x²/2 loses no precision.
    cut = (np.where((size < 0.3) | (size > 0.78125), 0.5, size).view(np.int64) >> 32) - 0x00200000 << 32
    quarter = np.where(size > 0.78125, 0.28125, cut.view(np.float64))
    far = (1.0 - quarter) - ((0.5 * z - quarter) - (z * r - x * rest))
    return np.where(size < 0.3, near, far)


def _tangent_kernel(x: ndarray, rest: ndarray, *, inverted: ndarray) -> Any:
    """tan(x + rest), or −1 / tan(x + rest) where `inverted`."""
    # Near π/4, tan(π/4 − x) is evaluated instead: the polynomial is for small angles.
    large, below = np.abs(x) >= 0.67434, x < 0
    size, size_rest = np.where(below, -x, x), np.where(below, -rest, rest)
    x = np.where(large, (np.pi / 4 - size) + (QUARTER_PI_LOW - size_rest), x)
    rest = np.where(large, 0.0, rest)
    t, z = TAN, x * x
    w = z * z
    odd = t[1] + w * (t[3] + w * (t[5] + w * (t[7] + w * (t[9] + w * t[11]))))
    even = z * (t[2] + w * (t[4] + w * (t[6] + w * (t[8] + w * (t[10] + w * t[12])))))
    cube = z * x
    r = rest + z * (cube * (odd + even) + rest) + t[0] * cube
    tangent = x + r
    one = np.where(inverted, -1.0, 1.0)
    near = one - 2.0 * (x - (tangent * tangent / (tangent + one) - r))
    # −1 / (x + r), with both factors split so that the products are exact.
    divisor = np.where(tangent == 0, 1.0, tangent)
    high, inverse = _high_bits(divisor), -1.0 / divisor
    cut = _high_bits(inverse)
    turned = cut + inverse * ((1.0 + cut * high) + cut * (r - (high - x)))
    return np.where(large, np.where(below, -near, near), np.where(inverted, turned, tangent))


def _high_bits(x: ndarray) -> Any:
    """`x` with the lower half of its bits set to 0."""
    return (x.view(np.int64) >> 32 << 32).view(np.float64)
