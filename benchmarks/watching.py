"""What watching costs a training loop in PyTorch: the time of a step with a page open, and without, as a ratio.

    python benchmarks/watching.py [--rounds 60]

Short blocks alternate, so that other load on the machine affects all alike: in each round the loop alone, watched, and
alone. The page is another process, which asks for every frame and draws nothing: a browser would be measured with its
drawing. The cost is the median of the rounds.
"""

import argparse
import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn

import tinkernet
from tinkernet.watching.watch import Watching

BLOCK_SECONDS = 0.25
MOST_COST = 0.05
PAGE = Path(__file__).with_name("watching_page.py")
NETWORKS = (((2, 8, 4, 1), 32), ((2, 32, 32, 1), 256))
"""Neurons per layer, and points per batch."""


@contextlib.contextmanager
def open_page(watching: Watching) -> Iterator[None]:
    """A page in another process, open inside the block."""
    process = subprocess.Popen([sys.executable, str(PAGE), watching.url], stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout is not None:
            process.stdout.readline()
        yield
    finally:
        process.kill()
        process.wait()


def loop(sizes: tuple[int, ...], batch: int) -> tuple[nn.Module, torch.Tensor, torch.Tensor, Callable[[], None]]:
    """A network, its data, and a step of training."""
    layers: list[nn.Module] = []
    for before, after in pairwise(sizes):
        layers += [nn.Linear(before, after), nn.Tanh()]
    module, measure = nn.Sequential(*layers[:-1]), nn.BCEWithLogitsLoss()
    points, labels = (torch.tensor(one).float() for one in tinkernet.Run(dataset="moons", seed="0.5").train_data)
    labels, optimizer = (labels > 0).float(), torch.optim.Adam(module.parameters(), 1e-3)

    def step() -> None:
        rows = torch.randint(0, len(points), (batch,))
        optimizer.zero_grad()
        measure(module(points[rows])[:, 0], labels[rows]).backward()
        optimizer.step()

    return module, points, labels, step


def block(step: Callable[[], None]) -> float:
    """Train for a while; the mean time of a step, in seconds."""
    began, steps = time.perf_counter(), 0
    while time.perf_counter() - began < BLOCK_SECONDS:
        step()
        steps += 1
    return (time.perf_counter() - began) / steps


def measure(sizes: tuple[int, ...], batch: int, rounds: int) -> None:
    """Print the cost of watching this loop."""
    module, points, labels, step = loop(sizes, batch)
    with tinkernet.watch(module, (points, labels), browser=False) as watching:
        closed = costs(watching, step, rounds)
        with open_page(watching):
            opened = costs(watching, step, rounds)
    watching.close()
    print(f"neurons {sizes}, batches of {batch}: {1e6 * block(step):.0f} µs for a step")
    for what, found in (("no page is open", closed), ("a page is open", opened)):
        cost = statistics.median(found)
        low, high = statistics.quantiles(found, n=4)[::2]
        missed = "" if cost < MOST_COST else "  MISSED"
        print(f"  watched while {what}: {cost:+.1%} (half of the rounds {low:+.1%} to {high:+.1%}){missed}")


def costs(watching: Watching, step: Callable[[], None], rounds: int) -> list[float]:
    """How much longer a step takes while it is watched, in each round."""
    found = []
    for _ in range(rounds):
        watching.source.stop()
        alone = block(step)
        watching.source.start()
        watched = block(step)
        watching.source.stop()
        found.append(2 * watched / (alone + block(step)) - 1)
    return found


def main() -> None:
    """Measure all networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for sizes, batch in NETWORKS:
        measure(sizes, batch, arguments.rounds)


if __name__ == "__main__":
    main()
