"""Libraries that train many runs in one array, each used as its documentation advises.

They train in lanes: for a chunk of epochs, after which the lane of a run that has reached its goal is given to the next
run. A network stays as it was at its goal for the rest of the chunk.
"""

from abc import ABC, abstractmethod
from itertools import cycle, islice
from time import perf_counter
from typing import Any

import numpy as np
from many_runs import CHUNK, Entry, Problem, torch_on_one_thread
from numpy import ndarray
from task import Missing


class InLanes(ABC):
    """Many runs in one array, of which each turn trains a chunk.

    The seconds of a run are those of a chunk with all lanes in use, so of a long queue of runs: those for which the
    last lanes wait at the end of a queue are not counted.
    """

    lanes = 512

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.queue = cycle(range(problem.starts))
        self.starts = list(islice(self.queue, self.lanes))
        self.age = np.zeros(self.lanes, dtype=np.int64)
        self.fresh = np.ones(self.lanes, dtype=bool)
        began = perf_counter()
        self.advance()
        first, began = perf_counter() - began, perf_counter()
        self.advance()
        self.compiled = max(0.0, first - (perf_counter() - began))

    @abstractmethod
    def chunk(self, weights: list[ndarray], biases: list[ndarray], fresh: ndarray) -> ndarray:
        """Train all lanes for a chunk, those that are `fresh` from these parameters: losses, shape (epochs, lanes).

        A lane whose loss is at most the goal stays as it is.
        """

    def advance(self) -> ndarray:
        """Train a chunk, and give the lanes of runs that have ended to the next runs: losses, shape (epochs, lanes)."""
        weights = [values[self.starts] for values in self.problem.weights]
        biases = [values[self.starts] for values in self.problem.biases]
        losses = self.chunk(weights, biases, self.fresh)
        self.age = np.where(self.fresh, 0, self.age) + CHUNK
        self.fresh = (losses[-1] <= self.problem.goal) | (self.age >= self.problem.epochs)
        for lane in np.flatnonzero(self.fresh):
            self.starts[lane] = next(self.queue)
        return losses

    def turn(self) -> float:
        """Train a chunk in all lanes: the seconds of a run."""
        began = perf_counter()
        self.advance()
        return (perf_counter() - began) / (self.lanes * CHUNK) * self.problem.mean_epochs_in_lanes

    def losses(self, starts: int, epochs: int) -> ndarray:
        """The training losses of the first starts after each epoch: before any of them reaches the goal."""
        self.queue = cycle(range(self.problem.starts))
        self.starts, self.fresh = list(islice(self.queue, self.lanes)), np.ones(self.lanes, dtype=bool)
        parts = [self.advance() for _ in range(-(-epochs // CHUNK))]
        return np.concatenate(parts)[:epochs, :starts].T

    @classmethod
    def entry(cls, problem: Problem) -> Entry:
        """This library, prepared."""
        one = cls(problem)
        return Entry(one.turn, one.losses, one.compiled)


class JaxLanes(InLanes):
    """`jit` of `vmap` of a `scan` over epochs and batches, in float64, with matrix products."""

    axis = 0

    def __init__(self, problem: Problem) -> None:
        try:
            import jax
        except ImportError:
            raise Missing("not installed") from None
        jax.config.update("jax_platforms", "cpu")
        jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (JAX's API)
        self.jax, jnp = jax, jax.numpy
        points, labels = jnp.asarray(problem.points), jnp.asarray(problem.labels)
        batches = tuple(map(jnp.asarray, problem.batches))

        def loss(parameters: Any, inputs: Any, wanted: Any) -> Any:
            return 0.5 * jnp.mean((self.output(parameters, inputs) - wanted) ** 2)

        def step(parameters: Any, batch: Any) -> tuple[Any, None]:
            gradients = jax.grad(loss)(parameters, *batch)
            return jax.tree.map(lambda value, gradient: value - problem.rate * gradient, parameters, gradients), None

        def epoch(state: Any, _: Any) -> Any:
            before, reached = state
            after = jax.lax.scan(step, before, batches)[0]
            kept = jax.tree.map(lambda old, new: jnp.where(reached <= problem.goal, old, new), before, after)
            reached = loss(kept, points, labels)
            return (kept, reached), reached

        def chunk(old: Any, new: Any, fresh: Any) -> Any:
            state = jax.tree.map(lambda one, other: jnp.where(fresh, other, one), old, new)
            (kept, _), losses = jax.lax.scan(epoch, (state, jnp.inf), length=CHUNK)
            return kept, losses

        self.train = jax.jit(jax.vmap(chunk, (self.axis, self.axis, 0), (self.axis, 1)))
        self.parameters: Any = None
        super().__init__(problem)

    def output(self, parameters: Any, inputs: Any) -> Any:
        """The output of one network for a batch."""
        for weights, biases in parameters:
            inputs = self.jax.numpy.tanh(inputs @ weights.T + biases)
        return inputs[:, 0]

    def chunk(self, weights: list[ndarray], biases: list[ndarray], fresh: ndarray) -> ndarray:
        new = [
            tuple(np.moveaxis(values, 0, self.axis) for values in layer) for layer in zip(weights, biases, strict=True)
        ]
        self.parameters, losses = self.train(new if self.parameters is None else self.parameters, new, fresh)
        return np.asarray(losses)


class JaxNeurons(JaxLanes):
    """The same, written out neuron by neuron, with the runs as the last axis: XLA makes vectors of runs."""

    axis = -1

    def output(self, parameters: Any, inputs: Any) -> Any:
        columns = [inputs[:, column] for column in range(inputs.shape[1])]
        for weights, biases in parameters:
            sums = [
                sum((weight * value for weight, value in zip(row, columns, strict=True)), start=bias)
                for row, bias in zip(weights, biases, strict=True)
            ]
            columns = [self.jax.numpy.tanh(value) for value in sums]
        return columns[0]


class TorchLanes(InLanes):
    """`torch.func.vmap` of `torch.func.grad`, a call for each batch."""

    def __init__(self, problem: Problem) -> None:
        torch = self.torch = torch_on_one_thread()
        points, labels = torch.from_numpy(problem.points), torch.from_numpy(problem.labels)
        size = problem.experiment.batch_size
        batches = list(zip(points.split(size), labels.split(size), strict=True))

        def loss(parameters: Any, inputs: Any, wanted: Any) -> Any:
            for weights, biases in parameters:
                inputs = torch.tanh(inputs @ weights.T + biases)
            return 0.5 * torch.mean((inputs[:, 0] - wanted) ** 2)

        gradients = torch.func.vmap(torch.func.grad(loss), (0, None, None))
        losses = torch.func.vmap(loss, (0, None, None))

        def step(parameters: Any, inputs: Any, wanted: Any) -> Any:
            found = gradients(parameters, inputs, wanted)
            return [
                tuple(value - problem.rate * slope for value, slope in zip(*layers, strict=True))
                for layers in zip(parameters, found, strict=True)
            ]

        def epoch(before: Any, reached: Any) -> Any:
            after = before
            for inputs, wanted in batches:
                after = step(after, inputs, wanted)
            after = chosen(reached <= problem.goal, before, after)
            return after, losses(after, points, labels)

        def chosen(which: Any, ones: Any, others: Any) -> Any:
            def part(one: Any, other: Any) -> Any:
                return torch.where(which.reshape(-1, *[1] * (one.dim() - 1)), one, other)

            return [
                tuple(part(*values) for values in zip(*layers, strict=True))
                for layers in zip(ones, others, strict=True)
            ]

        step = self.prepared(step)
        self.epoch, self.chosen = epoch, chosen
        self.parameters: Any = None
        super().__init__(problem)

    def prepared(self, step: Any) -> Any:
        """The step of a batch as it is called."""
        return step

    def chunk(self, weights: list[ndarray], biases: list[ndarray], fresh: ndarray) -> ndarray:
        torch = self.torch
        new = [tuple(map(torch.from_numpy, layer)) for layer in zip(weights, biases, strict=True)]
        with torch.no_grad():
            state = new if self.parameters is None else self.chosen(torch.from_numpy(fresh), new, self.parameters)
            reached, found = torch.full((self.lanes,), torch.inf, dtype=torch.float64), []
            for _ in range(CHUNK):
                state, reached = self.epoch(state, reached)
                found.append(reached)
        self.parameters = state
        return np.asarray(torch.stack(found).numpy())


class TorchCompiled(TorchLanes):
    """The same with `torch.compile`."""

    def prepared(self, step: Any) -> Any:
        return self.torch.compile(step, dynamic=False)
