"""The training state of one network (a learner), and of many that train in one call of the engine (a crowd)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64, Shaped, UInt8
from tinkernet.engine.rule import Rule, gradient_count


def _zeros(size: Callable[[Rule], int], kind: type[np.generic] = np.float64) -> dict[str, Any]:
    """An array's metadata: how to create it for a network and its optimizer."""
    return {"empty": lambda rule: np.zeros(size(rule), dtype=kind)}


def _count(rule: Rule) -> int:
    return rule.layout.count


@dataclass
class Learner:
    """The parameters, the gradients accumulated since the last update, and from how many points.

    `held` marks parameters that are not updated: DEAD weights, which L1 has set to 0 permanently, FROZEN ones, and the
    weights out of a neuron that is switched OFF, which are 0 while it is off; `stash` keeps their values.
    `gradient_rows` describes the layout of the gradients. `kept` are the numbers that the optimizer keeps, one after
    another for all parameters, and `updates` is how many updates they come from.

    The arrays are declared only here. Copies, sizes, crowds and files use `arrays`.
    """

    parameters: Float64[ndarray, " count"] = field(metadata=_zeros(_count))
    gradients: Float64[ndarray, " padded"] = field(metadata=_zeros(lambda rule: gradient_count(rule.layout)))
    held: UInt8[ndarray, " count"] = field(metadata=_zeros(_count, np.uint8))
    stash: Float64[ndarray, " count"] = field(metadata=_zeros(_count))
    kept: Float64[ndarray, " numbers"] = field(
        metadata=_zeros(lambda rule: len(rule.optimizer_entry.keeps) * rule.layout.count)
    )
    counted: int = 0
    updates: int = 0

    @classmethod
    def fresh(cls, rule: Rule, parameters: Float64[ndarray, " count"]) -> "Learner":
        """An untrained learner."""
        arrays: dict[str, Any] = {**empty_arrays(rule), "parameters": parameters}
        return cls(**arrays)

    def arrays(self) -> dict[str, Shaped[ndarray, " _"]]:
        """All arrays by name, in declaration order."""
        return {name: getattr(self, name) for name in ARRAYS}

    def copy(self) -> "Learner":
        """An independent copy."""
        return Learner(
            **{name: array.copy() for name, array in self.arrays().items()}, counted=self.counted, updates=self.updates
        )

    def restart_optimizer(self, rule: Rule) -> None:
        """Forget what the optimizer keeps, for the optimizer of this rule."""
        self.kept, self.updates = empty_arrays(rule)["kept"], 0

    @property
    def size(self) -> int:
        """The size in bytes."""
        return sum(array.nbytes for array in self.arrays().values())


_ARRAY_FIELDS = {each.name: each for each in fields(Learner) if "empty" in each.metadata}
ARRAYS = tuple(_ARRAY_FIELDS)
"""The names of a learner's arrays."""
COUNTS = ("counted", "updates")
"""The names of a learner's counts."""


def empty_arrays(rule: Rule) -> dict[str, Shaped[ndarray, " _"]]:
    """A learner's arrays by name, with the sizes and types for this rule, filled with 0."""
    return {name: each.metadata["empty"](rule) for name, each in _ARRAY_FIELDS.items()}


class Crowd:
    """Many learners, one per row; see Learner for the arrays."""

    parameters: Float64[ndarray, "runs count"]
    gradients: Float64[ndarray, "runs padded"]
    held: UInt8[ndarray, "runs count"]
    stash: Float64[ndarray, "runs count"]
    kept: Float64[ndarray, "runs numbers"]
    counted: Int64[ndarray, " runs"]
    updates: Int64[ndarray, " runs"]

    def __init__(self, learners: Sequence[Learner]) -> None:
        for name in ARRAYS:
            setattr(self, name, np.stack([getattr(learner, name) for learner in learners]))
        for name in COUNTS:
            setattr(self, name, np.array([getattr(learner, name) for learner in learners], dtype=np.int64))

    def __len__(self) -> int:
        """The number of learners."""
        return len(self.counted)

    def learner(self, run: int) -> Learner:
        """An independent copy of one learner."""
        arrays = {name: getattr(self, name)[run].copy() for name in ARRAYS}
        counts: dict[str, Any] = {name: int(getattr(self, name)[run]) for name in COUNTS}
        return Learner(**arrays, **counts)

    @classmethod
    def around(cls, learner: Learner) -> "Crowd":
        """A crowd of one that shares the learner's arrays; only its counts are copied: see `give_counts`."""
        return cls._of(
            lambda name: getattr(learner, name)[None], lambda name: np.array([getattr(learner, name)], dtype=np.int64)
        )

    def give_counts(self, learner: Learner) -> None:
        """Copy the counts of a crowd of one back to its learner."""
        for name in COUNTS:
            setattr(learner, name, int(getattr(self, name)[0]))

    def rows(self, first: int, stop: int) -> "Crowd":
        """A range of learners, as a crowd that shares these arrays."""
        return self._of(lambda name: getattr(self, name)[first:stop])

    def copy(self) -> "Crowd":
        """An independent copy."""
        return self._of(lambda name: getattr(self, name).copy())

    def store(self, run: int, learner: Learner) -> None:
        """Store a learner in its row."""
        for name in (*ARRAYS, *COUNTS):
            getattr(self, name)[run] = getattr(learner, name)

    @classmethod
    def _of(cls, array: Callable[[str], ndarray], count: Callable[[str], ndarray] | None = None) -> "Crowd":
        crowd = cls.__new__(cls)
        for name in ARRAYS:
            setattr(crowd, name, array(name))
        for name in COUNTS:
            setattr(crowd, name, (count or array)(name))
        return crowd
