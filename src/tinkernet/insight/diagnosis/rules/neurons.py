"""Rules on single neurons: copies of one another, dead, saturated, and an output that is stuck."""

import numpy as np

from tinkernet.insight.diagnosis.cures import cure, lower_rate, other_start, regularize, usual_size
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.traits import is_large, starts_at_random, usual_activation
from tinkernet.run.finding import Finding

# What is equal but for rounding. Copies are moved alike, so they stay equal to the last bits.
ALIKE = 1e-9


def symmetric(measured: Measurements) -> Finding | None:
    """Whether neurons of a layer have the same weights in and out: then they get the same gradient, for ever."""
    if not measured.finite or measured.solved or not measured.experiment.hidden or measured.run.dead_weights:
        return None
    if measured.regularized and starts_at_random(measured.experiment):
        return None  # random weights that are 0 or alike now were pulled there: that is the regularization's doing
    copies = _copies(measured)
    empty = measured.weight_size == 0
    if not copies and not empty:
        return None
    hidden = measured.hidden_neurons
    neurons = tuple((layer, k) for layer, count in enumerate(measured.experiment.hidden) for k in range(count))
    neurons = neurons if empty else copies
    zeros = "zeros-one" if hidden == 1 else "zeros"
    return finding(
        "symmetric",
        0.98 if empty or len(copies) > hidden / 2 else 0.7,
        {"copies": len(neurons), "hidden_neurons": hidden, "weight_size": measured.weight_size},
        cause=zeros if empty else "copies",
        neurons=neurons,
        cures=other_start(measured.experiment),
    )


def _copies(measured: Measurements) -> tuple[tuple[int, int], ...]:
    """The hidden neurons that share all weights, in and out, with another one of their layer."""
    found: list[tuple[int, int]] = []
    for layer in range(len(measured.experiment.hidden)):
        rows = np.column_stack([measured.weights[layer], measured.weights[layer + 1].T])
        size = np.abs(rows).max(axis=1)
        # Equal rows have equal sums, however they are weighted; so only rows with nearly equal ones are compared.
        mark = rows @ np.cos(np.arange(rows.shape[1]))
        order = np.argsort(mark)
        close = np.diff(mark[order]) <= ALIKE * max(1.0, float(size.max())) * rows.shape[1]
        for neuron in sorted({*order[:-1][close], *order[1:][close]}):
            near = np.abs(rows - rows[neuron]).max(axis=1) <= ALIKE * size[neuron]
            alive = size[neuron] > 0 or not measured.regularized
            if near.sum() > 1 and alive:
                found.append((layer, int(neuron)))
    return tuple(found)


def at_wrong_ends(measured: Measurements) -> bool:
    """Whether the output is at its ends nearly everywhere, or at the wrong one so often that a constant does better."""
    loss, constant = measured.train_loss, measured.levels.constant
    return (measured.output_ends >= 0.9 and loss >= 0.8 * constant) or (
        measured.output_ends >= 0.6 and loss >= 1.3 * constant
    )


def stuck_output(measured: Measurements) -> Finding | None:
    """Whether the output is at an end of its scale, at the wrong one for many points, and does not come back."""
    if not measured.finite or not at_wrong_ends(measured) or measured.falls(0.2):
        return None
    (output,) = measured.outputs.T  # several outputs are not stuck at their ends
    one_side = max(float(np.mean(output > 0)), float(np.mean(output < 0)))
    experiment = measured.experiment
    smaller = tuple(name for name in experiment.features if not is_large(name, experiment.inputs))
    return finding(
        "stuck-output",
        0.9 if measured.trials.possible else 0.75,
        {
            "share_at_ends": measured.output_ends,
            "median_output": float(np.median(output)),
            "train_loss": measured.train_loss,
        },
        cause="one-end" if one_side > 0.95 else "both-ends",
        neurons=((len(experiment.hidden), 0),),
        cures=(
            *(lower_rate(experiment, most=0.03, by=3) if experiment.learning_rate >= 0.1 and measured.epoch else ()),
            *usual_size(experiment),
            *other_start(experiment),
            *(cure(experiment, features=smaller) if smaller else ()),
        ),
    )


def dead_neurons(measured: Measurements) -> Finding | None:
    """Whether neurons give 0 for all points and so get no gradient, and whether that stands in the way."""
    if not measured.finite or measured.solved or not measured.silent_neurons:
        return None
    hidden = measured.experiment.hidden
    whole = [layer for layer in range(len(hidden)) if bool(measured.silent(layer).all())]
    count, total = len(measured.silent_neurons), measured.hidden_neurons
    if whole and measured.weight_size > 0:
        cause, confidence = "only-neuron" if hidden[whole[0]] == 1 else "layer", 0.98
    else:
        emptiest = max(float(np.mean(measured.silent(layer))) for layer in range(len(hidden)))
        most = measured.epoch > 0 and (count >= 0.5 * total or (emptiest >= 0.6 and measured.remaining > 0.6))
        waited = measured.age >= 50 and emptiest >= 0.25 and measured.remaining > 0.3 and not measured.falls(0.005)
        if not (most or waited) or not measured.remaining > 0.25 or measured.gets_better(0.05):
            return None
        cause, confidence = "some", 0.85 if most else 0.6
    experiment = measured.experiment
    lower = lower_rate(experiment, most=0.03, by=3) if experiment.learning_rate >= 0.1 else ()
    evidence = {"dead_neurons": count, "hidden_neurons": total, "dead_layers": len(whole)}
    return finding(
        "dead-neurons",
        confidence,
        {**evidence, "layer": whole[0], "layer_neurons": hidden[whole[0]]} if whole else evidence,
        cause=cause,
        neurons=measured.silent_neurons,
        cures=(*lower, *other_start(experiment), *cure(experiment, activation=usual_activation())),
    )


def saturated(measured: Measurements) -> Finding | None:
    """Whether neurons sit at a flat end for nearly all points, and training does not bring them back."""
    if not measured.finite or measured.solved or not measured.remaining > 0.3:
        return None
    hidden = measured.experiment.hidden
    inner = measured.saturated_neurons
    whole = any(bool(measured.saturated(layer).all()) for layer in range(len(hidden)))
    outer = at_wrong_ends(measured)
    if not (whole or outer or len(inner) >= 0.3 * measured.hidden_neurons > 0) or measured.falls(0.1):
        return None
    neurons = inner if not outer else (*inner, (len(hidden), 0))
    count, total = len(neurons), measured.hidden_neurons + measured.outputs.shape[1]
    experiment = measured.experiment
    fast = experiment.learning_rate >= 0.1 and measured.epoch > 0
    return finding(
        "saturated",
        0.85 if whole or outer else 0.7,
        {"saturated_neurons": count, "neurons": total, "train_loss": measured.train_loss},
        neurons=neurons,
        cures=(
            *(lower_rate(experiment, most=0.03, by=3) if fast else ()),
            *usual_size(experiment),
            *other_start(experiment),
            *(regularize(experiment, 0.003) if not measured.regularized else ()),
        ),
    )
