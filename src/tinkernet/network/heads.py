"""Output heads: how a network's last layer answers a problem, by problem, number of classes and loss.

A head decides on the number of outputs, their activation, the loss as the engine computes it, the labels that outputs
are compared with, when a point counts as classified correctly, and how the output is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import exp, log, select
from tinkernet.arrays import Float, Float64, Int64
from tinkernet.network.activations import ACTIVATIONS, LINEAR, SIGMOID, TANH
from tinkernet.network.losses import CROSS_ENTROPY, HINGE, LOSSES, SQUARED, Huber, Loss, class_cross_entropy
from tinkernet.network.parameters import option_in
from tinkernet.network.problems import CLASSIFICATION, REGRESSION
from tinkernet.network.winners import largest, margin

SOFTMAX = "softmax"
"""The activation of several outputs together: probabilities that add up to 1."""
MOST_CLASSES = 10

Draws = Literal["value", "probability", "classes"]


@dataclass(frozen=True, eq=False)
class OutputHead:
    """How the last layer answers.

    `activation` is the name of the outputs' activation, or SOFTMAX. `threshold` separates the two classes of a single
    output; several outputs are compared with each other. `draws` says how the output is drawn: as a value from `lowest`
    to `highest` on the scale of two colours, or as the class with the largest output.
    """

    problem: str
    several: bool
    loss: Loss
    activation: str
    threshold: float
    lowest: float
    highest: float
    draws: Draws
    encode: Callable[[Float64[ndarray, " n"], int], Float64[ndarray, "outputs n"]]

    def centred(self, values: Float[ndarray, "*shape"]) -> Float[ndarray, "*shape"]:
        """Outputs on the scale from −1 to 1 by which they are drawn: what separates two classes is at 0."""
        if (self.lowest, self.highest) == (-1.0, 1.0):
            return values
        middle, half = (self.lowest + self.highest) / 2, (self.highest - self.lowest) / 2
        return np.asarray((values - values.dtype.type(middle)) / values.dtype.type(half))

    @property
    def formula(self) -> str:
        """How an output is written, with “…” for its weighted sum."""
        return f"{SOFTMAX}(…)" if self.several else ACTIVATIONS[self.activation].formula

    @property
    def limit(self) -> float | None:
        """The largest size of an output; None where there is none."""
        return 1.0 if self.several else ACTIVATIONS[self.activation].limit

    @property
    def stalls_at_ends(self) -> bool:
        """Whether hardly any gradient gets through outputs near their limits: a loss of the weighted sum passes it."""
        return self.limit is not None and not self.loss.of_sum

    def answers(
        self, sums: Float64[ndarray, "outputs n"]
    ) -> tuple[Float64[ndarray, "outputs n"], Float64[ndarray, "outputs n"]]:
        """What the loss gets of the outputs' weighted sums, and the outputs.

        The loss gets the sums themselves; of several outputs, the logarithms of their probabilities.
        """
        return softmax(sums) if self.several else (sums, ACTIVATIONS[self.activation].function(sums))

    def slopes(
        self, sums: Float64[ndarray, "outputs n"], outputs: Float64[ndarray, "outputs n"]
    ) -> Float64[ndarray, "outputs n"]:
        """The derivative of each output with respect to its own weighted sum."""
        slope = outputs * (1 - outputs) if self.several else ACTIVATIONS[self.activation].derivative(sums, outputs)
        return np.asarray(slope * np.ones_like(sums))

    def drawn(
        self, outputs: Float[ndarray, "outputs *shape"]
    ) -> tuple[Float[ndarray, "*shape"], Int64[ndarray, "*shape"] | None]:
        """The whole network's answer at each place, as it is drawn, from all its outputs.

        Of several outputs this is the margin of the largest, and which one that is; a single output has no winner.
        """
        if self.draws == "classes":
            return margin(outputs), largest(outputs)
        return self.centred(outputs[0]), None

    def drawn_apart(self, outputs: Float[ndarray, "*shape"]) -> Float[ndarray, "*shape"]:
        """The values of single output neurons as they are drawn: of several, each is its probability itself."""
        return outputs if self.draws == "classes" else self.centred(outputs)

    def classes_of(self, outputs: Float64[ndarray, "outputs n"]) -> Int64[ndarray, " n"]:
        """The index of the class that each point's outputs stand for; also that of labels as `encode` gives them."""
        return largest(outputs) if self.several else (outputs[0] > self.threshold).astype(np.int64)

    def outputs(self, classes: int) -> int:
        """The number of output neurons."""
        return classes if self.several else 1


def as_they_are(labels: Float64[ndarray, " n"], _classes: int) -> Float64[ndarray, "1 n"]:
    """The labels themselves."""
    return labels[None]


def as_probabilities(labels: Float64[ndarray, " n"], _classes: int) -> Float64[ndarray, "1 n"]:
    """1 for the second class, 0 for the first."""
    return np.where(labels > 0, 1.0, 0.0)[None]


def one_hot(labels: Float64[ndarray, " n"], classes: int) -> Float64[ndarray, "classes n"]:
    """1 for the label's class, 0 for the others; a row per class."""
    return np.where(labels[None] == np.arange(classes)[:, None], 1.0, 0.0)


def softmax(
    sums: Float64[ndarray, "outputs n"],
) -> tuple[Float64[ndarray, "outputs n"], Float64[ndarray, "outputs n"]]:
    """The logarithms of the probabilities of the outputs, and the probabilities, from the weighted sums.

    The largest sum is subtracted first, so that nothing overflows. Operations are in the engine's order: row by row.
    """
    largest = sums[0]
    for row in sums[1:]:
        largest = select(row > largest, row, largest)
    shifted = np.array([row - largest for row in sums])
    grown = np.array([exp(row) for row in shifted])
    total = grown[0]
    for row in grown[1:]:
        total = total + row
    logarithm = log(total)
    return shifted - logarithm, grown / total


SOFTMAX_LOSS = replace(CROSS_ENTROPY, function=class_cross_entropy)
"""Cross-entropy of several outputs, one of which is compared with each class."""

TWO, MANY, NUMBER = (CLASSIFICATION, False), (CLASSIFICATION, True), (REGRESSION, False)

HEADS: tuple[OutputHead, ...] = (
    OutputHead(*TWO, SQUARED, TANH.name, 0.0, -1.0, 1.0, "value", as_they_are),
    OutputHead(*TWO, CROSS_ENTROPY, SIGMOID.name, 0.5, 0.0, 1.0, "probability", as_probabilities),
    OutputHead(*TWO, HINGE, LINEAR.name, 0.0, -1.0, 1.0, "value", as_they_are),
    OutputHead(*TWO, Huber, TANH.name, 0.0, -1.0, 1.0, "value", as_they_are),
    OutputHead(*MANY, SOFTMAX_LOSS, SOFTMAX, 0.5, 0.0, 1.0, "classes", one_hot),
    OutputHead(*NUMBER, SQUARED, LINEAR.name, 0.0, -1.0, 1.0, "value", as_they_are),
    OutputHead(*NUMBER, Huber, LINEAR.name, 0.0, -1.0, 1.0, "value", as_they_are),
)
"""All heads; the first of a problem and kind is its default."""

HEAD_LOSSES: tuple[Loss, ...] = (*LOSSES.values(), *(head.loss for head in HEADS if head.several))
"""The losses as the engine computes them, whose indices the compiled engine uses."""


def heads_for(problem: str, classes: int) -> list[OutputHead]:
    """The heads that fit a problem with this number of classes (0 for a regression), the default first."""
    return [head for head in HEADS if head.problem == problem and head.several == (classes > 2)]


def losses_for(problem: str, classes: int) -> list[str]:
    """The names of the losses that fit a problem with this number of classes, the usual one first."""
    return [head.loss.name for head in heads_for(problem, classes)]


def head_of(problem: str, classes: int, loss: str) -> OutputHead:
    """The head for a checked loss."""
    name = option_in(LOSSES, loss).name
    return next(head for head in heads_for(problem, classes) if head.loss.name == name)
