"""How losses, optimizers, schedules and penalties are written in PyTorch: one entry for each entry of their tables."""

from collections.abc import Callable
from dataclasses import dataclass

from tinkernet.network.losses import CROSS_ENTROPY, HINGE, SQUARED, Huber
from tinkernet.network.optimizers import SGD, Adam, AdamW, Momentum, Nesterov, RMSprop
from tinkernet.network.regularizations import L1, L2, NONE
from tinkernet.network.schedules import Constant, Cosine, Exponential, OneCycle, Step, WarmUp

Values = tuple[float, ...]

LOSS_CODE: dict[tuple[str, bool], Callable[[Values], str]] = {
    (SQUARED.name, False): lambda _: "((outputs[:, 0] - labels) ** 2 / 2).sum()",
    (CROSS_ENTROPY.name, False): lambda _: (
        'nn.functional.binary_cross_entropy_with_logits(sums[:, 0], labels, reduction="sum")'
    ),
    (CROSS_ENTROPY.name, True): lambda _: 'nn.functional.cross_entropy(sums, labels, reduction="sum")',
    (HINGE.name, False): lambda _: "torch.clamp(1 - outputs[:, 0] * labels, min=0).sum()",
    (Huber.name, False): lambda values: (
        f'nn.functional.huber_loss(outputs[:, 0], labels, reduction="sum", delta={values[0]!r})'
    ),
}
"""The loss of all points of a batch together, by the loss's name and whether there are several outputs.

`sums` are the weighted sums of the output neurons, `outputs` what they give, both of the shape (n, outputs).
"""

OPTIMIZER_CODE: dict[str, Callable[[Values], str]] = {
    SGD.name: lambda _: "SGD(network.parameters(), lr=LEARNING_RATE)",
    Momentum.name: lambda values: f"SGD(network.parameters(), lr=LEARNING_RATE, momentum={values[0]!r})",
    # PyTorch refuses Nesterov's form without momentum, which is plain gradient descent.
    Nesterov.name: lambda values: (
        "SGD(network.parameters(), lr=LEARNING_RATE"
        + (f", momentum={values[0]!r}, nesterov=True)" if values[0] else ")")
    ),
    RMSprop.name: lambda values: (
        f"RMSprop(network.parameters(), lr=LEARNING_RATE, alpha={values[0]!r}, eps={values[1]!r})"
    ),
    Adam.name: lambda values: (
        f"Adam(network.parameters(), lr=LEARNING_RATE, betas=({values[0]!r}, {values[1]!r}), eps={values[2]!r})"
    ),
    AdamW.name: lambda values: (
        f"AdamW(network.parameters(), lr=LEARNING_RATE, betas=({values[0]!r}, {values[1]!r}),"
        f" eps={values[2]!r}, weight_decay={values[3]!r})"
    ),
}
"""The optimizer of `torch.optim`, by its parameters."""


def _cosine(values: Values) -> list[str]:
    last, lowest = values
    return [
        f"share = min(epoch, {last:g}) / {last:g}",
        f"return LEARNING_RATE * ({lowest!r} + {1 - lowest!r} / 2 * (1 + math.cos(math.pi * share)))",
    ]


def _one_cycle(values: Values) -> list[str]:
    last, rising, low, final = values
    return [
        f"last, peak = {last:g} - 1, {rising!r} * {last:g} - 1",
        f"low, end = 1 / {low!r}, 1 / {low * final!r}",
        "at = min(epoch, last)",
        "if at <= peak:",
        "    up = at / peak if peak > 0 else 1",
        "    return LEARNING_RATE * (1 + (low - 1) / 2 * (1 + math.cos(math.pi * up)))",
        "down = (at - peak) / ((last - peak) or 1)",
        "return LEARNING_RATE * (end + (1 - end) / 2 * (1 + math.cos(math.pi * down)))",
    ]


SCHEDULE_CODE: dict[str, Callable[[Values], list[str]]] = {
    Constant.name: lambda _: ["return LEARNING_RATE"],
    Step.name: lambda values: [f"return LEARNING_RATE * {values[1]!r} ** (epoch // {values[0]:g})"],
    Exponential.name: lambda values: [f"return LEARNING_RATE * {values[0]!r} ** epoch"],
    Cosine.name: _cosine,
    OneCycle.name: _one_cycle,
    WarmUp.name: lambda values: [
        f"return LEARNING_RATE * ({values[1]!r} + {1 - values[1]!r} * min(epoch, {values[0]:g}) / {values[0]:g})"
    ],
}
"""The body of a function of `epoch`, from 0, that gives its learning rate."""


@dataclass(frozen=True)
class PenaltyCode:
    """A penalty on the weights, as lines of the step: before the optimizer's own, and after it.

    `signs` are the weights that the penalty depends on: those after the step, or, as in the original's gradient
    descent, those before it.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


SHRINK = (
    "# L1 pulls all weights to 0 equally; one that would change its sign is 0 from then on.",
    "for weight, sign, dead in zip(weights, signs, dead_weights):",
    "    pulled = weight - rate * REGULARIZATION_RATE * sign",
    "    dead |= weight * pulled < 0",
    "    weight.copy_(pulled.masked_fill(dead, 0))",
)
PENALTY_CODE: dict[str, PenaltyCode] = {
    NONE.name: PenaltyCode(),
    L1.name: PenaltyCode(after=SHRINK),
    L2.name: PenaltyCode(
        before=(
            "# L2 pulls weights to 0, large ones most; biases are free.",
            "for weight in weights:",
            "    weight.grad += REGULARIZATION_RATE * weight",
        )
    ),
}
