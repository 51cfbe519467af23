"""What does this neuron do? Its formula, its accuracy on its own, and the loss without it."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Bool, Float64
from tinkernet.formatting import figure
from tinkernet.network import ACTIVATIONS
from tinkernet.run import Run

MOST_TERMS = 3
DIVERGED = "Training has diverged"


@dataclass(frozen=True)
class NeuronReport:
    """A report on one neuron, measured on the training points.

    `layer` and `neuron` are its place, where layer 0 is the first after the inputs. `formula` is whole, `short` has the
    largest terms only; of a neuron that has diverged they say just that. `separates` is the share of points that one
    threshold on its output puts into the right class: 0.5 is a coin; None for regression. With more than two classes it
    is about one of them, `separates_class`, that of an output neuron or else the class that the neuron separates best
    from the others: the mean of the shares of points of this class and of the others that are on the right side. `loss`
    is the training loss, `loss_without` that when the neuron is switched off, None for output neurons.
    """

    layer: int
    neuron: int
    formula: str
    short: str
    separates: float | None
    separates_class: int | None
    loss: float
    loss_without: float | None

    @property
    def effect(self) -> float | None:
        """How much the training loss rises without this neuron; negative if the network is better without it."""
        return None if self.loss_without is None else self.loss_without - self.loss


def report(run: Run, layer: int, neuron: int) -> NeuronReport:
    """A report on a neuron of this run.

    Args:
        run: the run, which is not changed.
        layer: the neuron's layer; 0 is the first after the inputs, as in `run.weights`.
        neuron: the neuron in that layer.

    Raises:
        ExperimentError: there is no such neuron.

    Example:
        >>> from tinkernet import Run
        >>> report(Run(seed="0.12345").train(100), 0, 1).formula
        'tanh(0.58·x₁ − 0.12·x₂ − 1.15)'
    """
    layer, neuron = run.layout.checked(layer, neuron)
    weights, bias = run.weights[layer][neuron], float(run.biases[layer][neuron])
    sources = _sources(run, layer)
    terms = [(float(weight), source) for weight, source in zip(weights, sources, strict=True)]
    # A sum with numbers that have overflowed is no formula.
    separates, separates_class = _separates(run, layer, neuron)
    activation = _activation(run, layer) if np.isfinite([*weights, bias]).all() else DIVERGED
    return NeuronReport(
        layer=layer,
        neuron=neuron,
        formula=activation.replace("…", written(terms, bias)),
        short=activation.replace("…", written(terms, bias, most=MOST_TERMS)),
        separates=separates,
        separates_class=separates_class,
        loss=run.train_loss,
        loss_without=_loss_without(run, layer, neuron),
    )


def written(terms: list[tuple[float, str]], bias: float, *, most: int | None = None) -> str:
    """A weighted sum as text: `−0.43·x₁ − 0.36·x₂ + 0.10`.

    With `most`, only the terms with the largest weights, in their original order, and `…` for the rest.
    """
    sizes = sorted((abs(weight) for weight, _ in terms), reverse=True)
    least = sizes[most - 1] if most is not None and len(sizes) > most else -1.0
    kept = [(weight, source) for weight, source in terms if not abs(weight) < least]
    parts = [_signed(weight, f"·{source}", first=place == 0) for place, (weight, source) in enumerate(kept)]
    if len(kept) < len(terms):
        parts.append(" + …")
    parts.append(_signed(bias, "", first=not parts))
    return "".join(parts)


def _signed(number: float, after: str, *, first: bool) -> str:
    sign = "−" if number < 0 else "+"
    lead = ("−" if sign == "−" else "") if first else f" {sign} "
    text = f"{abs(number):.2f}"
    return f"{lead}{figure(abs(number)) if number and not float(text) else text}{after}"


def _sources(run: Run, layer: int) -> list[str]:
    """The names of a layer's inputs: symbols of features, or names of neurons."""
    if layer == 0:
        return [run.experiment.inputs.feature_of(name).symbol for name in run.experiment.features]
    return [f"n{k + 1}" for k in range(run.layout.sizes[layer])]


def _activation(run: Run, layer: int) -> str:
    hidden = run.rule.activations
    return ACTIVATIONS[hidden[layer]].formula if layer < len(hidden) else run.rule.head.formula


def _separates(run: Run, layer: int, neuron: int) -> tuple[float | None, int | None]:
    """How well a threshold on the neuron's output separates classes, and of more than two, which one from the rest."""
    if not run.experiment.classes or not len(run.train_data):
        return None, None
    values, labels = run.outputs(run.train_data.points)[layer][:, neuron], run.train_data.labels
    if not run.experiment.head.several:
        return _best_threshold(values, labels > 0), None
    own = [neuron] if layer == run.layout.layers - 1 else range(len(run.experiment.classes))
    shares = {k: _best_threshold(values, labels == k, balanced=True) for k in own}
    best = max(shares, key=lambda k: shares[k])
    return shares[best], best


def _best_threshold(values: Float64[ndarray, " n"], positive: Bool[ndarray, " n"], *, balanced: bool = False) -> float:
    """The accuracy of the best threshold, in either direction; if `balanced`, the mean of that of both classes."""
    n, count = len(positive), int(positive.sum())
    if not np.isfinite(values).all() or (balanced and count in (0, n)):
        return 0.5
    order = np.argsort(values, kind="stable")
    # For a threshold after each place: negatives below it and positives above it are correct.
    above = count - np.concatenate([[0], np.cumsum(positive[order])])
    below = np.concatenate([[0], np.cumsum(~positive[order])])
    share = (above / count + below / (n - count)) / 2 if balanced else (above + below) / n
    apart = np.concatenate([[True], np.diff(values[order]) > 0, [True]])
    return float(max(share[apart].max(), 1 - share[apart].min()))


def _loss_without(run: Run, layer: int, neuron: int) -> float | None:
    if layer == run.layout.layers - 1:
        return None
    parameters = run.parameters.copy()
    run.layout.weights(parameters)[layer + 1][:, neuron] = 0.0
    return engine.evaluate(run.rule, parameters, run.train_examples)[0]
