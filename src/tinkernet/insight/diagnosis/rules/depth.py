"""The rule on gradients that fade on their way back through the layers."""

import math

import numpy as np

from tinkernet.insight.diagnosis.cures import cure, usual_size
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.traits import step_for, usual_activation
from tinkernet.run.finding import Cure, Finding

# A tenth of what initial weights may be: to move that far is to have learned something.
MOVED = 0.05
TOO_LONG, TOO_LONG_YET = 600, 1000
# A first layer with less than this share of the last one's gradient, with two hidden layers still less; the page's
# own learning rate.
FADED, FADED_AT_ONCE, USUAL = 0.03, 0.004, 0.03
# From so many layers on the output may no longer distinguish points.
MANY_LAYERS, SAME_ANSWER = 4, 1e-4


def vanishing_gradients(measured: Measurements) -> Finding | None:
    """Whether the first layers get so little of the error that their weights hardly move (Hochreiter, 1991)."""
    hidden = measured.experiment.hidden
    if not measured.finite or measured.points == 0 or len(hidden) < 2 or not measured.remaining > 0.7:
        return None
    if measured.weight_size == 0 or measured.silent_neurons or not measured.experiment.features:
        return None
    if measured.trials.possible and measured.gets_better(0.03):
        return None
    return _faded_back(measured) or _faded_forth(measured)


def _faded_back(measured: Measurements) -> Finding | None:
    """The first layer's gradient is a small share of the last one's, and small."""
    hidden = measured.experiment.hidden
    sizes = [math.sqrt(float(np.mean(np.square(layer)))) for layer in measured.flow.gradients]
    first, last = sizes[0], sizes[-1]
    if not last > 0 or first > (FADED if len(hidden) > 2 else FADED_AT_ONCE) * last:
        return None
    epochs = _epochs_to_move(measured, first)
    too_long = TOO_LONG if measured.age >= 100 else TOO_LONG_YET
    if epochs < too_long * (1 if measured.trials.possible else 10):
        return None
    evidence = {"gradient_first": first, "gradient_last": last, "ratio": first / last, "epochs_to_move": epochs}
    return finding(
        "vanishing-gradients",
        0.85,
        {**evidence, "times": last / first} if first > 0 else evidence,
        cause="backward" if epochs < 1e9 else "backward-still",
        neurons=tuple((0, neuron) for neuron in range(hidden[0])),
        cures=_cures(measured),
    )


def _faded_forth(measured: Measurements) -> Finding | None:
    """So many layers that the output no longer depends much on the point, and so neither does the error."""
    spread, first = measured.output_spread, measured.flow.gradients[0]
    if len(measured.experiment.hidden) < MANY_LAYERS or measured.regularized or not measured.remaining > 0.95:
        return None
    slow = _epochs_to_move(measured, math.sqrt(float(np.mean(np.square(first)))))
    if not (spread < SAME_ANSWER or (slow > TOO_LONG and measured.age >= 20)):
        return None
    return finding(
        "vanishing-gradients",
        0.8,
        {"output_spread": spread, "layers": len(measured.experiment.hidden), "epochs_to_move": slow},
        cause="forward",
        cures=_cures(measured),
    )


def _epochs_to_move(measured: Measurements, gradient: float) -> float:
    """How many epochs weights with this gradient need to move noticeably, at a usual learning rate."""
    rate = min(max(measured.experiment.learning_rate, USUAL), 3 * USUAL)
    per_epoch = rate * measured.steps_per_epoch * step_for(measured.experiment, gradient)
    return MOVED / per_epoch if per_epoch > 0 else math.inf


def _cures(measured: Measurements) -> tuple[Cure, ...]:
    """Weights of the usual size, fewer layers, and a steep activation."""
    experiment, activation = measured.experiment, usual_activation()
    both = cure(experiment, hidden=experiment.hidden[:2], activation=activation)
    one = cure(experiment, activation=activation) if len(experiment.hidden) > 2 else ()
    return (*usual_size(experiment), *both, *one)
