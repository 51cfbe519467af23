"""Runs per second on one core: many starts of a tiny network to a stated training loss, in several libraries.

    make bench                                         with everything else
    .venv/bin/python benchmarks/runs_per_second.py     this alone, in about a minute and a half
    … --network large --without-torch-compile          a larger network, without what compiles longest

All begin with the same weights, and train on the same batches in float64. Before measuring, their losses after each of
the first epochs must agree. Then they take turns, so that other load on the machine affects all of them equally: a cell
is the median, with the minimum and maximum over the rounds in brackets.
"""

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from time import perf_counter

# One thread each: set before NumPy, torch or JAX are imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import numpy as np  # noqa: E402 - after the number of threads is set
from in_lanes import JaxLanes, JaxNeurons, TorchCompiled, TorchLanes  # noqa: E402 - the same
from many_runs import Entry, Problem, plain_losses  # noqa: E402 - the same
from one_by_one import ScikitLearn, TinkernetLoop, TorchLoop, tinkernet_sweep  # noqa: E402 - the same
from speed import short, show, spread  # noqa: E402 - the same
from task import Missing  # noqa: E402 - the same

from tinkernet import Experiment, engine  # noqa: E402 - the same
from tinkernet.network.features import FEATURES  # noqa: E402 - the same

OURS = "tinkernet.sweep"
COMPILED = "PyTorch, vmap, torch.compile"
CHECKED_STARTS, CHECKED_EPOCHS = 4, 20
TOLERANCE = 1e-9
"""How far losses may differ, relatively: other libraries add in another order."""


ENTRIES: Sequence[tuple[str, str, Callable[[Problem], Entry]]] = (
    (OURS, "each run ends on its own", tinkernet_sweep),
    ("tinkernet, a loop over Run.train", "the same bits", TinkernetLoop.entry),
    ("JAX, vmap and scan", "in lanes, chunks of 10 epochs", JaxLanes.entry),
    ("JAX, the same, neuron by neuron", "in lanes, chunks of 10 epochs", JaxNeurons.entry),
    ("PyTorch, vmap", "in lanes, chunks of 10 epochs", TorchLanes.entry),
    (COMPILED, "in lanes, chunks of 10 epochs", TorchCompiled.entry),
    ("PyTorch, a loop", "each run ends on its own", TorchLoop.entry),
    ("scikit-learn, joblib, a loop", "linear output; as many epochs", ScikitLearn.entry),
)
"""The name of a row, what it computes, and how it is prepared."""


def stay_on_one_core() -> None:
    """Let this process, with all threads that it starts, use one core."""
    affinity = getattr(os, "sched_setaffinity", None)
    if affinity is not None:
        affinity(0, {max(os.sched_getaffinity(0))})


def problem_of(network: str) -> Problem:
    """The problem of this network."""
    if network == "small":
        return Problem.of("2-4-2-1", Experiment(dataset="circle", seed="0.5", hidden=(4, 2)), 0.01, 500, 1024)
    features = tuple(entry.name for entry in FEATURES.values())
    large = Experiment(dataset="spiral", seed="0.5", features=features, hidden=(8, 8, 8))
    return Problem.of("7-8-8-8-1", large, 0.05, 500, 128)


def prepare(problem: Problem, *, without: tuple[str, ...]) -> tuple[dict[str, Entry], dict[str, str]]:
    """All libraries that there are, and why the others are missing."""
    entries, missing = {}, dict.fromkeys(without, "not asked for")
    for name, _, entry in ENTRIES:
        if name in missing:
            continue
        print(f"\rpreparing {name:<60}", end="", file=sys.stderr, flush=True)
        try:
            entries[name] = entry(problem)
        except Missing as reason:
            missing[name] = str(reason)
        except RuntimeError as error:
            # torch.compile needs a compiler of C++, and not every version of Python.
            missing[name] = f"does not work here ({type(error).__name__})"
    return entries, missing


def complaints(problem: Problem, entries: dict[str, Entry]) -> list[str]:
    """Libraries whose losses differ from those of tinkernet, or of the same network with a linear output."""
    expected = plain_losses(problem, CHECKED_STARTS, CHECKED_EPOCHS)
    linear = plain_losses(problem, CHECKED_STARTS, CHECKED_EPOCHS, linear=True)
    found = []
    for name, entry in entries.items():
        wanted = linear if entry.linear else expected
        losses = entry.losses(CHECKED_STARTS, CHECKED_EPOCHS)
        difference = float(np.max(np.abs(losses / wanted - 1)))
        if not difference <= TOLERANCE:
            found.append(f"{name}: losses differ by {difference:.2g}, relatively")
    return found


def measure(entries: dict[str, Entry], rounds: int) -> dict[str, list[float]]:
    """The runs per second of each, for each round."""
    found: dict[str, list[float]] = {name: [] for name in entries}
    began = perf_counter()
    for turn in range(rounds):
        for name, entry in entries.items():
            found[name].append(1 / entry.turn())
        text = f"round {turn + 1} of {rounds}, {perf_counter() - began:.0f} s"
        print(f"\r{text:<72}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 72 + "\r", end="", file=sys.stderr, flush=True)
    return found


def times(figures: dict[str, list[float]], name: str) -> list[float]:
    """How many times as many runs a sweep solves in the same time, for each round."""
    return [ours / theirs for ours, theirs in zip(figures[OURS], figures[name], strict=True)]


def table(entries: dict[str, Entry], missing: dict[str, str], figures: dict[str, list[float]]) -> list[list[str]]:
    """The rows of the table."""
    rows = [["", "what it computes", "compiles, s", "runs per second", f"{OURS} solves"]]
    for name, what, _ in ENTRIES:
        if name in missing:
            rows.append([name, missing[name], "–", "–", "–"])
            continue
        compiled = f"{entries[name].compiled:.0f}" if entries[name].compiled else "–"
        rows.append([name, what, compiled, spread(figures[name]), f"{spread(times(figures, name))} ×"])
    return rows


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure runs per second on one core.")
    parser.add_argument("--rounds", type=int, default=7, help="how often each takes its turn (7)")
    parser.add_argument("--network", choices=("small", "large"), default="small", help="2-4-2-1, or 7-8-8-8-1")
    parser.add_argument("--without-torch-compile", action="store_true", help="compiling takes half a minute")
    arguments = parser.parse_args()
    stay_on_one_core()
    engine.wait_until_compiled()
    problem = problem_of(arguments.network)
    entries, missing = prepare(problem, without=(COMPILED,) * arguments.without_torch_compile)
    wrong = complaints(problem, entries)
    if wrong:
        print("\nnot all train the same networks, so nothing was measured:", *wrong, sep="\n  ")
        return 1
    figures = measure(entries, max(1, arguments.rounds))
    solved = float(np.mean(problem.reached < problem.epochs))
    print(f"Python {platform.python_version()}, {arguments.rounds} rounds, one core for each")
    print(
        f"{problem.starts:,} starts of {problem.name} on {len(problem.labels)} points in batches of "
        f"{problem.experiment.batch_size}, float64, until the training loss is at most {problem.goal:g}, at most "
        f"{problem.epochs} epochs: {short(problem.mean_epochs)} epochs on average, {solved:.1%} reach it"
    )
    print(f"losses of the first {CHECKED_EPOCHS} epochs agree within {TOLERANCE:g} of each other\n")
    show(table(entries, missing, figures))
    others = [name for name in figures if not name.startswith("tinkernet")]
    if others:
        best = max(others, key=lambda name: statistics.median(figures[name]))
        print(f"\n{OURS} solves {spread(times(figures, best))} times as many runs as the fastest other, {best}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
