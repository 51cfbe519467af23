"""The estimators compared with scikit-learn's networks: accuracy and time on its data, and layers where BLAS wins.

    make bench                                                      with everything else
    .venv/bin/python benchmarks/estimators.py --seeds 10            this alone, more exactly

Both get the same parts, random seeds and settings. scikit-learn's network is in a pipeline that scales columns, and the
target of a regression, as tinkernet does itself, and stops at the same epoch. They take turns, fit by fit, so that
other load on the machine affects both equally.
"""

import argparse
import itertools
import math
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from speed import short, show, spread  # before NumPy: sets the number of threads to one

import numpy as np  # isort: skip
from sklearn.compose import TransformedTargetRegressor  # isort: skip
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine  # isort: skip
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tinkernet import TinkerClassifier, TinkerRegressor, engine

DATA: dict[str, Callable[..., Any]] = {
    "iris": load_iris,
    "wine": load_wine,
    "breast cancer": load_breast_cancer,
    "digits": load_digits,
    "diabetes (R²)": load_diabetes,
}
PARTS = 5
HIDDEN, RATE, BATCH, EPOCHS = (32,), 0.003, 32, 100
WIDTHS = (16, 32, 64, 128, 256, 512, 1024)
LAYERS = (1, 2)
NEVER = 10**9


def ours(*, numbers: bool, hidden: tuple[int, ...], epochs: int, seed: int) -> Any:
    """tinkernet's estimator."""
    kind = TinkerRegressor if numbers else TinkerClassifier
    return kind(hidden=hidden, learning_rate=RATE, batch_size=BATCH, epochs=epochs, random_state=seed)


def theirs(*, numbers: bool, hidden: tuple[int, ...], epochs: int, seed: int) -> Any:
    """scikit-learn's network with the same settings: no penalty, no early end."""
    settings = {
        "hidden_layer_sizes": hidden,
        "learning_rate_init": RATE,
        "batch_size": BATCH,
        "max_iter": epochs,
        "alpha": 0.0,
        "tol": 0.0,
        "n_iter_no_change": NEVER,
        "random_state": seed,
    }
    if not numbers:
        return make_pipeline(StandardScaler(), MLPClassifier(**settings))
    network = make_pipeline(StandardScaler(), MLPRegressor(**settings))
    return TransformedTargetRegressor(network, transformer=StandardScaler())


@dataclass
class Comparison:
    """Scores on held-out parts and seconds to fit: ours and theirs."""

    scores: list[tuple[float, float]] = field(default_factory=list)
    seconds: list[tuple[float, float]] = field(default_factory=list)

    @property
    def differences(self) -> list[float]:
        """Our score minus theirs, part by part."""
        return [mine - other for mine, other in self.scores]

    @property
    def difference(self) -> float:
        """The mean difference."""
        return statistics.mean(self.differences)

    @property
    def error(self) -> float:
        """The standard error of the mean difference of five parts; more seeds do not make it smaller."""
        return statistics.stdev(self.differences) / math.sqrt(PARTS)

    @property
    def ratios(self) -> list[float]:
        """Their time as a multiple of ours."""
        return [other / mine for mine, other in self.seconds]


def parts(name: str, target: Any, seed: int) -> Iterator[tuple[Any, Any]]:
    """Five parts of the rows."""
    kind = KFold if is_regression(name) else StratifiedKFold
    yield from kind(PARTS, shuffle=True, random_state=seed).split(np.zeros(len(target)), target)


def is_regression(name: str) -> bool:
    """Whether the data has numbers to predict."""
    return DATA[name] is load_diabetes


def fit_seconds(estimator: Any, rows: Any, target: Any) -> float:
    """The seconds that a fit takes."""
    began = perf_counter()
    estimator.fit(rows, target)
    return perf_counter() - began


def compared(name: str, seeds: int) -> Comparison:
    """Both on every part of every seed."""
    rows, target = DATA[name](return_X_y=True)
    found = Comparison()
    for seed in range(seeds):
        for train, test in parts(name, target, seed):
            both = [
                make(numbers=is_regression(name), hidden=HIDDEN, epochs=EPOCHS, seed=seed) for make in (ours, theirs)
            ]
            mine, other = (fit_seconds(one, rows[train], target[train]) for one in both)
            found.seconds.append((mine, other))
            mine, other = (float(one.score(rows[test], target[test])) for one in both)
            found.scores.append((mine, other))
    return found


def ratios_of_width(width: int, layers: int, rounds: int) -> list[float]:
    """Their time as a multiple of ours, for hidden layers of this width on the digits."""
    rows, target = load_digits(return_X_y=True)
    # A fit of about the same duration for each width.
    epochs = max(1, 128 // width)
    both = [make(numbers=False, hidden=(width,) * layers, epochs=epochs, seed=0) for make in (ours, theirs)]
    found = []
    for _ in range(rounds):
        mine, other = (fit_seconds(one, rows, target) for one in both)
        found.append(other / mine)
    return found


def crossover(ratios: dict[int, float]) -> str:
    """The width from which BLAS is faster, interpolated on logarithmic scales."""
    widths = sorted(ratios)
    for low, high in itertools.pairwise(widths):
        if ratios[low] >= 1 > ratios[high]:
            share = math.log(ratios[low]) / (math.log(ratios[low]) - math.log(ratios[high]))
            return f"from about {low * (high / low) ** share:.0f} neurons on"
    return f"beyond {widths[-1]} neurons" if ratios[widths[-1]] >= 1 else f"below {widths[0]} neurons"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compare the estimators with scikit-learn's networks.")
    parser.add_argument("--seeds", type=int, default=3, help="how many random seeds (3)")
    arguments = parser.parse_args()
    seeds = max(1, arguments.seeds)
    engine.wait_until_compiled()
    found = {name: compared(name, seeds) for name in DATA}
    print(
        f"{PARTS} parts, {seeds} seeds; hidden {HIDDEN}, relu, adam, rate {RATE}, batches of {BATCH}, {EPOCHS} epochs"
    )
    print("score: accuracy, or R², on the held-out parts; times: seconds of one fit, one thread each\n")
    header = [
        "",
        "tinkernet",
        "scikit-learn",
        "difference (standard error)",
        "tinkernet, s",
        "scikit-learn, s",
        "ratio",
    ]
    rows = [header]
    for name, one in found.items():
        scores, seconds = (np.mean(pairs, axis=0) for pairs in (one.scores, one.seconds))
        rows.append(
            [
                name,
                *(f"{score:.4f}" for score in scores),
                f"{one.difference:+.4f} ({one.error:.4f})",
                *(short(float(each)) for each in seconds),
                f"{spread(one.ratios)} ×",
            ]
        )
    show(rows)
    print("\nLayers of this width on the digits, ratio of scikit-learn's time to tinkernet's:\n")
    wide = {layers: {width: ratios_of_width(width, layers, 2 * seeds + 1) for width in WIDTHS} for layers in LAYERS}
    show(
        [
            ["hidden layers", *map(str, WIDTHS)],
            *([str(layers), *(f"{spread(one)} ×" for one in by_width.values())] for layers, by_width in wide.items()),
        ]
    )
    print()
    for layers, by_width in wide.items():
        medians = {width: statistics.median(one) for width, one in by_width.items()}
        print(f"{layers} hidden layer{'s' * (layers > 1)}: BLAS is faster {crossover(medians)}")
    for name, one in found.items():
        word = "reached" if one.difference >= -one.error else "MISSED "
        print(f"{word} {name}: at least as accurate, within one standard error")
        word = "reached" if statistics.median(one.ratios) > 1 else "MISSED "
        print(f"{word} {name}: faster")
    return 0


if __name__ == "__main__":
    sys.exit(main())
