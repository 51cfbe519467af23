"""Writes `pytorch-training.json`: what PyTorch's optimizers, schedules and losses come to. Needs PyTorch.

    python tests/reference/pytorch_training.py

All networks are trained for EPOCHS epochs on the same points, in order, in batches of BATCH, in float64. Their
parameters are listed as tinkernet lays them out: for each layer the weights [to, from], then the biases.
"""

import json
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import nn, optim
from torch.nn import functional

FILE = Path(__file__).with_name("pytorch-training.json")
EPOCHS, BATCH, RATE, POINTS = 20, 10, 0.01, 50
HIDDEN = (4, 2)
RATES_OVER = 40

torch.set_default_dtype(torch.float64)

OPTIMIZERS: dict[str, Callable[[Any], Any]] = {
    "sgd": lambda given: optim.SGD(given, RATE),
    "momentum": lambda given: optim.SGD(given, RATE, momentum=0.9),
    "momentum,momentum:0.5": lambda given: optim.SGD(given, RATE, momentum=0.5),
    "nesterov": lambda given: optim.SGD(given, RATE, momentum=0.9, nesterov=True),
    "nesterov,momentum:0.8": lambda given: optim.SGD(given, RATE, momentum=0.8, nesterov=True),
    "rmsprop": lambda given: optim.RMSprop(given, RATE),
    "rmsprop,alpha:0.9,epsilon:0.0001": lambda given: optim.RMSprop(given, RATE, alpha=0.9, eps=0.0001),
    "adam": lambda given: optim.Adam(given, RATE),
    "adam,beta1:0.8,beta2:0.95,epsilon:0.01": lambda given: optim.Adam(given, RATE, betas=(0.8, 0.95), eps=0.01),
    "adamw": lambda given: optim.AdamW(given, RATE),
    "adamw,beta1:0.5,decay:0.1": lambda given: optim.AdamW(given, RATE, betas=(0.5, 0.999), weight_decay=0.1),
}
DECAYED = ("sgd", "momentum", "adam", "rmsprop")
DECAY = 0.03

SCHEDULES: dict[str, Callable[[Any], Any]] = {
    "constant": lambda given: optim.lr_scheduler.ConstantLR(given, factor=1.0),
    "step": lambda given: optim.lr_scheduler.StepLR(given, 100, 0.1),
    "step,every:7,factor:0.3": lambda given: optim.lr_scheduler.StepLR(given, 7, 0.3),
    "exponential": lambda given: optim.lr_scheduler.ExponentialLR(given, 0.99),
    "exponential,factor:0.8": lambda given: optim.lr_scheduler.ExponentialLR(given, 0.8),
    "cosine": lambda given: optim.lr_scheduler.CosineAnnealingLR(given, 300),
    "cosine,epochs:39,lowest:0.1": lambda given: optim.lr_scheduler.CosineAnnealingLR(given, 39, eta_min=0.1 * RATE),
    "one-cycle": lambda given: optim.lr_scheduler.OneCycleLR(given, RATE, total_steps=300, cycle_momentum=False),
    "one-cycle,epochs:40,rising:0.4,start:10,end:100": lambda given: optim.lr_scheduler.OneCycleLR(
        given, RATE, total_steps=40, pct_start=0.4, div_factor=10, final_div_factor=100, cycle_momentum=False
    ),
    "warm-up": optim.lr_scheduler.LinearLR,
    "warm-up,epochs:20,first:0.1": lambda given: optim.lr_scheduler.LinearLR(given, 0.1, total_iters=20),
}


def squared(outputs: Any, labels: Any) -> Any:
    """tinkernet's squared error is half of PyTorch's."""
    return functional.mse_loss(outputs, labels) / 2


def hinge(outputs: Any, labels: Any) -> Any:
    """The hinge loss, which PyTorch has only for several classes."""
    return torch.clamp(1 - outputs * labels, min=0).mean()


def as_probability(labels: Any) -> Any:
    """1 for the second class, 0 for the first."""
    return (labels > 0).double()


NETWORKS: dict[str, tuple[str, int, str, Callable[[Any], Any], Callable[[Any, Any], Any]]] = {
    "two classes, squared": ("squared", 1, "sides", torch.tanh, squared),
    "two classes, cross-entropy": (
        "cross-entropy",
        1,
        "sides",
        lambda sums: sums,
        lambda sums, labels: functional.binary_cross_entropy_with_logits(sums, as_probability(labels)),
    ),
    "two classes, hinge": ("hinge", 1, "sides", lambda sums: sums, hinge),
    "two classes, huber": (
        "huber,delta:0.5",
        1,
        "sides",
        torch.tanh,
        lambda outputs, labels: functional.huber_loss(outputs, labels, delta=0.5),
    ),
    "three classes": (
        "cross-entropy",
        3,
        "classes",
        lambda sums: sums,
        lambda sums, labels: functional.cross_entropy(sums, labels[:, 0].long()),
    ),
    "numbers, squared": ("squared", 1, "numbers", lambda sums: sums, squared),
    "numbers, huber": (
        "huber,delta:0.2",
        1,
        "numbers",
        lambda sums: sums,
        lambda outputs, labels: functional.huber_loss(outputs, labels, delta=0.2),
    ),
}
"""The loss in tinkernet's notation, the number of outputs, their labels, their activation, and the loss."""


def material() -> tuple[list[list[float]], dict[str, list[float]]]:
    """Points, and three kinds of labels for them."""
    drawn = random.Random(11)  # noqa: S311 (the same numbers each time)
    points = [[drawn.uniform(-2, 2), drawn.uniform(-2, 2)] for _ in range(POINTS)]
    return points, {
        "sides": [1.0 if x * y > 0.2 else -1.0 for x, y in points],
        "classes": [0.0 if x > 0.5 else 1.0 if y > 0 else 2.0 for x, y in points],
        "numbers": [round(x * y / 4, 3) for x, y in points],
    }


def first_parameters(outputs: int) -> list[float]:
    """Initial parameters for a network with this many outputs."""
    drawn = random.Random(outputs)  # noqa: S311 (the same numbers each time)
    sizes = (2, *HIDDEN, outputs)
    count = sum((before + 1) * after for before, after in pairwise(sizes))
    return [drawn.uniform(-0.8, 0.8) for _ in range(count)]


def layers_from(numbers: Sequence[float], outputs: int) -> list[nn.Linear]:
    """The layers of a network with these parameters."""
    layers, sizes, left = [], (2, *HIDDEN, outputs), list(numbers)
    for before, after in pairwise(sizes):
        layer = nn.Linear(before, after)
        weights, biases = left[: before * after], left[before * after : (before + 1) * after]
        left = left[(before + 1) * after :]
        layer.weight.data = torch.tensor(weights).reshape(after, before)
        layer.bias.data = torch.tensor(biases)
        layers.append(layer)
    return layers


def trained(network: str, optimizer: str, decay: float = 0.0) -> list[float]:
    """The parameters of a network after training."""
    _, outputs, kind, activation, loss = NETWORKS[network]
    points, labels = material()
    inputs, targets = torch.tensor(points), torch.tensor(labels[kind])[:, None]
    layers = layers_from(first_parameters(outputs), outputs)
    groups: list[dict[str, Any]] = [
        {"params": [layer.weight for layer in layers]},
        {"params": [layer.bias for layer in layers]},
    ]
    if decay:  # the penalty is on weights only
        groups[0]["weight_decay"], groups[1]["weight_decay"] = decay, 0.0
    steps = OPTIMIZERS[optimizer](groups)
    for _ in range(EPOCHS):
        for first in range(0, POINTS, BATCH):
            values = inputs[first : first + BATCH]
            for layer in layers[:-1]:
                values = torch.tanh(layer(values))
            steps.zero_grad()
            loss(activation(layers[-1](values)), targets[first : first + BATCH]).backward()
            steps.step()
    parts = [part.detach().ravel() for layer in layers for part in (layer.weight, layer.bias)]
    numbers: list[float] = torch.cat(parts).tolist()
    return numbers


def rates(schedule: str) -> list[float]:
    """The learning rate of each epoch."""
    steps = optim.SGD([torch.zeros(1, requires_grad=True)], RATE)
    changes, found = SCHEDULES[schedule](steps), []
    for epoch in range(RATES_OVER):
        found.append(steps.param_groups[0]["lr"])
        if epoch + 1 < RATES_OVER:
            steps.step()
            changes.step()
    return found


def measured(loss: Callable[[Any, Any], Any], sums: Sequence[Sequence[float]], labels: Sequence[float]) -> Any:
    """The loss and its gradient by each output, for each row of outputs and its label."""
    rows = []
    for row, label in zip(sums, labels, strict=True):
        outputs = torch.tensor([row], requires_grad=True)
        value = loss(outputs, torch.tensor([[label]]))
        value.backward()
        rows.append({"sums": list(row), "label": label, "loss": value.item(), "gradient": outputs.grad[0].tolist()})
    return rows


def losses() -> dict[str, Any]:
    """Each loss over a range of outputs and labels."""
    sizes = (-800.0, -40.0, -3.0, -1.0, -0.3, -1e-9, 0.0, 0.2, 0.999, 1.0, 1.7, 25.0, 800.0)
    sides = [([size], label) for size in sizes for label in (-1.0, 1.0)]
    numbers = [([size], label) for size in sizes for label in (-0.7, 0.0, 0.35)]
    drawn = random.Random(3)  # noqa: S311 (the same numbers each time)

    def rows(classes: int) -> list[tuple[list[float], float]]:
        even = [[drawn.uniform(-5, 5) for _ in range(classes)] for _ in range(12)]
        extreme = [[drawn.choice([-800.0, 0.0, 800.0]) for _ in range(classes)] for _ in range(12)]
        return [(row, float(drawn.randrange(classes))) for row in (*even, *extreme, [0.0] * classes)]

    of = {
        "two classes, cross-entropy": ("cross-entropy", NETWORKS["two classes, cross-entropy"][-1], sides),
        "two classes, hinge": ("hinge", hinge, sides),
        "three classes": ("cross-entropy", NETWORKS["three classes"][-1], rows(3)),
        "ten classes": ("cross-entropy", NETWORKS["three classes"][-1], rows(10)),
        "numbers, squared": ("squared", squared, numbers),
    }
    for delta in (0.1, 1.0, 3.0):
        name = "huber" if delta == 1.0 else f"huber,delta:{delta:g}"

        def huber(outputs: Any, labels: Any, delta: float = delta) -> Any:
            return functional.huber_loss(outputs, labels, delta=delta)

        of[f"numbers, {name}"] = (name, huber, numbers)
    return {
        name: {"loss": loss, "rows": measured(function, *map(list, zip(*given, strict=True)))}
        for name, (loss, function, given) in of.items()
    }


def main() -> None:
    """Write the file."""
    points, labels = material()
    usual = "two classes, squared"
    content = {
        "torch": torch.__version__,
        "epochs": EPOCHS,
        "batch": BATCH,
        "rate": RATE,
        "hidden": HIDDEN,
        "points": points,
        "labels": labels,
        "first": {str(outputs): first_parameters(outputs) for outputs in (1, 3)},
        "optimizers": {name: trained(usual, name) for name in OPTIMIZERS},
        "decay": DECAY,
        "decayed": {name: trained(usual, name, DECAY) for name in DECAYED},
        "networks": {
            name: {"loss": loss, "outputs": outputs, "labels": kind, "parameters": trained(name, "sgd")}
            for name, (loss, outputs, kind, *_) in NETWORKS.items()
        },
        "schedules": {name: rates(name) for name in SCHEDULES},
        "losses": losses(),
    }
    text = json.dumps(content, allow_nan=False).replace("], ", "],\n").replace("}, ", "},\n").replace(": {", ":\n{")
    FILE.write_text(text + "\n")


if __name__ == "__main__":
    main()
