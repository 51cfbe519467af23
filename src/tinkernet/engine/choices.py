"""Compiled functions that select a table entry by its index, such as an activation or a loss.

Each works on a range of scratch memory, so that the entry is selected once and not for every number.
"""

from collections.abc import Callable, Sequence
from typing import Any

from numba import config, njit, types
from numba.extending import intrinsic

import tinkernet.engine.lane_functions  # noqa: F401 (the formulas of the tables compile with it)
from tinkernet.arithmetic import exp, log, select
from tinkernet.engine.memory import load, step, store, widest
from tinkernet.network import ACTIVATIONS, Loss
from tinkernet.network.heads import HEAD_LOSSES

# `error_model="numpy"`: the default adds a branch for division by zero to every loop, which prevents vectorization.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": False, "boundscheck": False}
AT_ONCE = 4
"""How many registers of a row are summed at once, which hides the latency of additions."""


def entry_options() -> dict[str, Any]:
    """The options of an entry point, read while it is being compiled: without a cache folder, for this process only."""
    return {"cache": bool(config.CACHE_DIR), "nogil": True, **OPTIONS}


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


@jit
def is_wide(scratch: Any) -> bool:
    """Whether `forward` has stored these sums in registers wider than others, so that they can be loaded in the same.

    A processor cannot forward several narrow stores to one wide load: it waits until they have reached the cache.
    """
    wide = step(widest(scratch.sums))
    return wide > step(scratch.sums) and scratch.width % (AT_ONCE * wide) == 0


def _activate(function: Any) -> Any:
    function = jit(function)

    @jit
    def activate(scratch: Any, start: int, stop: int) -> None:
        place = start
        if is_wide(scratch):
            sums, values = widest(scratch.sums), widest(scratch.values)
            while place < stop:
                store(values, place, function(load(sums, place)))
                place += step(sums)
        while place < stop:
            store(scratch.values, place, function(load(scratch.sums, place)))
            place += step(scratch.sums)

    return activate


def _differentiate(derivative: Any) -> Any:
    derivative = jit(derivative)

    @jit
    def differentiate(scratch: Any, start: int, stop: int) -> None:
        place = start
        while place < stop:
            slope = derivative(load(scratch.sums, place), load(scratch.values, place))
            store(scratch.deltas, place, load(scratch.deltas, place) * slope)
            place += step(scratch.sums)

    return differentiate


@jit
def _softmax(scratch: Any, start: int, stop: int) -> None:
    """Several outputs together, as `network.heads.softmax` computes them; sums become logarithms of probabilities."""
    width = scratch.width
    rows = (stop - start) // width
    place = start
    while place < start + width:
        largest = load(scratch.sums, place)
        for row in range(1, rows):
            one = load(scratch.sums, place + row * width)
            largest = select(one > largest, one, largest)
        total = exp(load(scratch.sums, place) - largest)
        store(scratch.values, place, total)
        for row in range(1, rows):
            grown = exp(load(scratch.sums, place + row * width) - largest)
            store(scratch.values, place + row * width, grown)
            total = total + grown
        logarithm = log(total)
        for row in range(rows):
            here = place + row * width
            store(scratch.sums, here, (load(scratch.sums, here) - largest) - logarithm)
            store(scratch.values, here, load(scratch.values, here) / total)
        place += step(scratch.sums)


def _output_gradient(loss: Loss) -> Any:
    derivative = jit(loss.derivative)

    @jit
    def output_gradient(scratch: Any, row: int, labels: Any, label: int, parameter: float) -> None:
        place = 0
        while place < scratch.width:
            delta = derivative(
                load(scratch.sums, row + place),
                load(scratch.values, row + place),
                load(labels, label + place),
                parameter,
            )
            store(scratch.deltas, row + place, delta)
            place += step(scratch.sums)

    return output_gradient


def _add_losses(loss: Loss) -> Any:
    function = jit(loss.function)

    @jit
    def add_losses(scratch: Any, row: int, labels: Any, label: int, parameter: float) -> None:
        place = 0
        while place < scratch.width:
            one = function(
                load(scratch.sums, row + place),
                load(scratch.values, row + place),
                load(labels, label + place),
                parameter,
            )
            store(scratch.deltas, place, load(scratch.deltas, place) + one)
            place += step(scratch.sums)

    return add_losses


activate_layer = by_code([*(_activate(entry.function) for entry in ACTIVATIONS.values()), _softmax])
differentiate_layer = by_code([_differentiate(entry.derivative) for entry in ACTIVATIONS.values()])
output_gradient = by_code([_output_gradient(loss) for loss in HEAD_LOSSES])
add_losses = by_code([_add_losses(loss) for loss in HEAD_LOSSES])
