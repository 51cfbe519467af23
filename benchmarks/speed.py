"""Speed of tinkernet compared with other implementations of the same work, in one table, measured in one run.

    make bench                      everything, in about a minute
    make bench ARGS="--rounds 3"    a quick measurement

The contenders take turns in each round, so that other load on the machine affects all of them equally. A cell is the
ratio of the contender's time to tinkernet's time in the same round: the median, with the minimum and maximum over the
rounds in brackets. Before measuring, contenders with the same arithmetic must give the same losses.
"""

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

# One thread each: set before NumPy, torch or JAX are imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import numpy as np  # noqa: E402 - after the number of threads is set
import others  # noqa: E402 - after the number of threads is set
from ours import many_starts, run_epochs_per_second, tinkernet, wall_of_starts  # noqa: E402 - the same
from task import Contender, Missing, Task, tasks  # noqa: E402 - the same

OURS = "tinkernet"
ORIGINAL = "the original's algorithm (Node.js)"
PLAIN_C = "C, plain, no contraction"
PYTORCH = "PyTorch, eager"
JAX = "JAX, jit and scan"
CONTENDERS: dict[str, Callable[[Task], Contender]] = {
    OURS: tinkernet,
    PLAIN_C: others.plain_c,
    ORIGINAL: others.original,
    "NumPy, batch by batch": others.numpy_batches,
    "scikit-learn, partial_fit": others.scikit_learn,
    PYTORCH: others.pytorch,
    JAX: others.jax,
}
SAME_ARITHMETIC = (PLAIN_C, ORIGINAL, JAX)
SAME_BITS = (PLAIN_C,)
SINGLE_PRECISION = (OURS, PLAIN_C)
"""Contenders with float32 fields; everything else is float64."""
MEASURES = ("epoch", "losses", "fields")
STARTS = 64

TURN = 0.03
"""The duration of a contender's turn in seconds, unless one repetition takes longer."""


@dataclass(frozen=True)
class Goal:
    """A target ratio to tinkernet's time, as a minimum or maximum."""

    contender: str
    measure: str
    tasks: tuple[int, ...]
    least: float


GOALS = (
    Goal(ORIGINAL, "epoch", (0, 1), 10),
    Goal(ORIGINAL, "fields", (0, 1), 25),
    Goal(PYTORCH, "epoch", (0,), 300),
    Goal(PLAIN_C, "epoch", (0, 1), 1 / 1.5),
)
MANY_STARTS_GOAL = 12.0
"""Microseconds per run and epoch, 64 runs of the small network at once."""

WALL_GOAL = 2.0
"""Seconds for 256 starts of the default network to 100 epochs, on all cores."""

Cell = tuple[str, int, str]
"""Contender, number of the task, measure."""


def enter(all_tasks: tuple[Task, ...]) -> tuple[dict[tuple[str, int], Contender], dict[str, str]]:
    """All available contenders, and the reasons why the others are missing."""
    started: dict[tuple[str, int], Contender] = {}
    absent: dict[str, str] = {}
    for name, start in CONTENDERS.items():
        try:
            for number, task in enumerate(all_tasks):
                started[name, number] = start(task)
        except Missing as reason:
            absent[name] = str(reason)
    return started, absent


def check_agreement(started: dict[tuple[str, int], Contender], task_count: int) -> list[str]:
    """Differences in losses between contenders with the same arithmetic, before and after an epoch or two."""
    complaints = []
    for number in range(task_count):
        for moment in ("at the start", "after an epoch", "after two epochs"):
            expected = losses_of(started[OURS, number])
            for name in SAME_ARITHMETIC:
                found = losses_of(started[name, number]) if (name, number) in started else expected
                if any(abs(a - b) > 1e-9 * max(1.0, abs(b)) for a, b in zip(found, expected, strict=True)):
                    complaints.append(f"{name}: losses {found} {moment}, tinkernet's are {expected}")
            complaints += [
                f"{name}: other bits than tinkernet's {moment}"
                for name in SAME_BITS
                if (name, number) in started and bits_of(started[name, number]) != bits_of(started[OURS, number])
            ]
            for name in (OURS, *SAME_ARITHMETIC):
                if (name, number) in started:
                    started[name, number].measures["epoch"](1)
    return complaints


def bits_of(contender: Contender) -> bytes:
    """Losses, parameters and fields of a contender that must be bit-identical to tinkernet."""
    if contender.arrays is None:
        raise TypeError("this contender shows no arrays")
    return b"".join(array.tobytes() for array in (np.array(losses_of(contender)), *contender.arrays()))


def losses_of(contender: Contender) -> tuple[float, float]:
    """The training and test loss of a contender that can compute them."""
    if contender.losses is None:
        raise TypeError("this contender gives no losses")
    return contender.losses()


def measure(started: dict[tuple[str, int], Contender], rounds: int) -> dict[Cell, list[float]]:
    """Microseconds for each cell and round; contenders take turns within a round."""
    cells = [
        (name, number, what)
        for number in range(len({number for _, number in started}))
        for what in MEASURES
        for name in CONTENDERS
        if (name, number) in started and what in started[name, number].measures
    ]
    times: dict[Cell, list[float]] = {cell: [] for cell in cells}
    repetitions: dict[Cell, int] = {}
    for cell in cells:  # the first time warms up, and determines the number of repetitions
        name, number, what = cell
        action = started[name, number].measures[what]
        action(1)
        repetitions[cell] = max(1, min(10_000, int(TURN / max(action(2) / 2, 1e-7))))
    began = perf_counter()
    for turn in range(rounds):
        for cell in cells:
            name, number, what = cell
            seconds = started[name, number].measures[what](repetitions[cell])
            times[cell].append(seconds / repetitions[cell] * 1e6)
        print(f"\rround {turn + 1} of {rounds}, {perf_counter() - began:.0f} s", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
    return times


def ratios(times: dict[Cell, list[float]], cell: Cell) -> list[float]:
    """The ratio to tinkernet's time in each round."""
    _, number, what = cell
    return [theirs / ours for theirs, ours in zip(times[cell], times[OURS, number, what], strict=True)]


def short(number: float) -> str:
    """Three significant digits."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def spread(values: list[float]) -> str:
    """The median with the minimum and maximum."""
    return f"{short(statistics.median(values))} ({short(min(values))}–{short(max(values))})"


def table(times: dict[Cell, list[float]], absent: dict[str, str], all_tasks: tuple[Task, ...]) -> list[list[str]]:
    """The rows of the table: header, tinkernet's microseconds and rates, and the ratios of the others."""
    columns = [(number, what) for number in range(len(all_tasks)) for what in MEASURES]
    rows = [["", *(f"{what}, {all_tasks[number].name}" for number, what in columns)]]
    ours = {column: times[OURS, *column] for column in columns}
    rows.append([with_precision("tinkernet") + ", µs", *(spread(ours[column]) for column in columns)])
    rows.append(["tinkernet, per second", *(short(1e6 / statistics.median(ours[column])) for column in columns)])
    for name in CONTENDERS:
        if name == OURS:
            continue
        cells = [
            f"{spread(ratios(times, (name, *column)))} ×" if (name, *column) in times else absent.get(name, "–")
            for column in columns
        ]
        rows.append([with_precision(name), *cells])
    return rows


def with_precision(name: str) -> str:
    """The name of a row, with the precision of its fields; training and losses are float64 in all rows."""
    return f"{name} [{'float32' if name in SINGLE_PRECISION else 'float64'} fields]"


def show(rows: list[list[str]]) -> None:
    """Prints the rows as a Markdown table."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("| " + " | ".join(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]) + " |")


def verdicts(times: dict[Cell, list[float]], all_tasks: tuple[Task, ...]) -> list[str]:
    """One line per goal: reached or missed."""
    lines = []
    for goal in GOALS:
        for number in goal.tasks:
            cell = (goal.contender, number, goal.measure)
            if cell not in times:
                continue
            ratio = statistics.median(ratios(times, cell))
            word = "reached" if ratio >= goal.least else "MISSED "
            lines.append(
                f"{word} {goal.measure} of {all_tasks[number].name}: {goal.contender} takes {short(ratio)} times "
                f"as long; to reach: {short(goal.least)}"
            )
    return lines


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure tinkernet's speed against others, as ratios.")
    parser.add_argument("--rounds", type=int, default=25, help="how often each takes its turn (25)")
    arguments = parser.parse_args()
    all_tasks = tasks()
    started, absent = enter(all_tasks)
    try:
        complaints = check_agreement(started, len(all_tasks))
        if complaints:
            print("the contenders do not do the same work, so nothing was measured:", *complaints, sep="\n  ")
            return 1
        times = measure(started, max(1, arguments.rounds))
        starts = [many_starts(all_tasks[0], STARTS) for _ in range(max(1, arguments.rounds))]
    finally:
        for contender in started.values():
            contender.close()

    processor = platform.processor() or platform.machine()
    print(f"Python {platform.python_version()} on {processor}, {arguments.rounds} rounds, one thread each")
    print("250 + 250 points, batches of 10; losses: both; fields: every neuron over 100 × 100 cells")
    print("epoch and losses are float64 in every row; fields are float32 or float64, as the row says")
    print("rows below tinkernet: ratio to tinkernet's time, median (minimum–maximum)\n")
    show(table(times, absent, all_tasks))
    print(f"\n{STARTS} runs at once of {all_tasks[0].name}: {spread(starts)} µs per run and epoch")
    for task in all_tasks:
        speed = run_epochs_per_second(task)
        print(f"Run.train of {task.name}, both losses and the history in each epoch: {speed:,.0f} epochs per second")
    print()
    print(*verdicts(times, all_tasks), sep="\n")
    word = "reached" if statistics.median(starts) <= MANY_STARTS_GOAL else "MISSED "
    print(f"{word} {STARTS} runs at once: under {MANY_STARTS_GOAL:g} µs per run and epoch")
    walls = [wall_of_starts() for _ in range(5)]
    word = "reached" if statistics.median(walls) <= WALL_GOAL else "MISSED "
    print(f"{word} 256 starts of the default network to 100 epochs: {spread(walls)} s; to reach: {WALL_GOAL:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
