"""How many of many succeed: a share with its confidence interval."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64


@dataclass(frozen=True)
class Share:
    """How many succeeded, and the confidence interval of the true share, at 95 per cent."""

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
    """A share with its confidence interval (Wilson, 1927), which is right for few and for extreme shares too."""
    share = count / of
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    middle, width = share + z * z / (2 * of), 1 + z * z / of
    return Share(count, of, max(0.0, (middle - spread) / width), min(1.0, (middle + spread) / width))


@cache
def intervals(of: int) -> Float64[ndarray, "counts 2"]:
    """The confidence interval of the true share where 0, 1, … or all `of` succeeded."""
    return np.array([(share.low, share.high) for share in (wilson(count, of) for count in range(of + 1))])
