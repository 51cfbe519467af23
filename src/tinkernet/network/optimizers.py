"""How gradients move parameters: one entry each in OPTIMIZERS."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Optimizer:
    """A way to step. The engine knows plain gradient descent: learning rate times mean gradient."""

    name: str
    label: str
    hint: str


OPTIMIZERS = {
    entry.name: entry
    for entry in (Optimizer("sgd", "Gradient descent", "A step down the slope, as long as the learning rate says."),)
}
