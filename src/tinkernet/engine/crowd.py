"""Many learners of one shape, who learn side by side from the same points in one call of the engine."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64, Int64, UInt8
from numpy import ndarray

from tinkernet.engine.rule import Learner


class Crowd:
    """A row for each learner: see Learner for what the columns mean."""

    parameters: Float64[ndarray, "runs count"]
    gradients: Float64[ndarray, "runs count"]
    held: UInt8[ndarray, "runs count"]
    stash: Float64[ndarray, "runs count"]
    counted: Int64[ndarray, " runs"]

    def __init__(self, learners: Sequence[Learner]) -> None:
        self.parameters = np.stack([learner.parameters for learner in learners])
        self.gradients = np.stack([learner.gradients for learner in learners])
        self.held = np.stack([learner.held for learner in learners])
        self.stash = np.stack([learner.stash for learner in learners])
        self.counted = np.array([learner.counted for learner in learners], dtype=np.int64)

    def __len__(self) -> int:
        """How many learn."""
        return len(self.counted)

    def learner(self, run: int) -> Learner:
        """One of them, on its own from here on."""
        return Learner(
            self.parameters[run].copy(),
            self.gradients[run].copy(),
            self.held[run].copy(),
            self.stash[run].copy(),
            int(self.counted[run]),
        )

    @classmethod
    def around(cls, learner: Learner) -> "Crowd":
        """A crowd of one that changes the learner's own arrays; only `counted` is the crowd's own."""
        crowd = cls.__new__(cls)
        crowd.parameters, crowd.gradients = learner.parameters[None], learner.gradients[None]
        crowd.held, crowd.stash = learner.held[None], learner.stash[None]
        crowd.counted = np.array([learner.counted])
        return crowd

    def rows(self, first: int, stop: int) -> "Crowd":
        """Some of them, as a crowd that changes these very arrays."""
        crowd = type(self).__new__(type(self))
        crowd.parameters, crowd.gradients = self.parameters[first:stop], self.gradients[first:stop]
        crowd.held, crowd.stash = self.held[first:stop], self.stash[first:stop]
        crowd.counted = self.counted[first:stop]
        return crowd

    def copy(self) -> "Crowd":
        """Another crowd at the same place."""
        crowd = self.rows(0, len(self))
        crowd.parameters, crowd.gradients = self.parameters.copy(), self.gradients.copy()
        crowd.held, crowd.stash, crowd.counted = self.held.copy(), self.stash.copy(), self.counted.copy()
        return crowd

    def take_back(self, run: int, learner: Learner) -> None:
        """Put a learner into its place."""
        self.parameters[run], self.gradients[run], self.held[run] = learner.parameters, learner.gradients, learner.held
        self.counted[run] = learner.counted
