"""The reference implementation of training, written for clarity. The compiled engine gives bit-identical results.

Backpropagation (Rumelhart, Hinton and Williams, 1986) with the details of the original playground: gradients are
accumulated over the points, and after every full batch the parameters are updated by learning rate × mean gradient.
An incomplete batch at the end of an epoch is continued in the next epoch.

Columns are points. Every sum is in the original's order, because floating-point addition is not associative and some
networks are chaotic: a difference in the last bit leads to a different network a hundred epochs later.
"""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine.learner import Crowd, Learner
from tinkernet.engine.rule import CHUNK, DEAD, LANES, Examples, Rule, gradient_rows
from tinkernet.network import ACTIVATIONS, LOSSES, REGULARIZATIONS


def quiet() -> np.errstate:
    """Suppresses floating-point warnings: divergence is not an error, it is shown to the user."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore")


@quiet()
def advance(rule: Rule, learner: Learner, examples: Examples, first: int, last: int) -> None:
    """Train on the points `first` … `last` − 1 of an epoch, in order."""
    start = first
    while start < last:
        batch_end = (start // rule.batch_size + 1) * rule.batch_size
        stop = min(last, batch_end, start + CHUNK)
        _accumulate(rule, learner, examples.inputs[:, start:stop], examples.labels[:, start:stop])
        learner.counted += stop - start
        if stop == batch_end:
            _update_parameters(rule, learner)
        start = stop


def _accumulate(rule: Rule, learner: Learner, inputs: ndarray, labels: ndarray) -> None:
    """Add the gradients of these points to the learner's, point by point."""
    layout = rule.layout
    weights, gradients = layout.weights(learner.parameters), gradient_rows(layout, learner.gradients)
    sums, values = forward(rule, learner.parameters, inputs)

    # The gradient of each neuron's output; for the last layer it is the derivative of the loss.
    change = LOSSES[rule.loss].derivative(values[-1], labels)
    for layer in reversed(range(layout.layers)):
        # The gradient of each neuron's weighted sum, by the chain rule.
        change = change * ACTIVATIONS[rule.activations[layer]].derivative(sums[layer], values[layer + 1])
        sources = layout.sizes[layer]
        for point in range(inputs.shape[1]):
            gradients[layer][:, :sources] += change[:, point, None] * values[layer][:, point]
            gradients[layer][:, sources] += change[:, point]
        before = np.zeros_like(values[layer])
        for neuron in range(layout.sizes[layer + 1]):
            before = before + weights[layer][neuron][:, None] * change[neuron]
        change = before


def forward(rule: Rule, parameters: ndarray, inputs: ndarray) -> tuple[list[ndarray], list[ndarray]]:
    """The forward pass: every layer's weighted sums and outputs; the first outputs are the inputs."""
    layout = rule.layout
    sums, values = [], [inputs]
    for weights, biases, activation in zip(
        layout.weights(parameters), layout.biases(parameters), rule.activations, strict=True
    ):
        total = np.repeat(biases[:, None], inputs.shape[1], axis=1)
        for source, value in enumerate(values[-1]):
            total = total + weights[:, source, None] * value
        sums.append(total)
        values.append(ACTIVATIONS[activation].function(total))
    return sums, values


def _update_parameters(rule: Rule, learner: Learner) -> None:
    """One gradient descent step with the accumulated gradients, plus regularization."""
    layout, regularization = rule.layout, REGULARIZATIONS[rule.regularization]
    rate, pull = rule.learning_rate, rule.learning_rate * rule.regularization_rate
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
    learner.gradients[:] = 0.0
    learner.counted = 0


def train(
    rule: Rule,
    crowd: Crowd,
    examples: Examples,
    test: Examples,
    epochs: int,
    until_loss: float,
    losses: Float64[ndarray, "runs room 2"],
    done: Int64[ndarray, " runs"],
) -> None:
    """Train each learner for whole epochs, or until its training loss is at most `until_loss`.

    `losses[run, epoch]` receives the training and test loss after each epoch that fits into it; `done[run]` the number
    of epochs trained.
    """
    for run in range(len(crowd)):
        learner = crowd.learner(run)
        done[run] = epochs
        for epoch in range(epochs):
            advance(rule, learner, examples, 0, examples.count)
            if epoch < losses.shape[1]:
                losses[run, epoch] = [evaluate(rule, learner.parameters, part)[0] for part in (examples, test)]
                if losses[run, epoch, 0] <= until_loss:
                    done[run] = epoch + 1
                    break
        crowd.store(run, learner)


@quiet()
def evaluate(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> tuple[float, int]:
    """The mean loss, and how many points have every output with its label's sign. Without points the loss is NaN."""
    outputs = forward(rule, parameters, examples.inputs)[1][-1]
    losses = np.zeros(examples.count)
    for output, label in zip(outputs, examples.labels, strict=True):
        losses = losses + LOSSES[rule.loss].function(output, label)
    right = np.all((outputs > 0) == (examples.labels > 0), axis=0)
    return float(np.float64(_total(losses)) / examples.count), int(np.count_nonzero(right))


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
