"""Which settings of an experiment fit each other, and what those that are not given follow from."""

from typing import Any

from tinkernet import checks
from tinkernet.data import DATASETS, BuiltIn
from tinkernet.data.own.dataset import OWN_DATA, Dataset
from tinkernet.errors import ExperimentError
from tinkernet.experiment.allowed import MOST_DRAWS
from tinkernet.experiment.setup import UNSET, Setup
from tinkernet.formatting import count
from tinkernet.network import LOSSES, PROBLEMS, parameters
from tinkernet.network.heads import losses_for
from tinkernet.network.problems import CLASSIFICATION, REGRESSION
from tinkernet.options import ProblemName


def data_and_problem(given: Setup, data: Dataset | None) -> tuple[str, str]:
    """The names of the data set and of the problem; one that is not given follows from the other, or from own data.

    Raises:
        ExperimentError: they do not fit each other, or a person's own data.
    """
    return _with_own_data(given, data) if data is not None else _with_built_in(given)


def _with_own_data(given: Setup, data: Dataset) -> tuple[str, str]:
    if given.dataset not in (UNSET, OWN_DATA):
        raise ExperimentError("dataset", given.dataset, f"{OWN_DATA}, or not given, with your own data")
    if given.noise != 0:
        raise ExperimentError("noise", given.noise, "0 with your own data")
    problem = problem_of(data)
    if checks.one_of("problem", given.problem or problem, PROBLEMS) != problem:
        raise ExperimentError("problem", given.problem, f"{problem}, as the target of the data is")
    return OWN_DATA, problem


def _with_built_in(given: Setup) -> tuple[str, str]:
    dataset = given.dataset or first_dataset(given.problem or next(iter(PROBLEMS)))
    problem = DATASETS[checks.one_of("dataset", dataset, DATASETS)].problem
    if checks.one_of("problem", given.problem or problem, PROBLEMS) != problem:
        fitting = [name for name, entry in DATASETS.items() if entry.problem == given.problem]
        raise ExperimentError("dataset", dataset, f"one of {', '.join(fitting)} for {given.problem}")
    return dataset, problem


def first_dataset(problem: object) -> str:
    """The default data set of a problem.

    Raises:
        ExperimentError: there is no such problem.
    """
    known = checks.one_of("problem", problem, PROBLEMS)
    return next(name for name, entry in DATASETS.items() if entry.problem == known)


def data_of(dataset: str, data: Dataset | None) -> BuiltIn | Dataset:
    """What an experiment trains on: a person's own data, or else the built-in data set of this name."""
    return DATASETS[dataset] if data is None else data


def problem_of(data: BuiltIn | Dataset) -> ProblemName:
    """The problem that data poses."""
    return CLASSIFICATION if data.classes else REGRESSION


def fitting_losses(data: BuiltIn | Dataset) -> list[str]:
    """The names of the losses that fit data, the usual one first."""
    return losses_for(problem_of(data), len(data.classes))


def checked_loss(loss: str, data: BuiltIn | Dataset) -> str:
    """The loss, by default the usual one for the data.

    Raises:
        ExperimentError: it does not fit the data.
    """
    fitting, classes = fitting_losses(data), len(data.classes)
    if not loss:
        return fitting[0]
    if parameters.option_in(LOSSES, loss).name not in fitting:
        what = f"{classes} classes" if classes > 2 else problem_of(data)
        raise ExperimentError("loss", loss, f"{' or '.join(fitting)} for {what}")
    return loss


def by_layer(name: str, given: Any, layers: int) -> Any:
    """A setting for each hidden layer, as one value where all are the same.

    Raises:
        ExperimentError: there are more or fewer values than layers.
    """
    if not isinstance(given, tuple):
        return given if layers or name != "dropout" else 0.0
    if len(given) != layers:
        raise ExperimentError(name, given, f"one value, or {count(layers)}: one for each hidden layer")
    if not given:
        return getattr(Setup(), name)
    return given[0] if len(set(given)) == 1 else given


def check_start(start: int, weights: int) -> None:
    """That the initial weights of this start can be drawn in about a second, for a network of so many weights.

    Raises:
        ExperimentError: they cannot.
    """
    if start * weights > MOST_DRAWS:
        most = count(MOST_DRAWS // weights)
        raise ExperimentError("start", start, f"at most {most} for a network of {count(weights)} weights")
