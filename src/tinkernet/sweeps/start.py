"""`tinkernet.sweep`: checks everything that a person asks for, and begins."""

import itertools
from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from msgspec import structs

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.files import path_of
from tinkernet.insight.starts import experiment_of, seed_of
from tinkernet.run import Run
from tinkernet.sweeps.block import MOST_EPOCHS, Plan
from tinkernet.sweeps.chooser import load_optuna
from tinkernet.sweeps.costs import costs_of
from tinkernet.sweeps.design import RATES, ROUND, Between, Kind, design_of
from tinkernet.sweeps.endings import Ending, endings_of
from tinkernet.sweeps.executors.choice import executor_for
from tinkernet.sweeps.executors.executor import Executor
from tinkernet.sweeps.results import InFolder, InMemory, Store
from tinkernet.sweeps.running import Sweep

if TYPE_CHECKING:
    from distributed import Client

MOST_SEEDS = 1_000_000
FEWEST_RUNS = 64
"""A block has at least so many runs, to fill the lanes."""
BLOCKS_PER_CORE = 4
ALONE = (*RATES, "seed", "start")
"""Settings that fit all others, whatever their values."""
TRIED = 256
"""So many combinations of settings are tried before a sweep begins."""


def sweep(
    experiment: Experiment | Run | str,
    *,
    seeds: int | None = None,
    epochs: int = 100,
    stop: Ending | Sequence[Ending] | None = None,
    design: Kind = "grid",
    budget: int | None = None,
    design_seed: int = 0,
    folder: str | PathLike[str] | None = None,
    cores: int | None = None,
    executor: "Client | str | None" = None,
    **settings: Any,
) -> Sweep:
    """Train an experiment with many different settings, on all processor cores, and compare what becomes of it.

    Any settings of `Experiment` may vary: `learning_rate=[0.01, 0.1]`, `hidden=[(2,), (4, 2)]`, `start=range(16)`. Each
    run has the same bits as `Run(experiment).train(epochs)` with its settings.

    Args:
        experiment: an `Experiment`, a link, or a run, which stands for its experiment.
        seeds: vary the seed, which is behind points and initial weights, so many times.
        epochs: how long each run is trained, 1 to 1,000,000,000.
        stop: what ends a run earlier: `Solved`, `Diverged` or `Hopeless`, or a list with one of each.
        design: "grid" for all combinations of values, "random" for independent draws, "sobol" for draws that are spread
            evenly (needs SciPy), "optuna" to choose settings by the losses of earlier runs (needs Optuna). All
            except a grid also take an interval of values, `Between(0.001, 1, log=True)`.
        budget: the number of runs, with Optuna at most 10,000; the most that a grid may have, by default 1,000,000.
        design_seed: another number makes another design, unless it is a grid.
        folder: where results are kept as they come, as a Parquet data set (needs pyarrow); by default in memory.
        cores: how many processor cores to use; by default all that this process may use.
        executor: what computes: "threads" or "processes" of this machine, by default what is faster; the address of a
            Dask scheduler, `"tcp://…"`, or a `Client` of it, which stays open (needs distributed).
        settings: settings of the experiment with the values that they take.

    Returns:
        A `Sweep`, which computes in the background.

    Raises:
        ExperimentError: a setting or a value is not valid, they do not fit each other, the design has too many runs,
            the folder cannot be used, or a cluster cannot be reached or has other versions.
        MissingExtraError: SciPy, Optuna, pyarrow or distributed is needed, and not installed.

    Example:
        >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], learning_rate=[0.03, 0.1])
        >>> found.table.names[:5]
        ('run', 'hidden', 'learning_rate', 'epochs', 'ended')
        >>> found.best["hidden"]
        '4'
    """
    plan = plan_of(
        experiment,
        settings,
        seeds=seeds,
        epochs=epochs,
        stop=stop,
        design=design,
        budget=budget,
        design_seed=design_seed,
    )
    return begin(plan, folder, cores, executor)


def begin(
    plan: Plan, folder: str | PathLike[str] | None, cores: int | None, executor: "Client | str | None" = None
) -> Sweep:
    """Begin the sweep of a plan, in blocks that suit it and what computes them.

    Raises:
        ExperimentError: some settings do not fit each other, or the folder or the executor cannot be used.
        MissingExtraError: pyarrow or distributed is needed, and not installed.
    """
    _try(plan)
    chosen = executor_for(plan, executor, cores)
    try:
        plan = structs.replace(plan, block=_block_size(plan, chosen))
        store: Store = InMemory() if folder is None else InFolder.begin(path_of("folder", folder), plan)
    except BaseException:
        chosen.close()
        raise
    return Sweep(plan, store, chosen)


def plan_of(
    experiment: Experiment | Run | str,
    settings: Mapping[str, Any],
    *,
    seeds: int | None = None,
    epochs: int = 100,
    stop: Ending | Sequence[Ending] | None = None,
    design: Kind = "grid",
    budget: int | None = None,
    design_seed: int = 0,
) -> Plan:
    """The plan of a sweep with these arguments of `sweep`, in blocks of one run.

    Raises:
        ExperimentError: one of them is not valid.
        MissingExtraError: Optuna is needed, and not installed.
    """
    experiment = experiment_of(experiment)
    varied = dict(settings)
    if seeds is not None:
        if "seed" in varied:
            raise ExperimentError("seeds", seeds, "omitted, as values of seed are given")
        varied["seed"] = [seed_of(experiment, k) for k in range(checks.whole("seeds", seeds, 1, MOST_SEEDS))]
    chosen = design_of(experiment, varied, design, budget, design_seed)
    if chosen.adaptive:
        load_optuna()
    return Plan(experiment, chosen, checks.whole("epochs", epochs, 1, MOST_EPOCHS), endings_of(stop), 1)


def _block_size(plan: Plan, executor: Executor) -> int:
    """How many runs are computed together: enough to fill the lanes, and so few that every core has some."""
    if plan.design.adaptive:
        most = min(plan.design.runs, max(1, ROUND // executor.cores))
        return 1 << most.bit_length() - 1
    costs, runs = costs_of(plan), plan.design.runs
    in_time = executor.seconds / (costs.locked + costs.free)
    each = runs // (BLOCKS_PER_CORE * executor.cores)
    return max(1, min(runs, max(FEWEST_RUNS, int(min(in_time, executor.most_runs, each)))))


def _try(plan: Plan) -> None:
    """Make some experiments of the sweep, in case that settings are valid but do not fit each other."""
    design = plan.design
    axes = [axis for axis in design.axes if axis.name not in ALONE]
    ends = [(axis.values.low, axis.values.high) if isinstance(axis.values, Between) else axis.values for axis in axes]
    for values in itertools.islice(itertools.product(*ends), TRIED):
        plan.experiment.replace(**dict(zip((axis.name for axis in axes), values, strict=True)))
