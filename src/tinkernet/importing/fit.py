"""Fit: how a stack of dense layers becomes the network of an experiment, and with which weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.experiment.fitting import data_of, problem_of
from tinkernet.experiment.setup import is_unset
from tinkernet.formula import FormulaError
from tinkernet.importing.stack import Dense, Stack
from tinkernet.network.activations import LINEAR, Activation
from tinkernet.network.heads import SOFTMAX, OutputHead, head_of, heads_for
from tinkernet.network.inputs import PLANE_INPUTS, inputs_of
from tinkernet.network.problems import CLASSIFICATION
from tinkernet.run import Run


@dataclass(frozen=True, eq=False)
class Fit:
    """An experiment, and how weights of the source become its weights.

    tinkernet scales the columns of data to the plane, and a target of numbers to −1 … 1. The first and the last layer
    are scaled the other way, so that the whole is the same function: input = `slope` · scaled + `offset`, and the
    scaled output = (output − `middle`) ÷ `half`. Of data in its own units all of these do nothing, exactly.
    """

    experiment: Experiment
    order: tuple[int, ...]
    """The input of the source for each input of the experiment."""
    slope: Float64[ndarray, " inputs"]
    offset: Float64[ndarray, " inputs"]
    half: float
    middle: float
    two_as_one: bool
    """Whether two outputs, one for each of two classes, become one: softmax of two is sigmoid of their difference."""

    def parameters(self, layers: tuple[Dense, ...]) -> tuple[list[ndarray], list[ndarray]]:
        """The weights and biases of the experiment's network, for layers of the source."""
        weights, biases = [layer.weights for layer in layers], [layer.biases for layer in layers]
        first = weights[0][:, self.order]
        biases[0] = biases[0] + (first * self.offset).sum(axis=1)
        weights[0] = first * self.slope
        if self.two_as_one:
            weights[-1], biases[-1] = np.diff(weights[-1], axis=0), np.diff(biases[-1])
        return [*weights[:-1], weights[-1] / self.half], [*biases[:-1], (biases[-1] - self.middle) / self.half]

    def run(self, stack: Stack) -> Run:
        """A run of the experiment with the weights of a stack."""
        return Run(self.experiment).set_parameters(*self.parameters(stack.layers))


def fit(stack: Stack, dataset: str | None, data: Dataset | None, settings: Mapping[str, Any]) -> Fit:
    """How this stack becomes the network of an experiment on this data.

    Raises:
        ExperimentError: the inputs or outputs do not fit the data, or a setting is invalid.
    """
    chosen: dict[str, Any] = {**settings}
    if dataset is not None:
        chosen["dataset"] = dataset
    given, inputs = _features(chosen.pop("features", None)), PLANE_INPUTS if data is None else inputs_of(data.names)
    try:
        names = [inputs.feature_name(name) for name in given] if given is not None else list(inputs.table)
    except FormulaError as error:
        raise ExperimentError("features", given, f"formulas: {error}") from None
    if given is None and data is None:
        names = list(inputs.usual)
    if len(names) != stack.sizes[0]:
        needs = f"{stack.sizes[0]} inputs, as the network has"
        raise ExperimentError("data" if given is None else "features", f"{len(names)} inputs", needs)
    for name in ("hidden", "activation"):
        if name in chosen:
            raise ExperimentError(f"the setting {name}", chosen[name], "left to the network")
    *hidden, last = stack.layers
    if any(layer.dropout for layer in hidden):
        chosen.setdefault("dropout", tuple(layer.dropout for layer in hidden))
    if hidden:
        chosen["activation"] = tuple(
            layer.activation.name for layer in hidden if isinstance(layer.activation, Activation)
        )
    experiment = Experiment(
        **chosen, features=tuple(names), hidden=tuple(len(layer.biases) for layer in hidden), data=data
    )
    head = _head(last, experiment, chosen="loss" in settings and not is_unset(settings["loss"]))
    experiment = experiment.replace(loss=experiment.loss if head is experiment.head else head.loss.name)
    slope, offset = _scales(experiment)
    low, high = data.target.range if data is not None and data.target.kind == "numbers" else (-1.0, 1.0)
    return Fit(
        experiment=experiment,
        order=tuple(names.index(name) for name in experiment.features),
        slope=slope,
        offset=offset,
        half=(high - low) / 2,
        middle=(high + low) / 2,
        two_as_one=len(last.biases) == 2,
    )


def _features(given: object) -> list[str] | None:
    """The features that are given, as texts; None where there are none."""
    if given is None or is_unset(given):
        return None
    names = checks.sequence(given)
    if not names or not all(isinstance(name, str) for name in names):
        raise ExperimentError("features", given, "a list of features or formulas, one for each input of the network")
    return [str(name) for name in names]


def _scales(experiment: Experiment) -> tuple[ndarray, ndarray]:
    """The slope and offset of each input: only columns of own data are scaled, formulas see what they always see."""
    slope, offset = np.ones(len(experiment.features)), np.zeros(len(experiment.features))
    if experiment.data is not None:
        ranges = dict(zip(experiment.inputs.table, (column.range for column in experiment.data.columns), strict=True))
        for k, name in enumerate(experiment.features):
            if name in ranges:
                low, high = ranges[name]
                slope[k], offset[k] = (high - low) / (2 * EDGE), (low + high) / 2
    return slope, offset


def _head(last: Dense, experiment: Experiment, *, chosen: bool) -> OutputHead:
    """The output head that answers as the last layer does.

    Raises:
        ExperimentError: there is none.
    """
    data = data_of(experiment.dataset, experiment.data)
    problem, classes, outputs = problem_of(data), len(data.classes), len(last.biases)
    needs = f"one output for each of the {classes} classes" if classes > 2 else "1 output"
    if problem == CLASSIFICATION and classes == 2:
        needs += ", or 2 for 2 classes"
    allowed = {classes} if classes > 2 else {1, 2} if classes == 2 else {1}
    if outputs not in allowed:
        raise ExperimentError(
            f"layer {last.name}", f"an output of {outputs} neurons", f"one with {needs}, as the data has"
        )
    # What two outputs with softmax are as one output, see Fit.
    heads = [head_of(problem, classes, experiment.loss)] if chosen else heads_for(problem, classes)
    found = next((head for head in _best_first(heads) if _answers(head, last)), None)
    if found is None:
        label = last.activation.label if isinstance(last.activation, Activation) else last.activation
        possible = ", ".join(dict.fromkeys(_label(head, outputs) for head in heads))
        raise ExperimentError(f"the activation of the output, layer {last.name},", label, f"{possible}, for {problem}")
    return found


def _best_first(heads: list[OutputHead]) -> list[OutputHead]:
    """Heads of probabilities first: a linear output of a classifier is mostly the logit of one."""
    return sorted(heads, key=lambda head: head.draws == "value")


def _answers(head: OutputHead, last: Dense) -> bool:
    """Whether the head's outputs are those of the layer, or probabilities of which the layer has the logits."""
    two, activation = len(last.biases) == 2, last.activation
    if head.draws == "value":
        return not two and isinstance(activation, Activation) and activation.name == head.activation
    if activation is LINEAR:
        return True
    several = two or head.several
    return (
        activation == SOFTMAX if several else isinstance(activation, Activation) and activation.name == head.activation
    )


def _label(head: OutputHead, outputs: int) -> str:
    return "linear (logits), softmax" if head.several or outputs == 2 else head.activation
