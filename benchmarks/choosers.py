"""How low a loss random, Sobol and Optuna's designs find, and what choosing costs: `python benchmarks/choosers.py`.

It prints the tables of docs/sweeps.md. Each problem is a sweep over several settings, repeated with other seeds of the
design. All designs train the same networks, on the same points and from the same initial weights.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import Between, Experiment
from tinkernet.sweeps.choices import Choices, values_of
from tinkernet.sweeps.chooser import Chooser
from tinkernet.sweeps.design import ROUND, Design, Kind, design_of
from tinkernet.sweeps.endings import stops_of
from tinkernet.sweeps.training import trained

EPOCHS = 100
SEEDS = 6
LOOKS = (32, 64, 128)
"""After so many runs, the lowest loss is compared."""
ROUNDS = (4, 16, 64)
KNOWN = (100, 300, 1000, 3000, 10_000)
"""Choosing is timed when so many runs are known."""
SHAPES = [(2,), (4,), (8,), (4, 2), (8, 4), (8, 8)]
COMMON: dict[str, Any] = {
    "learning_rate": Between(0.0001, 3, log=True),
    "regularization_rate": Between(0.00001, 0.1, log=True),
    "regularization": ["none", "L1", "L2"],
    "activation": ["tanh", "relu", "sigmoid"],
    "batch_size": Between(1, 100, log=True),
    "hidden": SHAPES,
}
PROBLEMS = {
    "spiral": Experiment(dataset="spiral", seed="1", noise=10),
    "xor": Experiment(dataset="xor", seed="1", noise=25),
    "regression": Experiment(problem="regression", dataset="reg-gauss", seed="1", noise=10),
}


def losses_of(experiment: Experiment, design: Design, rows: list[tuple[Any, ...]]) -> ndarray:
    """The test loss of a run with the values of each row; infinite where it has diverged."""
    losses = trained(experiment, design.names, rows, EPOCHS, stops_of(()))["test_loss"]
    return np.where(np.isfinite(losses), losses, np.inf)


def designed(kind: Kind, experiment: Experiment, seed: int) -> ndarray:
    """The losses of a design whose settings follow from the numbers of its runs."""
    design = design_of(experiment, COMMON, kind, LOOKS[-1], seed)
    return losses_of(experiment, design, design.values(0, design.runs))


def chosen(size: int, experiment: Experiment, seed: int) -> ndarray:
    """The losses of the runs that Optuna chooses, `size` at a time."""
    design = design_of(experiment, COMMON, "optuna", LOOKS[-1], seed)
    chooser, found = Chooser(design), np.empty(design.runs)
    for first in range(0, design.runs, size):
        choices = chooser.ask(first, size)
        losses = losses_of(experiment, design, [values_of(design, one) for one in choices])
        chooser.tell(choices, losses.tolist())
        found[first : first + size] = losses
    return found


def compared(seeds: int) -> None:
    """Print the lowest losses of all designs, for each problem."""
    designs: dict[str, Callable[[Experiment, int], ndarray]] = {
        "random": partial(designed, "random"),
        "Sobol": partial(designed, "sobol"),
        **{f"Optuna, {size} at a time": partial(chosen, size) for size in ROUNDS},
    }
    print(f"| problem | design | {' | '.join(f'{look} runs' for look in LOOKS)} | lower than random |")
    print(f"| --- | --- | {' | '.join('---:' for _ in LOOKS)} | ---: |")
    for name, experiment in PROBLEMS.items():
        lowest = {
            design: np.stack([np.minimum.accumulate(found(experiment, seed)) for seed in range(seeds)])
            for design, found in designs.items()
        }
        for design, losses in lowest.items():
            cells = " | ".join(f"{np.median(losses[:, look - 1]):.4f}" for look in LOOKS)
            wins = int(np.sum(losses[:, -1] < lowest["random"][:, -1]))
            print(f"| {name} | {design} | {cells} | {wins} of {seeds} |", flush=True)


def costs() -> None:
    """Print how much time of a core choosing the next round takes, when more and more runs are known."""
    design = design_of(PROBLEMS["spiral"], COMMON, "optuna", KNOWN[-1], 0)
    random, chooser, known = np.random.default_rng(0), Chooser(design), 0
    print("| runs known | choosing, ms per run | their losses, ms per run |\n| ---: | ---: | ---: |")
    for wanted in KNOWN:
        chooser.tell([drawn(design, random) for _ in range(wanted - known)], random.random(wanted - known).tolist())
        begun = time.thread_time()
        choices = chooser.ask(wanted, ROUND)
        asked = time.thread_time()
        chooser.tell(choices, random.random(ROUND).tolist())
        ended, known = time.thread_time(), wanted + ROUND
        print(
            f"| {wanted:,} | {1000 * (asked - begun) / ROUND:.1f} | {1000 * (ended - asked) / ROUND:.2f} |", flush=True
        )


def training() -> None:
    """Print how much time of a core it takes to train a round of each problem."""
    print(f"| problem | training {EPOCHS} epochs, ms per run |\n| --- | ---: |")
    for name, experiment in PROBLEMS.items():
        design = design_of(experiment, COMMON, "random", LOOKS[-1], 0)
        losses_of(experiment, design, design.values(0, ROUND))
        begun = time.thread_time()
        for first in range(0, design.runs, ROUND):
            losses_of(experiment, design, design.values(first, first + ROUND))
        print(f"| {name} | {1000 * (time.thread_time() - begun) / design.runs:.1f} |", flush=True)


def drawn(design: Design, random: np.random.Generator) -> Choices:
    """A choice at random for each axis."""
    values = [
        axis.at(random.random(1))[0] if axis.count is None else int(random.integers(axis.count)) for axis in design.axes
    ]
    return tuple(values)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how often each design is repeated")
    arguments = parser.parse_args()
    costs()
    training()
    compared(arguments.seeds)
