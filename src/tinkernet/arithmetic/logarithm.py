"""The natural logarithm of arrays, with the algorithm of fdlibm (Sun Microsystems, 1993), which browsers use too."""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
ODD = (6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01)
EVEN = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)


def log(x: Float64[ndarray, "*shape"]) -> Float64[ndarray, "*shape"]:
    """The natural logarithm of each number, which must be positive and normal, or 0, which gives −∞.

    x = 2^k (1 + f) with √2/2 < 1 + f < √2, and log(1 + f) from s = f / (2 + f) by a minimax polynomial in s².
    """
    mantissa, exponent = np.frexp(np.where(x == 0, 1.0, x))
    mantissa, exponent = 2.0 * mantissa, exponent - 1
    high = (mantissa.view(np.int64) >> 32) & 0xFFFFF
    halved = high >= 0x6A09C
    k = (exponent + halved).astype(np.float64)
    f = np.where(halved, 0.5 * mantissa, mantissa) - 1.0

    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (EVEN[0] + w * (EVEN[1] + w * EVEN[2]))
    odd = z * (ODD[0] + w * (ODD[1] + w * (ODD[2] + w * ODD[3])))
    rest = odd + even
    half = 0.5 * f * f
    wide = (high >= 0x6147A) & (high <= 0x6B851)
    whole = k == 0
    far = np.where(
        whole, f - (half - s * (half + rest)), k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f)
    )
    near = np.where(whole, f - s * (f - rest), k * LN2_HIGH - ((s * (f - rest) - k * LN2_LOW) - f))
    # Close to 1, two terms of the series are enough.
    tiny = f * f * (0.5 - 0.33333333333333333 * f)
    close = np.where(whole, f - tiny, k * LN2_HIGH - ((tiny - k * LN2_LOW) - f))
    result = np.where(np.abs(f) < 2.0**-20, close, np.where(wide, far, near))
    return np.where(x == 0, -np.inf, result)
