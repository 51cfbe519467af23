"""The rule on gradients that fade on their way back through the layers."""

import math

import numpy as np

from tinkernet.insight.diagnosis.cures import cure
from tinkernet.insight.diagnosis.finding import Cure, Finding
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.words import counted, figure, whole

# A tenth of what first weights may be: to move that far is to have learned something.
MOVED = 0.05
TOO_LONG, TOO_LONG_YET = 600, 1000
# A first layer with less than this share of the last one's gradient, with two hidden layers still less; the page's
# own learning rate.
FADED, FADED_AT_ONCE, USUAL = 0.03, 0.004, 0.03
# From so many layers on the output may not tell points apart any more.
MANY_LAYERS, SAME_ANSWER = 4, 1e-4


def vanishing_gradients(measured: Measured) -> Finding | None:
    """Whether the first layers get so little of the error that their weights hardly move (Hochreiter, 1991)."""
    hidden = measured.experiment.hidden
    if not measured.finite or measured.points == 0 or len(hidden) < 2 or not measured.undone > 0.7:
        return None
    if measured.weight_size == 0 or measured.silent_neurons or not measured.experiment.features:
        return None
    if measured.trials.possible and measured.gets_better(0.03):
        return None
    return _faded_back(measured) or _faded_forth(measured)


def _faded_back(measured: Measured) -> Finding | None:
    """The first layer's gradient is a small share of the last one's, and small."""
    hidden = measured.experiment.hidden
    sizes = [math.sqrt(float(np.mean(np.square(layer)))) for layer in measured.passage.gradients]
    first, last = sizes[0], sizes[-1]
    if not last > 0 or first > (FADED if len(hidden) > 2 else FADED_AT_ONCE) * last:
        return None
    epochs = _epochs_to_move(measured, first)
    too_long = TOO_LONG if measured.age >= 100 else TOO_LONG_YET
    if epochs < too_long * (1 if measured.trials.possible else 10):
        return None
    return Finding(
        kind="vanishing-gradients",
        message=(
            f"The error does not reach the first layers: their gradient is {_times(last, first)} smaller than the last "
            f"layer's, so they "
            + (f"need some {whole(epochs)} epochs to move at all." if epochs < 1e9 else "stand still.")
        ),
        reason=(
            f"On the way back each of {counted(len(hidden), 'hidden layer')} multiplies it by small weights and "
            f"slopes, so that little is left of it."
        ),
        confidence=0.85,
        evidence={
            **{f"gradient_{layer}": float(size) for layer, size in enumerate(sizes)},
            "ratio": first / last,
            "epochs_to_move": epochs,
        },
        neurons=tuple((0, neuron) for neuron in range(hidden[0])),
        cures=_cures(measured),
    )


def _faded_forth(measured: Measured) -> Finding | None:
    """So many layers that the output hardly depends on the point any more, and so neither does the error."""
    spread, first = measured.output_spread, measured.passage.gradients[0]
    if len(measured.experiment.hidden) < MANY_LAYERS or measured.regularized or not measured.undone > 0.95:
        return None
    slow = _epochs_to_move(measured, math.sqrt(float(np.mean(np.square(first)))))
    if not (spread < SAME_ANSWER or (slow > TOO_LONG and measured.age >= 20)):
        return None
    return Finding(
        kind="vanishing-gradients",
        message=(
            f"Nothing gets through {counted(len(measured.experiment.hidden), 'hidden layer')}: from point to point the "
            f"output differs by {figure(spread)} only, so there is next to nothing to correct."
        ),
        reason="Each layer multiplies what it gets by small weights, there and back.",
        confidence=0.8,
        evidence={"output_spread": spread, "layers": len(measured.experiment.hidden), "epochs_to_move": slow},
        neurons=((len(measured.experiment.hidden), 0),),
        cures=_cures(measured),
    )


def _epochs_to_move(measured: Measured, gradient: float) -> float:
    """How many epochs weights with this gradient need to move at all, at a usual learning rate."""
    rate = min(max(measured.experiment.learning_rate, USUAL), 3 * USUAL)
    per_epoch = rate * measured.steps_per_epoch * gradient
    return MOVED / per_epoch if per_epoch > 0 else math.inf


def _times(large: float, small: float) -> str:
    ratio = large / small if small > 0 else math.inf
    return f"{whole(ratio)} times" if ratio < 1e6 else "more than a million times"


def _cures(measured: Measured) -> tuple[Cure, ...]:
    """Fewer layers, and an activation that is steeper."""
    experiment = measured.experiment
    fewer = cure(experiment, hidden=experiment.hidden[:2])
    if experiment.activation == "tanh":
        return fewer
    return (*cure(experiment, hidden=experiment.hidden[:2], activation="tanh"), *cure(experiment, activation="tanh"))
