"""tinkernet as it trains, evaluates and draws for the page: calls of the engine, on one thread."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from task import CELLS, Contender, Task, timed

from tinkernet import Experiment, Run, engine, starts
from tinkernet.network import Layout
from tinkernet.run.beginning import rule_of as rule_of_experiment


def rule_of(task: Task) -> engine.Rule:
    """The engine's rule for a task."""
    return replace(rule_of_experiment(task.experiment), layout=Layout(task.sizes))


def examples_of(task: Task) -> tuple[engine.Examples, engine.Examples]:
    """Training and test points."""
    return (
        engine.Examples(task.train, task.train_labels[None]),
        engine.Examples(task.test, task.test_labels[None]),
    )


def tinkernet(task: Task) -> Contender:
    """The compiled engine. An epoch is training only, as for all contenders; losses are measured separately."""
    engine.wait_until_compiled()
    rule, (train, test) = rule_of(task), examples_of(task)
    crowd = engine.Crowd([engine.Learner.fresh(rule, task.parameters())])
    parameters = crowd.parameters[0]
    wanted = range(task.sizes[0], sum(task.sizes))

    def epochs(count: int) -> float:
        began = perf_counter()
        engine.train_crowd(rule, crowd, train, test, 0, count, with_losses=False)
        return perf_counter() - began

    def losses() -> tuple[float, float]:
        return engine.evaluate(rule, parameters, train)[0], engine.evaluate(rule, parameters, test)[0]

    def fields() -> np.ndarray:
        return engine.fields(rule, parameters, task.experiment.features, CELLS, wanted)

    measures = {"epoch": epochs, "losses": timed(losses), "fields": timed(fields)}
    return Contender(measures, losses, lambda: (parameters, fields()))


def many_starts(task: Task, runs: int, epochs: int = 50) -> float:
    """Microseconds per run and epoch for many runs at once, each with different initial weights; training only."""
    rule, (train, test) = rule_of(task), examples_of(task)
    draws = np.random.default_rng(0).uniform(-0.5, 0.5, (runs, rule.layout.count))
    crowd = engine.Crowd([engine.Learner.fresh(rule, parameters) for parameters in draws])
    engine.train_crowd(rule, crowd, train, test, 0, 1, with_losses=False)
    began = perf_counter()
    engine.train_crowd(rule, crowd, train, test, 0, epochs, with_losses=False)
    return (perf_counter() - began) / (runs * epochs) * 1e6


def wall_of_starts(runs: int = 256, epochs: int = 100) -> float:
    """Seconds for many starts of the default network, on all cores, with their losses in each epoch."""
    began = perf_counter()
    starts(Experiment(seed="0.12345"), runs, epochs)
    return perf_counter() - began


def run_epochs_per_second(task: Task, seconds: float = 0.3) -> float:
    """`Run.train` as users call it: training, losses and history, in one thread."""
    run = Run(task.experiment)
    run.train(100)
    portion, began = 500, perf_counter()
    before = run.epoch
    while perf_counter() - began < seconds:
        run.train(portion)
    return (run.epoch - before) / (perf_counter() - began)
