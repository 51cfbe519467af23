"""Compiled functions that select a table entry by its index, such as an activation or a loss.

Each works on a range of scratch memory, so that the entry is selected once and not for every number.
"""

from collections.abc import Callable, Sequence
from typing import Any

from numba import njit, types
from numba.extending import intrinsic

import tinkernet.engine.lane_functions  # noqa: F401 (the formulas of the tables compile with it)
from tinkernet.engine.memory import load, load_one, store, store_one
from tinkernet.engine.rule import DEAD, LANES
from tinkernet.network import ACTIVATIONS, LOSSES, REGULARIZATIONS

# `error_model="numpy"`: the default adds a branch for division by zero to every loop, which prevents vectorization.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": False, "boundscheck": False}


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled when another compiled function calls it."""
    compiled: Callable[..., Any] = njit(**OPTIONS)(function)
    return compiled


def by_code(functions: Sequence[Callable[..., None]]) -> Callable[..., None]:
    """A compiled function whose first argument is an index; it calls `functions[index]` with the other arguments.

    A switch of LLVM: with a chain of compiled functions, each entry would be compiled again for every earlier one.
    """

    @intrinsic
    def call(typing: Any, code: types.Type, arguments: types.Type) -> Any:
        kinds = [types.Dispatcher(function) for function in functions]
        signatures = [typing.resolve_function_type(kind, tuple(arguments), {}) for kind in kinds]

        def build(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
            values = [builder.extract_value(args[1], place) for place in range(len(arguments))]
            blocks = [builder.append_basic_block() for _ in functions]
            end = builder.append_basic_block()
            jump = builder.switch(args[0], blocks[-1])
            for number, (block, kind, chosen) in enumerate(zip(blocks, kinds, signatures, strict=True)):
                jump.add_case(number, block)
                builder.position_at_end(block)
                context.get_function(kind, chosen)(builder, values)
                builder.branch(end)
            builder.position_at_end(end)
            return context.get_dummy_value()

        return types.void(code, arguments), build

    return jit(lambda code, *arguments: call(code, arguments))


def _activate(function: Any) -> Any:
    function = jit(function)

    @jit
    def activate(scratch: Any, start: int, stop: int, lanes: int) -> None:
        for place in range(start, stop, lanes):
            store(scratch.values, place, function(load(scratch.sums, place)))

    return activate


def _differentiate(derivative: Any) -> Any:
    derivative = jit(derivative)

    @jit
    def differentiate(scratch: Any, start: int, stop: int) -> None:
        for place in range(start, stop, LANES):
            slope = derivative(load(scratch.sums, place), load(scratch.values, place))
            store(scratch.deltas, place, load(scratch.deltas, place) * slope)

    return differentiate


def _output_gradient(derivative: Any) -> Any:
    derivative = jit(derivative)

    @jit
    def output_gradient(scratch: Any, row: int, labels: Any, label: int) -> None:
        for place in range(0, scratch.width, LANES):
            delta = derivative(load(scratch.values, row + place), load(labels, label + place))
            store(scratch.deltas, row + place, delta)

    return output_gradient


def _add_losses(loss: Any) -> Any:
    loss = jit(loss)

    @jit
    def add_losses(scratch: Any, row: int, labels: Any, label: int) -> None:
        for place in range(0, scratch.width, LANES):
            one = loss(load(scratch.values, row + place), load(labels, label + place))
            store(scratch.deltas, place, load(scratch.deltas, place) + one)

    return add_losses


def _update(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def update_layer(
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

    return update_layer


activate_layer = by_code([_activate(entry.function) for entry in ACTIVATIONS.values()])
differentiate_layer = by_code([_differentiate(entry.derivative) for entry in ACTIVATIONS.values()])
output_gradient = by_code([_output_gradient(entry.derivative) for entry in LOSSES.values()])
add_losses = by_code([_add_losses(entry.function) for entry in LOSSES.values()])
update_layer = by_code([_update(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])
