"""Updates of the compiled engine: what optimizer and regularization do with the gradients of a batch, by layer."""

from typing import Any, NamedTuple

from tinkernet.arithmetic import select
from tinkernet.engine.choices import by_code, jit
from tinkernet.engine.memory import load_one, step, store, store_one
from tinkernet.engine.rule import DEAD
from tinkernet.engine.structures import Net, gradient_width
from tinkernet.network import REGULARIZATIONS, Optimizer
from tinkernet.network.optimizers import updating_optimizers

PLAIN = -1
"""The index of an optimizer without one: the original's gradient descent."""


class Hyperparameters(NamedTuple):
    """The hyperparameters of an update, with the regularization and the optimizer by index.

    Both rates are numbers, or lanes of runs.
    """

    batch_size: int
    learning_rate: Any
    regularization: int
    regularization_rate: Any
    optimizer: int
    optimizer_values: Any


def _pulled_back(*, kills: bool) -> Any:
    """How a penalty moves a weight after the step; one that crosses 0 dies, if the penalty kills."""

    @jit
    def pulled_back(held: Any, place: int, moved: Any, pulled: Any) -> Any:
        if kills:
            mark, crossed = load_one(held, place), moved * pulled < 0.0
            store_one(held, place, select(mark > 0, mark, select(crossed, DEAD, 0)))
            pulled = select(crossed, 0.0, pulled)
        return pulled

    return pulled_back


def _descent(derivative: Any, *, kills: bool) -> Any:
    derivative, pulled_back = jit(derivative), _pulled_back(kills=kills)

    @jit
    def descend(net: Net, parameters: Any, gradients: Any, held: Any, counted: Any, rates: Hyperparameters) -> None:
        """The original's gradient descent: the penalty pulls beside the step, from where the weight was before."""
        distance = rates.learning_rate / counted
        pull = rates.learning_rate * rates.regularization_rate
        gradient = 0
        for layer in range(net.layers):
            inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
            weight, stride = load_one(net.starts, layer), gradient_width(inputs)
            bias = weight + inputs * neurons
            for neuron in range(neurons):
                for i in range(inputs):
                    before, mark = load_one(parameters, weight + i), load_one(held, weight + i)
                    moved = before - distance * load_one(gradients, gradient + i)
                    pulled = pulled_back(held, weight + i, moved, moved - pull * derivative(before))
                    store_one(parameters, weight + i, select(mark > 0, before, pulled))
                before = load_one(parameters, bias + neuron)
                moved = before - rates.learning_rate * load_one(gradients, gradient + inputs) / counted
                store_one(parameters, bias + neuron, select(load_one(held, bias + neuron) > 0, before, moved))
                weight += inputs
                gradient += stride

    return descend


def _penalty(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def penalize(net: Net, parameters: Any, gradients: Any, counted: Any, rates: Hyperparameters) -> None:
        """Turn sums of gradients into means, and add the penalty's derivative unless it pulls after the step."""
        gradient = 0
        for layer in range(net.layers):
            inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
            weight = load_one(net.starts, layer)
            for _ in range(neurons):
                for i in range(inputs):
                    mean = load_one(gradients, gradient + i) / counted
                    if not kills:
                        mean = mean + rates.regularization_rate * derivative(load_one(parameters, weight + i))
                    store_one(gradients, gradient + i, mean)
                store_one(gradients, gradient + inputs, load_one(gradients, gradient + inputs) / counted)
                weight += inputs
                gradient += gradient_width(inputs)

    return penalize


def _late_pull(derivative: Any, *, kills: bool) -> Any:
    derivative, pulled_back = jit(derivative), _pulled_back(kills=kills)

    @jit
    def pull_after(net: Net, parameters: Any, held: Any, rates: Hyperparameters) -> None:
        """The pull of a penalty that sets weights to 0, after the step."""
        if kills:
            pull = rates.learning_rate * rates.regularization_rate
            for layer in range(net.layers):
                weight = load_one(net.starts, layer)
                count = load_one(net.sizes, layer) * load_one(net.sizes, layer + 1)
                for place in range(weight, weight + count):
                    moved, mark = load_one(parameters, place), load_one(held, place)
                    pulled = pulled_back(held, place, moved, moved - pull * derivative(moved))
                    store_one(parameters, place, select(mark > 0, moved, pulled))

    return pull_after


def _optimization(entry: Optimizer) -> Any:
    prepare, update, numbers = jit(entry.prepare), jit(entry.update), len(entry.keeps)  # type: ignore[arg-type]

    @jit
    def move(parameters: Any, held: Any, kept: Any, count: int, place: int, gradient: Any, constants: Any) -> None:
        before, mark = load_one(parameters, place), load_one(held, place)
        one = load_one(kept, place) if numbers > 0 else 0.0
        two = load_one(kept, count + place) if numbers > 1 else 0.0
        moved, new_one, new_two = update(before, gradient, one, two, constants)
        store_one(parameters, place, select(mark > 0, before, moved))
        if numbers > 0:
            store_one(kept, place, select(mark > 0, one, new_one))
        if numbers > 1:
            store_one(kept, count + place, select(mark > 0, two, new_two))

    @jit
    def optimize(
        net: Net,
        parameters: Any,
        gradients: Any,
        held: Any,
        kept: Any,
        count: int,
        number: Any,
        rates: Hyperparameters,
    ) -> None:
        """The `number`th update, with gradients that are means; `kept` are `count` numbers, or twice as many."""
        values = rates.optimizer_values
        four = (load_one(values, 0), load_one(values, 1), load_one(values, 2), load_one(values, 3))
        constants = prepare(rates.learning_rate, number, four)
        gradient = 0
        for layer in range(net.layers):
            inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
            weight = load_one(net.starts, layer)
            bias = weight + inputs * neurons
            for neuron in range(neurons):
                for i in range(inputs):
                    move(parameters, held, kept, count, weight + i, load_one(gradients, gradient + i), constants)
                move(parameters, held, kept, count, bias + neuron, load_one(gradients, gradient + inputs), constants)
                weight += inputs
                gradient += gradient_width(inputs)

    return optimize


_descend = by_code([_descent(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])
_penalize = by_code([_penalty(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])
_optimize = by_code([_optimization(entry) for entry in updating_optimizers()])
_pull = by_code([_late_pull(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])


@jit
def update_parameters(
    net: Net,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    count: int,
    counted: Any,
    number: Any,
    rates: Hyperparameters,
) -> None:
    """The `number`th update, with the accumulated gradients of `counted` points.

    The pull of the regularization comes after the original's gradient descent; see the reference for what it does when
    with any other optimizer.
    """
    if rates.optimizer == PLAIN:
        _descend(rates.regularization, net, parameters, gradients, held, counted, rates)
    else:
        _penalize(rates.regularization, net, parameters, gradients, counted, rates)
        _optimize(rates.optimizer, net, parameters, gradients, held, kept, count, number, rates)
        _pull(rates.regularization, net, parameters, held, rates)
    place = 0
    while place < net.gradients:
        store(gradients, place, 0.0)
        place += step(gradients)
