"""The quantile of the normal distribution: Wichura's algorithm AS 241 (Applied Statistics 37, 1988), PPND16.

Three rational approximations: of the centre, of the middle and of the tails. The coefficients begin with the highest
power.
"""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic.logarithm import log
from tinkernet.arrays import Float64

CENTRE = (
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
)
CENTRE_BELOW = (
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0,
)
MIDDLE = (
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835,
)
MIDDLE_BELOW = (
    1.0507500716444169e-09,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0,
)
TAIL = (
    2.0103343992922881e-07,
    2.7115555687434876e-05,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103,
)
TAIL_BELOW = (
    2.0442631033899397e-15,
    1.421511758316446e-07,
    1.8463183175100548e-05,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0,
)
LEAST = 2.0**-53
"""Stands for 0, whose quantile is infinite."""


def normal_quantile(probabilities: Float64[ndarray, "*shape"]) -> Float64[ndarray, "*shape"]:
    """The number below which a standard normal variable is with each of these probabilities in [0, 1)."""
    p = np.where(probabilities < LEAST, LEAST, probabilities)
    q = p - 0.5
    tail = np.sqrt(-log(np.where(q <= 0, p, 1.0 - p)))
    centre = q * _ratio(CENTRE, CENTRE_BELOW, 0.180625 - q * q)
    size = np.where(tail <= 5.0, _ratio(MIDDLE, MIDDLE_BELOW, tail - 1.6), _ratio(TAIL, TAIL_BELOW, tail - 5.0))
    found: Float64[ndarray, "*shape"] = np.where((q <= 0.425) & (q >= -0.425), centre, np.where(q < 0, -size, size))
    return found


def _ratio(above: tuple[float, ...], below: tuple[float, ...], r: ndarray) -> ndarray:
    return np.asarray(_polynomial(above, r) / _polynomial(below, r))


def _polynomial(coefficients: tuple[float, ...], r: ndarray) -> ndarray:
    total = np.full(r.shape, coefficients[0])
    for coefficient in coefficients[1:]:
        total = total * r + coefficient
    return total
