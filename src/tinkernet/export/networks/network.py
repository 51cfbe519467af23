"""A trained network as plain data: what every program and file for another library is made from."""

from typing import Literal

import msgspec
import numpy as np
from msgspec import structs
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import DATASETS
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count
from tinkernet.formula import Column, Formula, read_formula
from tinkernet.network.heads import OutputHead, head_of
from tinkernet.run import Run

FORMAT, VERSION = "tinkernet network", 1
Numbers = Literal["float32", "float64"]


class Part(msgspec.Struct, frozen=True):
    """A part of the description of a network."""


class InputColumn(Part, frozen=True):
    """A column of the data. `low` and `high` of its values are scaled to −`edge` and `edge`; the same: not scaled.

    `meaning` says what was measured, where a built-in data set has it on the scale of the plane.
    """

    name: str
    low: float
    high: float
    meaning: str = ""


class LayerPart(Part, frozen=True):
    """A layer after the inputs: `weights` has a row for each neuron, with a weight for each neuron before it.

    `activation` is a name of tinkernet's table, or softmax. The weights out of a neuron that is switched off are 0.
    """

    activation: str
    weights: list[list[float]]
    biases: list[float]
    switched_off: list[int]


class OutputPart(Part, frozen=True):
    """What the outputs mean.

    Of classes: a single output above `threshold` is the second class, and its probability is the output's share of
    the way from `lowest` to `highest`; of several outputs the largest is the class, and each is a probability. Of
    numbers: −1 and 1 are `low` and `high` in the units of the target.
    """

    target: str
    classes: list[str]
    loss: str
    threshold: float
    lowest: float
    highest: float
    low: float = -1.0
    high: float = 1.0


class Network(Part, frozen=True):
    """A trained network: columns are scaled, inputs are formulas over them, layers follow one another."""

    format: str
    version: int
    made_by: str
    problem: str
    epochs: int
    edge: float
    columns: list[InputColumn]
    inputs: list[str]
    layers: list[LayerPart]
    output: OutputPart

    @property
    def head(self) -> OutputHead:
        """How the outputs answer."""
        return head_of(self.problem, len(self.output.classes), self.output.loss)

    @property
    def scaled(self) -> bool:
        """Whether the columns are scaled."""
        return any((column.low, column.high) != (-self.edge, self.edge) for column in self.columns)

    @property
    def formulas(self) -> list[Formula]:
        """The inputs, ready to be written in another language."""
        columns = tuple(Column(name, name) for name in formula_names(self))
        return [read_formula(text, columns) for text in self.inputs]

    @property
    def sizes(self) -> list[int]:
        """The number of inputs, and of neurons in each layer."""
        return [len(self.inputs), *(len(layer.biases) for layer in self.layers)]

    @property
    def numbers(self) -> int:
        """How many weights and biases there are."""
        return sum((before + 1) * size for before, size in zip(self.sizes, self.sizes[1:], strict=False))

    @property
    def without_numbers(self) -> "Network":
        """The same network without its weights and biases, for a file that has them as arrays."""
        bare = [structs.replace(layer, weights=[], biases=[]) for layer in self.layers]
        return structs.replace(self, layers=bare)

    def with_parameters(
        self, weights: tuple[Float64[ndarray, "_ _"], ...], biases: tuple[Float64[ndarray, " _"], ...]
    ) -> "Network":
        """The same network with other weights and biases, after no epoch."""
        layers = [
            structs.replace(layer, weights=rows.tolist(), biases=numbers.tolist(), switched_off=[])
            for layer, rows, numbers in zip(self.layers, weights, biases, strict=True)
        ]
        return structs.replace(self, layers=layers, epochs=0)


def formula_names(network: Network) -> list[str]:
    """The columns by the names that formulas have for them: without brackets."""
    from tinkernet.network.inputs import inputs_of

    return [column.name for column in inputs_of(tuple(one.name for one in network.columns)).columns]


def describe(run: Run) -> Network:
    """The network of a run as plain data.

    Raises:
        ExperimentError: a weight is not finite, as training has diverged.
    """
    from tinkernet import __version__

    experiment, head = run.experiment, run.experiment.head
    if not np.isfinite(run.parameters).all():
        raise ExperimentError("weights", "infinite or not a number", "finite to be exported: training has diverged")
    data, inputs = experiment.data, experiment.inputs
    names = [column.name for column in inputs.columns] if data is None else list(data.names)
    ranges = [(-EDGE, EDGE)] * len(names) if data is None else [column.range for column in data.columns]
    axes = DATASETS[experiment.dataset].axes if data is None else ()
    meanings = [f"{axis.name} from {axis.low:g} to {axis.high:g} {axis.unit}".strip() for axis in axes]
    low, high = (-1.0, 1.0) if data is None else data.target.range
    return Network(
        format=FORMAT,
        version=VERSION,
        made_by=f"tinkernet {__version__}",
        problem=experiment.problem,
        epochs=run.epoch,
        edge=EDGE,
        columns=[
            InputColumn(name, *ends, meaning)
            for name, ends, meaning in zip(names, ranges, meanings or [""] * len(names), strict=True)
        ],
        inputs=[inputs.feature_of(name).read.text for name in experiment.features],
        layers=[
            LayerPart(
                activation=activation,
                weights=weights.tolist(),
                biases=biases.tolist(),
                switched_off=[k for k in range(len(biases)) if not run.is_on(layer, k)],
            )
            for layer, (activation, weights, biases) in enumerate(
                zip(run.rule.layer_activations, run.weights, run.biases, strict=True)
            )
        ],
        output=OutputPart(
            target="label" if data is None else data.target.name,
            classes=list(experiment.classes),
            loss=experiment.loss,
            threshold=head.threshold,
            lowest=head.lowest,
            highest=head.highest,
            low=low,
            high=high,
        ),
    )


def summary(network: Network) -> str:
    """The network in one sentence."""
    inputs, *hidden, outputs = network.sizes
    kinds = ", ".join(dict.fromkeys(layer.activation for layer in network.layers[:-1]))
    *most, last = map(str, hidden or [0])
    sizes = f"{', '.join(most)} and {last}" if most else last
    neurons = "neuron" if hidden == [1] else "neurons"
    layers = f"{sizes} hidden {neurons} ({kinds})" if hidden else f"no hidden {neurons}"
    when = f"after {_counted(network.epochs, 'epoch')}" if network.epochs else "before its training"
    return f"{_counted(inputs, 'input')}, {layers} and {_counted(outputs, 'output')}, {when}"


def _counted(number: int, what: str) -> str:
    return f"{count(number)} {what}{'s' * (number != 1)}"
