"""The natural logarithm, with the algorithm of fdlibm (Sun Microsystems, 1993), which browsers use too.

x = 2^k (1 + f) with √2/2 < 1 + f < √2, and log(1 + f) from s = f / (2 + f) by a minimax polynomial in s². fdlibm
chooses between three ways of adding the parts; here all three are computed and one is selected, with the same bits.
Measured error: at most 1 unit in the last place, 2 for softplus.
"""

import math
from typing import Any

from tinkernet.arithmetic.exponential import exp
from tinkernet.arithmetic.primitives import mantissa_and_exponent, select, smallest_normal

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
ODD0, ODD1, ODD2, ODD3 = (
    6.666666666666735130e-01,
    2.857142874366239149e-01,
    1.818357216161805012e-01,
    1.479819860511658591e-01,
)
EVEN0, EVEN1, EVEN2 = 3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01
# Mantissas from here on are halved, so that 1 + f is around 1; in the interval, half of f² is added separately.
HALVED_FROM = 1.0 + 0x6A09C / 2**20
WIDE_FROM, WIDE_TO = 1.0 + 0x6147A / 2**20, 1.0 + 0x6B852 / 2**20
# Closer to 1 than this, two terms of the series are enough.
CLOSE = 2.0**-20
NORMALIZING, NORMALIZED_BY = 2.0**54, 54.0


def log(x: Any) -> Any:
    """The natural logarithm: −∞ at 0, NaN below."""
    subnormal = x < smallest_normal(x)
    mantissa, exponent = mantissa_and_exponent(x * select(subnormal, NORMALIZING, 1.0))
    exponent = exponent - select(subnormal, NORMALIZED_BY, 0.0)
    halved = mantissa >= HALVED_FROM
    k = exponent + select(halved, 1.0, 0.0)
    f = select(halved, 0.5 * mantissa, mantissa) - 1.0

    s, rest = series(f)
    half = 0.5 * f * f
    low = k * LN2_LOW
    wide = (half - (s * (half + rest) + low)) - f
    narrow = (s * (f - rest) - low) - f
    close = (f * f * (0.5 - 0.33333333333333333 * f) - low) - f
    far = select(mantissa >= WIDE_FROM, select(mantissa < WIDE_TO, wide, narrow), narrow)
    result = k * LN2_HIGH - select(f < CLOSE, select(f > -CLOSE, close, far), far)
    return select(x < math.inf, select(x > 0.0, result, select(x < 0.0, math.nan, -math.inf)), x)


def softplus(x: Any) -> Any:
    """log(1 + e^x), precise everywhere: the positive part of x + log(1 + e^−|x|)."""
    u = exp(select(x > 0.0, -x, x))
    # 1 + u = 2^k (1 + f) as above, without adding 1 to a small number.
    halved = u >= HALVED_FROM - 1.0
    k = select(halved, 1.0, 0.0)
    f = select(halved, 0.5 * u - 0.5, u)
    s, rest = series(f)
    half = 0.5 * f * f
    return select(x > 0.0, x, 0.0) + (k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f))


def series(f: Any) -> tuple[Any, Any]:
    """s = f / (2 + f), and what log(1 + f) = 2s + s · rest adds to its first term."""
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (EVEN0 + w * (EVEN1 + w * EVEN2))
    odd = z * (ODD0 + w * (ODD1 + w * (ODD2 + w * ODD3)))
    return s, odd + even
