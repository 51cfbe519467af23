"""Updates of the compiled engine: what optimizer and regularization do with the gradients of a batch, by layer."""

from typing import Any, NamedTuple

from tinkernet.engine.choices import by_code, jit
from tinkernet.engine.memory import load_one, store, store_one
from tinkernet.engine.rule import DEAD, LANES
from tinkernet.engine.structures import gradient_width
from tinkernet.network import REGULARIZATIONS, Optimizer
from tinkernet.network.optimizers import updating_optimizers

PLAIN = -1
"""The index of an optimizer without one: the original's gradient descent."""


class Hyperparameters(NamedTuple):
    """The hyperparameters of an update, with the regularization and the optimizer by index."""

    batch_size: int
    learning_rate: float
    regularization: int
    regularization_rate: float
    optimizer: int
    optimizer_values: Any


def _descent(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def descend(
        parameters: Any,
        gradients: Any,
        held: Any,
        weight: int,
        gradient: int,
        inputs: int,
        stride: int,
        neurons: int,
        step: float,
        pull: float,
    ) -> None:
        """The original's gradient descent: the penalty pulls beside the step, from where the weight was before."""
        for _ in range(neurons):
            for i in range(inputs):
                before = load_one(parameters, weight + i)
                moved = before - step * load_one(gradients, gradient + i)
                pulled = moved - pull * derivative(before)
                if load_one(held, weight + i) != 0:
                    continue
                if kills and moved * pulled < 0.0:
                    store_one(held, weight + i, DEAD)
                    pulled = 0.0
                store_one(parameters, weight + i, pulled)
            weight += inputs
            gradient += stride

    return descend


def _penalty(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def penalize(
        parameters: Any,
        gradients: Any,
        weight: int,
        gradient: int,
        inputs: int,
        stride: int,
        neurons: int,
        counted: int,
        strength: float,
    ) -> None:
        """Turn sums of gradients into means, and add the penalty's derivative unless it pulls after the step."""
        for _ in range(neurons):
            for i in range(inputs):
                mean = load_one(gradients, gradient + i) / counted
                if not kills:
                    mean = mean + strength * derivative(load_one(parameters, weight + i))
                store_one(gradients, gradient + i, mean)
            store_one(gradients, gradient + inputs, load_one(gradients, gradient + inputs) / counted)
            weight += inputs
            gradient += stride

    return penalize


def _late_pull(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def pull_after(parameters: Any, held: Any, weight: int, count: int, pull: float) -> None:
        """The pull of a penalty that sets weights to 0, after the step."""
        if kills:
            for place in range(weight, weight + count):
                moved = load_one(parameters, place)
                pulled = moved - pull * derivative(moved)
                if load_one(held, place) != 0:
                    continue
                if moved * pulled < 0.0:
                    store_one(held, place, DEAD)
                    pulled = 0.0
                store_one(parameters, place, pulled)

    return pull_after


def _optimization(entry: Optimizer) -> Any:
    prepare, update, numbers = jit(entry.prepare), jit(entry.update), len(entry.keeps)  # type: ignore[arg-type]

    @jit
    def step(parameters: Any, held: Any, kept: Any, count: int, place: int, gradient: float, constants: Any) -> None:
        if load_one(held, place) != 0:
            return
        first = load_one(kept, place) if numbers > 0 else 0.0
        second = load_one(kept, count + place) if numbers > 1 else 0.0
        moved, first, second = update(load_one(parameters, place), gradient, first, second, constants)
        store_one(parameters, place, moved)
        if numbers > 0:
            store_one(kept, place, first)
        if numbers > 1:
            store_one(kept, count + place, second)

    @jit
    def optimize(
        parameters: Any,
        gradients: Any,
        held: Any,
        kept: Any,
        count: int,
        weight: int,
        gradient: int,
        inputs: int,
        stride: int,
        neurons: int,
        rate: float,
        number: int,
        values: Any,
    ) -> None:
        """Update a layer's parameters with the gradients, which are means; `kept` are `count` numbers, or twice."""
        constants = prepare(
            rate, number, (load_one(values, 0), load_one(values, 1), load_one(values, 2), load_one(values, 3))
        )
        bias = weight + inputs * neurons
        for neuron in range(neurons):
            for i in range(inputs):
                step(parameters, held, kept, count, weight + i, load_one(gradients, gradient + i), constants)
            step(parameters, held, kept, count, bias + neuron, load_one(gradients, gradient + inputs), constants)
            weight += inputs
            gradient += stride

    return optimize


_descend = by_code([_descent(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])
_penalize = by_code([_penalty(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])
_optimize = by_code([_optimization(entry) for entry in updating_optimizers()])
_pull = by_code([_late_pull(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])


@jit
def update_parameters(
    net: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    count: int,
    counted: int,
    number: int,
    rates: Hyperparameters,
) -> None:
    """The `number`th update, with the accumulated gradients of `counted` points.

    The pull of the regularization comes after the original's gradient descent; see the reference for what it does when
    with any other optimizer.
    """
    pull = rates.learning_rate * rates.regularization_rate
    gradient = 0
    for layer in range(net.layers):
        inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
        weight = load_one(net.starts, layer)
        stride = gradient_width(inputs)
        if rates.optimizer == PLAIN:
            _descend(
                rates.regularization,
                parameters,
                gradients,
                held,
                weight,
                gradient,
                inputs,
                stride,
                neurons,
                rates.learning_rate / counted,
                pull,
            )
            bias = weight + inputs * neurons
            for neuron in range(neurons):
                if load_one(held, bias + neuron) == 0:
                    moved_by = rates.learning_rate * load_one(gradients, gradient + neuron * stride + inputs) / counted
                    store_one(parameters, bias + neuron, load_one(parameters, bias + neuron) - moved_by)
        else:
            _penalize(
                rates.regularization,
                parameters,
                gradients,
                weight,
                gradient,
                inputs,
                stride,
                neurons,
                counted,
                rates.regularization_rate,
            )
            _optimize(
                rates.optimizer,
                parameters,
                gradients,
                held,
                kept,
                count,
                weight,
                gradient,
                inputs,
                stride,
                neurons,
                rates.learning_rate,
                number,
                rates.optimizer_values,
            )
            _pull(rates.regularization, parameters, held, weight, inputs * neurons, pull)
        gradient += neurons * stride
    for place in range(0, net.gradients, LANES):
        store(gradients, place, 0.0)
