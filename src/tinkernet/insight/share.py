"""The share of successful starts, with its confidence interval."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64


@dataclass(frozen=True)
class Share:
    """The number of successes, `count` of so many (`of`), and the 95 % confidence interval of the success rate.

    The interval, `low` to `high`, is Wilson's (1927), which is also valid for small samples and extreme shares.
    """

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The observed share."""
        return self.count / self.of

    def __str__(self) -> str:
        return f"{self.count} of {self.of} ({self.share:.0%}, between {self.low:.0%} and {self.high:.0%})"


def wilson(count: int, of: int, z: float = 1.959964) -> Share:
    """A share with its Wilson score interval (1927), which is also valid for small samples and extreme shares."""
    share = count / of
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    middle, width = share + z * z / (2 * of), 1 + z * z / of
    return Share(count, of, max(0.0, (middle - spread) / width), min(1.0, (middle + spread) / width))


@cache
def intervals(of: int) -> Float64[ndarray, "counts 2"]:
    """The confidence interval of the success rate if 0, 1, … or all `of` starts succeed."""
    return np.array([(share.low, share.high) for share in (wilson(count, of) for count in range(of + 1))])
