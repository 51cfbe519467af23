"""Optimizers: one entry each in OPTIMIZERS."""

from dataclasses import dataclass

from tinkernet.options import OptimizerName


@dataclass(frozen=True)
class Optimizer:
    """A way to update the parameters. The engine implements plain SGD: learning rate times mean gradient."""

    name: OptimizerName
    label: str
    hint: str


OPTIMIZERS: dict[str, Optimizer] = {
    entry.name: entry
    for entry in (Optimizer("sgd", "Gradient descent", "A step against the gradient, scaled by the learning rate."),)
}
