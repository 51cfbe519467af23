"""Many learners of one shape, who learn side by side from the same points in one call of the engine."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float64, Int64
from numpy import ndarray

from tinkernet.engine.rule import Learner


class Crowd:
    """A row for each learner: see Learner for what the columns mean."""

    parameters: Float64[ndarray, "runs count"]
    gradients: Float64[ndarray, "runs count"]
    dead: Bool[ndarray, "runs count"]
    counted: Int64[ndarray, " runs"]

    def __init__(self, learners: Sequence[Learner]) -> None:
        self.parameters = np.stack([learner.parameters for learner in learners])
        self.gradients = np.stack([learner.gradients for learner in learners])
        self.dead = np.stack([learner.dead for learner in learners])
        self.counted = np.array([learner.counted for learner in learners], dtype=np.int64)

    def __len__(self) -> int:
        """How many learn."""
        return len(self.counted)

    def learner(self, run: int) -> Learner:
        """One of them, on its own from here on."""
        return Learner(
            self.parameters[run].copy(), self.gradients[run].copy(), self.dead[run].copy(), int(self.counted[run])
        )

    @classmethod
    def around(cls, learner: Learner) -> "Crowd":
        """A crowd of one that changes the learner's own arrays; only `counted` is the crowd's own."""
        crowd = cls.__new__(cls)
        crowd.parameters, crowd.gradients = learner.parameters[None], learner.gradients[None]
        crowd.dead, crowd.counted = learner.dead[None], np.array([learner.counted])
        return crowd

    def take_back(self, run: int, learner: Learner) -> None:
        """Put a learner into its place."""
        self.parameters[run], self.gradients[run], self.dead[run] = learner.parameters, learner.gradients, learner.dead
        self.counted[run] = learner.counted
