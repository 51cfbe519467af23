"""The training state of one network (a learner), and of many that train in one call of the engine (a crowd)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64, Shaped, UInt8
from tinkernet.engine.rule import gradient_count
from tinkernet.network import Layout


def _zeros(size: Callable[[Layout], int], kind: type[np.generic] = np.float64) -> dict[str, Any]:
    """An array's metadata: how to create it for a network."""
    return {"empty": lambda layout: np.zeros(size(layout), dtype=kind)}


@dataclass
class Learner:
    """The parameters, the gradients accumulated since the last update, and from how many points.

    `held` marks parameters that are not updated: DEAD weights, which L1 has set to 0 permanently, FROZEN ones, and the
    weights out of a neuron that is switched OFF, which are 0 while it is off; `stash` keeps their values.
    `gradient_rows` describes the layout of the gradients.

    The arrays are declared only here. Copies, sizes, crowds and files use `arrays`.
    """

    parameters: Float64[ndarray, " count"] = field(metadata=_zeros(lambda layout: layout.count))
    gradients: Float64[ndarray, " padded"] = field(metadata=_zeros(gradient_count))
    held: UInt8[ndarray, " count"] = field(metadata=_zeros(lambda layout: layout.count, np.uint8))
    stash: Float64[ndarray, " count"] = field(metadata=_zeros(lambda layout: layout.count))
    counted: int = 0

    @classmethod
    def fresh(cls, layout: Layout, parameters: Float64[ndarray, " count"]) -> "Learner":
        """An untrained learner."""
        arrays: dict[str, Any] = {**empty_arrays(layout), "parameters": parameters}
        return cls(**arrays)

    def arrays(self) -> dict[str, Shaped[ndarray, " _"]]:
        """All arrays by name, in declaration order."""
        return {name: getattr(self, name) for name in ARRAYS}

    def copy(self) -> "Learner":
        """An independent copy."""
        return Learner(**{name: array.copy() for name, array in self.arrays().items()}, counted=self.counted)

    @property
    def size(self) -> int:
        """The size in bytes."""
        return sum(array.nbytes for array in self.arrays().values())


_ARRAY_FIELDS = {each.name: each for each in fields(Learner) if "empty" in each.metadata}
ARRAYS = tuple(_ARRAY_FIELDS)
"""The names of a learner's arrays."""


def empty_arrays(layout: Layout) -> dict[str, Shaped[ndarray, " _"]]:
    """A learner's arrays by name, with the sizes and types for this network, filled with 0."""
    return {name: each.metadata["empty"](layout) for name, each in _ARRAY_FIELDS.items()}


class Crowd:
    """Many learners, one per row; see Learner for the arrays."""

    parameters: Float64[ndarray, "runs count"]
    gradients: Float64[ndarray, "runs padded"]
    held: UInt8[ndarray, "runs count"]
    stash: Float64[ndarray, "runs count"]
    counted: Int64[ndarray, " runs"]

    def __init__(self, learners: Sequence[Learner]) -> None:
        for name in ARRAYS:
            setattr(self, name, np.stack([getattr(learner, name) for learner in learners]))
        self.counted = np.array([learner.counted for learner in learners], dtype=np.int64)

    def __len__(self) -> int:
        """The number of learners."""
        return len(self.counted)

    def learner(self, run: int) -> Learner:
        """An independent copy of one learner."""
        arrays = {name: getattr(self, name)[run].copy() for name in ARRAYS}
        return Learner(**arrays, counted=int(self.counted[run]))

    @classmethod
    def around(cls, learner: Learner) -> "Crowd":
        """A crowd of one that shares the learner's arrays; only `counted` is copied."""
        return cls._of(lambda name: getattr(learner, name)[None], np.array([learner.counted]))

    def rows(self, first: int, stop: int) -> "Crowd":
        """A range of learners, as a crowd that shares these arrays."""
        return self._of(lambda name: getattr(self, name)[first:stop], self.counted[first:stop])

    def copy(self) -> "Crowd":
        """An independent copy."""
        return self._of(lambda name: getattr(self, name).copy(), self.counted.copy())

    def store(self, run: int, learner: Learner) -> None:
        """Store a learner in its row."""
        for name in ARRAYS:
            getattr(self, name)[run] = getattr(learner, name)
        self.counted[run] = learner.counted

    @classmethod
    def _of(cls, array: Callable[[str], ndarray], counted: ndarray) -> "Crowd":
        crowd = cls.__new__(cls)
        for name in ARRAYS:
            setattr(crowd, name, array(name))
        crowd.counted = counted
        return crowd
