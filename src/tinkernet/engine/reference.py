"""The reference implementation of training, written for clarity. The compiled engine gives bit-identical results.

Backpropagation (Rumelhart, Hinton and Williams, 1986) with the details of the original playground: gradients are
accumulated over the points, and after every full batch the optimizer updates the parameters with the mean gradient.
An incomplete batch at the end of an epoch is continued in the next epoch.

Columns are points. Every sum is in the original's order, because floating-point addition is not associative and some
networks are chaotic: a difference in the last bit leads to a different network a hundred epochs later.
"""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine.learner import Crowd, Learner
from tinkernet.engine.rule import CHUNK, DEAD, LANES, Examples, Rule, gradient_rows
from tinkernet.network import ACTIVATIONS, REGULARIZATIONS
from tinkernet.network.dropout import factors


def quiet() -> np.errstate:
    """Suppresses floating-point warnings: divergence is not an error, it is shown to the user."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore")


@quiet()
def advance(rule: Rule, learner: Learner, examples: Examples, epoch: int, first: int, last: int) -> None:
    """Train on the points `first` … `last` − 1 of an epoch, in order; `epoch` is how many were completed before it."""
    rate = float(rule.rates(epoch, 1)[0])
    start = first
    while start < last:
        batch_end = (start // rule.batch_size + 1) * rule.batch_size
        stop = min(last, batch_end, start + CHUNK)
        masks = _masks(rule, epoch, np.arange(start, stop))
        weights = None if examples.weights is None else examples.weights[start:stop]
        _accumulate(rule, learner, examples.inputs[:, start:stop], examples.labels[:, start:stop], weights, masks)
        learner.counted += stop - start
        if stop == batch_end:
            _update_parameters(rule, learner, rate)
        start = stop


def _masks(rule: Rule, epoch: int, positions: ndarray) -> list[ndarray] | None:
    """What dropout multiplies the outputs of each hidden layer by, for the points at these positions of an epoch."""
    if not rule.dropout:
        return None
    return [
        factors(share, rule.dropout_key, epoch, positions, layer, rule.layout.sizes[layer + 1])
        for layer, share in enumerate(rule.dropout)
    ]


def _accumulate(
    rule: Rule,
    learner: Learner,
    inputs: ndarray,
    labels: ndarray,
    weights_of_points: ndarray | None,
    masks: list[ndarray] | None,
) -> None:
    """Add the gradients of these points to the learner's, point by point."""
    layout, loss = rule.layout, rule.head.loss
    weights, gradients = layout.weights(learner.parameters), gradient_rows(layout, learner.gradients)
    sums, values = forward(rule, learner.parameters, inputs, masks)

    # The gradient of each neuron's output; for the last layer it is the derivative of the loss.
    change = loss.derivative(sums[-1], values[-1], labels, rule.loss_parameter)
    if weights_of_points is not None:
        change = change * weights_of_points
    for layer in reversed(range(layout.layers)):
        last = layer == layout.layers - 1
        # The gradient of each neuron's weighted sum, by the chain rule.
        if not (last and loss.of_sum):
            activation = ACTIVATIONS[rule.layer_activations[layer]]
            outputs = values[layer + 1]
            if masks is not None and not last:
                change, outputs = change * masks[layer], activation.function(sums[layer])
            change = change * activation.derivative(sums[layer], outputs)
        sources = layout.sizes[layer]
        for point in range(inputs.shape[1]):
            gradients[layer][:, :sources] += change[:, point, None] * values[layer][:, point]
            gradients[layer][:, sources] += change[:, point]
        before = np.zeros_like(values[layer])
        for neuron in range(layout.sizes[layer + 1]):
            before = before + weights[layer][neuron][:, None] * change[neuron]
        change = before


def forward(
    rule: Rule, parameters: ndarray, inputs: ndarray, masks: list[ndarray] | None = None
) -> tuple[list[ndarray], list[ndarray]]:
    """The forward pass: every layer's weighted sums and outputs; the first outputs are the inputs.

    `masks` are multiplied to the outputs of hidden layers. For several outputs, the last sums are the logarithms of
    their probabilities.
    """
    layout = rule.layout
    sums, values = [], [inputs]
    for layer, (weights, biases, activation) in enumerate(
        zip(
            layout.weights(parameters),
            layout.biases(parameters),
            rule.layer_activations,
            strict=True,
        )
    ):
        total = np.repeat(biases[:, None], inputs.shape[1], axis=1)
        for source, value in enumerate(values[-1]):
            total = total + weights[:, source, None] * value
        if layer == layout.layers - 1:
            total, output = rule.head.answers(total)
        else:
            output = ACTIVATIONS[activation].function(total)
        if masks is not None and layer < len(masks):
            output = output * masks[layer]
        sums.append(total)
        values.append(output)
    return sums, values


def _update_parameters(rule: Rule, learner: Learner, rate: float) -> None:
    """One update with the accumulated gradients, including regularization."""
    learner.updates += 1
    if rule.optimizer_entry.update is None:
        _descend(rule, learner, rate)
    else:
        _optimize(rule, learner, rate)
    learner.gradients[:] = 0.0
    learner.counted = 0


def _descend(rule: Rule, learner: Learner, rate: float) -> None:
    """One step of the original's gradient descent; the pull of the regularization comes after it."""
    layout, regularization = rule.layout, REGULARIZATIONS[rule.regularization]
    pull = rate * rule.regularization_rate
    marks = zip(layout.weights(learner.held), layout.biases(learner.held), strict=True)
    parameters = zip(layout.weights(learner.parameters), layout.biases(learner.parameters), strict=True)
    for (weights, biases), (held, held_biases), gradients in zip(
        parameters, marks, gradient_rows(layout, learner.gradients), strict=True
    ):
        sources = weights.shape[1]
        penalty = regularization.derivative(weights)
        moved = weights - rate / learner.counted * gradients[:, :sources]
        pulled = moved - pull * penalty
        crossed = (moved * pulled < 0) & (held == 0) if regularization.kills else np.zeros(held.shape, dtype=bool)
        weights[...] = np.where(held, weights, np.where(crossed, 0.0, pulled))
        held[crossed] = DEAD
        biases[...] = np.where(held_biases, biases, biases - rate * gradients[:, sources] / learner.counted)


def _optimize(rule: Rule, learner: Learner, rate: float) -> None:
    """One step of any other optimizer.

    The penalty's derivative is part of the gradient, as with PyTorch's `weight_decay`; that of a penalty that sets
    weights to 0 pulls after the step, as in the original: otherwise no weight would become exactly 0.
    """
    layout, regularization, optimizer = rule.layout, REGULARIZATIONS[rule.regularization], rule.optimizer_entry
    assert optimizer.prepare is not None and optimizer.update is not None  # noqa: S101, PT018 (guaranteed by the caller)
    constants = optimizer.prepare(rate, learner.updates, rule.optimizer_values)
    kept = learner.kept.reshape(-1, layout.count)
    first, second = (kept[k] if k < len(kept) else np.zeros(layout.count) for k in range(2))
    gradient, is_weight = np.empty(layout.count), np.ones(layout.count, dtype=bool)
    for layer, rows in enumerate(gradient_rows(layout, learner.gradients)):
        sources = layout.sizes[layer]
        mean = rows / learner.counted
        gradient[layout.weight_slice(layer)] = mean[:, :sources].ravel()
        gradient[layout.bias_slice(layer)] = mean[:, sources]
        is_weight[layout.bias_slice(layer)] = False
    parameters, free = learner.parameters, learner.held == 0
    if not regularization.kills:
        penalized = gradient + rule.regularization_rate * regularization.derivative(parameters)
        gradient = np.where(is_weight, penalized, gradient)
    moved, new_first, new_second = optimizer.update(parameters, gradient, first, second, constants)
    if regularization.kills:
        pulled = moved - rate * rule.regularization_rate * regularization.derivative(moved)
        crossed = (moved * pulled < 0) & free & is_weight
        moved = np.where(is_weight, np.where(crossed, 0.0, pulled), moved)
        learner.held[crossed] = DEAD
    parameters[...] = np.where(free, moved, parameters)
    for row, new in zip(kept, (new_first, new_second), strict=False):
        row[...] = np.where(free, new, row)


def train(
    rule: Rule,
    crowd: Crowd,
    examples: Examples,
    test: Examples,
    first_epoch: int,
    epochs: int,
    until_loss: float,
    losses: Float64[ndarray, "runs room 2"],
    done: Int64[ndarray, " runs"],
) -> None:
    """Train each learner for whole epochs, or until its training loss is at most `until_loss`.

    `first_epoch` is how many epochs were completed before.

    `losses[run, epoch]` receives the training and test loss after each epoch that fits into it; `done[run]` the number
    of epochs trained.
    """
    for run in range(len(crowd)):
        learner = crowd.learner(run)
        done[run] = epochs
        for epoch in range(epochs):
            advance(rule, learner, examples, first_epoch + epoch, 0, examples.count)
            if epoch < losses.shape[1]:
                losses[run, epoch] = [evaluate(rule, learner.parameters, part)[0] for part in (examples, test)]
                if losses[run, epoch, 0] <= until_loss:
                    done[run] = epoch + 1
                    break
        crowd.store(run, learner)


@quiet()
def evaluate(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> tuple[float, int]:
    """The mean loss, and how many points are classified correctly. Without points the loss is NaN.

    A single output is on the right side of the head's threshold; of several, the label's is the largest.
    """
    sums, values = forward(rule, parameters, examples.inputs)
    losses = _losses(rule, sums[-1], values[-1], examples.labels)
    if examples.weights is not None:
        losses = losses * examples.weights
    right = rule.head.classes_of(values[-1]) == rule.head.classes_of(examples.labels)
    return float(np.float64(_total(losses)) / examples.count), int(np.count_nonzero(right))


@quiet()
def losses_of_points(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> Float64[ndarray, " n"]:
    """The loss of each point."""
    sums, values = forward(rule, parameters, examples.inputs)
    return _losses(rule, sums[-1], values[-1], examples.labels)


def _losses(rule: Rule, sums: ndarray, outputs: ndarray, labels: ndarray) -> Float64[ndarray, " n"]:
    losses = np.zeros(labels.shape[1])
    for total, output, label in zip(sums, outputs, labels, strict=True):
        losses = losses + rule.head.loss.function(total, output, label, rule.loss_parameter)
    return losses


@quiet()
def outputs(
    rule: Rule, parameters: Float64[ndarray, " count"], inputs: Float64[ndarray, "features n"]
) -> list[ndarray]:
    """The output of every neuron for each point: one array [neuron, point] per layer after the inputs."""
    return forward(rule, parameters, inputs)[1][1:]


def _total(numbers: ndarray) -> float:
    """The sum, in interleaved parts. Only for reported losses, which do not affect training."""
    filled = np.zeros(-(-len(numbers) // LANES) * LANES)
    filled[: len(numbers)] = numbers
    parts = np.zeros(LANES)
    for row in filled.reshape(-1, LANES):
        parts = parts + row
    return float((parts[0] + parts[2]) + (parts[1] + parts[3]))
