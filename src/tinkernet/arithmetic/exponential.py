"""Branch-free exponential and logistic functions and tanh, shared by the reference and the compiled engine.

All come from e^y = 2^k · e^r with y = k ln 2 + r, |r| ≤ ln 2 / 2, and need one division. tanh and the logistic
function use the rational approximation e^r = (Q(r²) + r P(r²)) / (Q(r²) − r P(r²)) of the Cephes library (Moshier,
"Methods and Programs for Mathematical Functions", 1989); measured error: at most 5 units in the last place. exp and
expm1 use that of fdlibm (Sun Microsystems, 1993), e^r = 1 + r + r c / (2 − c) with c = r − r² R(r²); measured error:
at most 1 unit in the last place.
"""

from typing import Any

from tinkernet.arithmetic.primitives import clamp, exponent_limit, exponent_range, nearest, power_of_two

ONE_OVER_LN2 = 1.4426950408889634
# ln 2 in two parts; the first has few enough bits that its product with k is exact.
LN2_HIGH = 6.93145751953125e-1
LN2_LOW = 1.42860682030941723212e-6
P0, P1, P2 = 9.99999999999999999910e-1, 3.02994407707441961300e-2, 1.26177193074810590878e-4
Q0, Q1, Q2, Q3 = (
    2.00000000000000000005e0,
    2.27265548208155028766e-1,
    2.52448340349684104192e-3,
    3.00198505138664455042e-6,
)
R0, R1, R2, R3, R4 = (
    1.66666666666666019037e-01,
    -2.77777777770155933842e-03,
    6.61375632143793436117e-05,
    -1.65339022054652515390e-06,
    4.13813679705723846039e-08,
)
# Beyond this limit tanh is exactly ±1 in double precision, which the formula below returns.
TANH_LIMIT = 22.0


def tanh(x: Any) -> Any:
    """The hyperbolic tangent, (e^2x − 1) / (e^2x + 1)."""
    scale, even, odd = exponential(2.0 * clamp(x, TANH_LIMIT))
    more, less = scale + 1.0, scale - 1.0
    return (less * even + more * odd) / (more * even + less * odd)


def sigmoid(x: Any) -> Any:
    """The logistic function, 1 / (1 + e^−x)."""
    scale, even, odd = exponential(clamp(x, exponent_limit(x)))
    grown = scale * (even + odd)
    return grown / (grown + (even - odd))


def exponential(y: Any) -> Any:
    """e^y as 2^k, Q and r P: e^y = 2^k (Q + r P) / (Q − r P)."""
    k = nearest(y * ONE_OVER_LN2)
    r = (y - k * LN2_HIGH) - k * LN2_LOW
    square = r * r
    odd = r * ((P2 * square + P1) * square + P0)
    even = ((Q3 * square + Q2) * square + Q1) * square + Q0
    return power_of_two(k), even, odd


def exp(x: Any) -> Any:
    """e^x, from 0 through subnormal numbers to infinity."""
    k, high, rest = reduced(clamp(x, exponent_range(x)))
    # 2^k in two factors, because it may be beyond the range of normal numbers where e^x is not.
    first = nearest(0.5 * k)
    return ((1.0 + (high - rest)) * power_of_two(first)) * power_of_two(k - first)


def expm1(x: Any) -> Any:
    """e^x − 1, precise around 0 too."""
    k, high, rest = reduced(clamp(x, exponent_range(x)))
    first = nearest(0.5 * k)
    scale, second = power_of_two(first), k - first
    return ((scale * high + (scale - power_of_two(-second))) - scale * rest) * power_of_two(second)


def reduced(y: Any) -> Any:
    """k and two numbers with e^y = 2^k (1 + (high − rest)), where the rest is small."""
    k = nearest(y * ONE_OVER_LN2)
    high, low = y - k * LN2_HIGH, k * LN2_LOW
    r = high - low
    square = r * r
    c = r - square * (R0 + square * (R1 + square * (R2 + square * (R3 + square * R4))))
    return k, high, low - r * c / (2.0 - c)
