"""Problem types: one entry each in PROBLEMS."""

from dataclasses import dataclass

from tinkernet.network.activations import LINEAR, TANH
from tinkernet.options import ActivationName, ProblemName


@dataclass(frozen=True)
class Problem:
    """A problem type. `activation` is the name of the output neuron's activation."""

    name: ProblemName
    label: str
    hint: str
    activation: ActivationName


PROBLEMS: dict[str, Problem] = {
    entry.name: entry
    for entry in (
        Problem("classification", "Classification", "Separate two classes: the output goes from −1 to 1.", TANH.name),
        Problem("regression", "Regression", "Predict a number for every position.", LINEAR.name),
    )
}
"""All problems; the first is the default."""
