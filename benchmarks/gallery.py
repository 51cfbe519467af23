"""Speed of the edge of trainability: the whole picture on all cores, and the engine against the NumPy reference.

    python benchmarks/gallery.py

The picture is computed once. The ratio is the median with the minimum and maximum over rounds in which both take turns.
"""

import argparse
import sys
from time import perf_counter, process_time

import numpy as np
from sweeps import seconds, spread

from tinkernet import engine
from tinkernet.gallery.edge import edge_values
from tinkernet.gallery.edge_image import Window, edge_image
from tinkernet.gallery.edge_reference import reference_values
from tinkernet.gallery.trainability import Trainability
from tinkernet.sweeps.cores import usable_cores

SIZE, GOAL = 512, 120.0
ROWS = np.linspace(-2.5, 1.5, 4)
COLUMNS = np.linspace(-2.5, 5.5, 64)
# The same number of rates of the reference, which takes as long for any rates that stay finite.
SMALL_RATES = np.full(len(ROWS) * len(COLUMNS), 1e-3)
NO_LOSSES = np.empty((0, len(SMALL_RATES)))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the edge of trainability.")
    parser.add_argument("--rounds", type=int, default=5, help="how often engine and reference take turns (5)")
    rounds = max(1, parser.parse_args().rounds)
    engine.wait_until_compiled()
    problem = Trainability(width=8, steps=100)
    ratios = []
    for _ in range(rounds):
        fast = seconds(lambda: edge_values(problem, COLUMNS, ROWS))
        ratios.append(seconds(lambda: reference_values(problem, SMALL_RATES, SMALL_RATES, NO_LOSSES)) / fast)
    print(f"NumPy takes {spread(ratios)} times as long as one thread of the engine")
    began, worked = perf_counter(), process_time()
    edge_image(problem, Window(), SIZE, SIZE)
    spent, worked = perf_counter() - began, process_time() - worked
    print(
        f"{'reached' if spent < GOAL else 'MISSED '} {SIZE} × {SIZE} pixels of 100 steps on {usable_cores()} cores: "
        f"{spent:.0f} s, of all cores together {worked:.0f} s; to reach: {GOAL:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
