"""Several outputs as one answer: which is the largest, and by how much it exceeds the second largest."""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float, Int64


def largest(outputs: Float[ndarray, "outputs *shape"]) -> Int64[ndarray, "*shape"]:
    """The row of each place's largest number, the first of equal ones; 0 where a comparison with NaN decides."""
    row, most = np.zeros(outputs.shape[1:], dtype=np.int64), outputs[0]
    for k in range(1, len(outputs)):
        more = outputs[k] > most
        row, most = np.where(more, k, row), np.where(more, outputs[k], most)
    return row


def margin(outputs: Float[ndarray, "outputs *shape"]) -> Float[ndarray, "*shape"]:
    """The largest number minus the second largest, at each place; NaN where one of them is."""
    most, second = np.maximum(outputs[0], outputs[1]), np.minimum(outputs[0], outputs[1])
    for row in outputs[2:]:
        second, most = np.maximum(second, np.minimum(most, row)), np.maximum(most, row)
    return np.asarray(most - second)
