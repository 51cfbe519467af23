"""An estimator from a run, and a run from an estimator."""

from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.scaling import Scaling
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.estimators.columns import Columns
from tinkernet.estimators.fitted import Fitted, initial_parameters_of
from tinkernet.estimators.settings import PLANE, Settings
from tinkernet.estimators.training import train_percent
from tinkernet.experiment import Experiment
from tinkernet.run import Run

SHARED = (
    "hidden",
    "activation",
    "initializer",
    "optimizer",
    "schedule",
    "loss",
    "dropout",
    "learning_rate",
    "regularization",
    "regularization_rate",
)
"""The settings of an experiment that an estimator has under the same name, with the same meaning."""
TARGET = "y"


def parameters_of(run: Run) -> dict[str, Any]:
    """The parameters of an estimator that is trained as this run was."""
    experiment = run.experiment
    usual = experiment.features == experiment.inputs.usual
    return {
        **{name: getattr(experiment, name) for name in SHARED},
        "batch_size": experiment.batch_size,
        "epochs": max(1, run.epoch),
        "shuffle": False,
        "features": None if usual else experiment.features,
        "scaling": None if experiment.data is None else PLANE,
        "random_state": experiment.seed,
    }


def fitted_of(run: Run, parameters: dict[str, Any]) -> Fitted:
    """The network of a run as that of an estimator with these parameters."""
    experiment, data = run.experiment, run.experiment.data
    return Fitted(
        settings=Settings.of(parameters),
        problem=experiment.problem,
        classes=len(experiment.classes),
        columns=Columns(
            count=len(experiment.inputs.columns),
            names=None if data is None else data.names,
            scaling=None if data is None else data.scaling,
            features=parameters["features"],
        ),
        target=data.target.scaling if data is not None and data.target.kind == "numbers" else None,
        seed=experiment.seed,
        learner=run.checkpoint().learner,
        epoch=run.epoch,
    )


def classes_of(run: Run) -> ndarray:
    """The classes of a run: their names, or integers where all names are such, as for labels 0, 1, 2."""
    names = run.experiment.classes
    if all(name.lstrip("-").isdecimal() and str(int(name)) == name for name in names):
        return np.array([int(name) for name in names])
    return np.array(names)


def run_of(fitted: Fitted, source: tuple[ndarray, ndarray], classes: list[str], epochs: int | None) -> Run:
    """A run with the rows that an estimator was fitted with, and its network.

    Where a run has the same arithmetic, it has trained for the same `epochs` from the same initial weights, so that its
    history is that of the estimator. Otherwise, or if that is None, its first event sets the weights.

    Raises:
        ExperimentError: an experiment cannot have so many columns, classes, rows or neurons.
    """
    experiment = _experiment(fitted, source, classes)
    run = Run(experiment)
    if epochs is not None and not fitted.settings.shuffle and fitted.columns.scaling is not None:
        begin = initial_parameters_of(fitted.rule.layout, fitted.settings.initializer, fitted.seed)
        run.set_parameters(fitted.rule.layout.weights(begin), fitted.rule.layout.biases(begin))
        run.train(epochs)
        if np.array_equal(run.parameters, fitted.learner.parameters):
            return run
        run = Run(experiment)
    weights, biases = (
        part(fitted.learner.parameters) for part in (fitted.rule.layout.weights, fitted.rule.layout.biases)
    )
    return run.set_parameters(weights, biases)


def _experiment(fitted: Fitted, source: tuple[ndarray, ndarray], classes: list[str]) -> Experiment:
    """The experiment with an estimator's rows and settings."""
    rows, target = source
    settings, columns = fitted.settings, fitted.columns
    inputs = columns.inputs
    names = tuple(column.name for column in inputs.columns)
    if len(set(classes)) < len(classes):
        raise ExperimentError("classes_", classes, "different when written as texts, to become the classes of a run")
    data = Dataset.from_arrays(
        rows,
        target,
        names=names,
        classes=classes or None,
        kind="classes" if classes else "numbers",
        target=TARGET if TARGET not in names else f"{TARGET} (target)",
    )
    plane = Scaling((-EDGE,) * columns.count, (EDGE,) * columns.count)
    scaling = columns.scaling or plane
    ranges = dict(zip(names, zip(scaling.low, scaling.high, strict=True), strict=True))
    if not classes:
        target_scaling = fitted.target or Scaling((-1.0,), (1.0,), 1.0)
        ranges[data.target.name] = (target_scaling.low[0], target_scaling.high[0])
    settings_of_run = {name: getattr(settings, name) for name in SHARED}
    percent = train_percent(settings.validation_fraction) if settings.early_stopping else 100.0
    rows_trained = int(len(rows) * percent / 100)
    given: dict[str, Any] = (
        {}
        if columns.features is None
        else {"features": [inputs.feature_of(name).formula if name not in names else name for name in columns.features]}
    )
    return Experiment(
        data=data.with_ranges(ranges),
        train_percent=percent,
        batch_size=min(settings.batch_size, rows_trained),
        seed=fitted.seed,
        **settings_of_run,
        **given,
    )
