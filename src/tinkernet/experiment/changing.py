"""What follows from a change of an experiment: settings that have to change along with those that are given."""

from collections.abc import Mapping
from typing import Any

from tinkernet.data import DATASETS
from tinkernet.data.own.dataset import OWN_DATA, Dataset
from tinkernet.experiment.allowed import checked_hidden, own_data
from tinkernet.experiment.fitting import data_of, first_dataset, fitting_losses
from tinkernet.experiment.setup import BY_LAYER, UNSET, Setup
from tinkernet.network import LOSSES, parameters


def with_consequences(before: Setup, data: Dataset | None, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, and what follows from them for an experiment with this setup and data.

    Raises:
        ExperimentError: the problem, the data or the hidden layers among the changes are invalid.
    """
    values = dict(changes)
    if "problem" in values and values["problem"] != before.problem and not {"dataset", "data"} & values.keys():
        values["dataset"] = first_dataset(values["problem"])
    values |= _for_other_data(before, data, values)
    if "hidden" in values:
        values = _for_other_layers(before, len(checked_hidden("hidden", values["hidden"]))) | values
    return values


def _for_other_data(before: Setup, data_before: Dataset | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The data that is meant, and what follows from it where it is not given."""
    if "data" in given:
        data, dataset = own_data(given["data"]), given.get("dataset", UNSET)
    elif "dataset" in given and (data_before is None or given["dataset"] != OWN_DATA):
        data, dataset = None, given["dataset"]
    else:
        return {}
    if data is not None:
        dataset = UNSET
    elif data_before is None and dataset in (UNSET, OWN_DATA):
        dataset = before.dataset
    follows: dict[str, Any] = {"problem": UNSET}
    follows["loss"] = before.loss if _keeps_loss(before, data_before, dataset, data) else UNSET
    if data != data_before or (data is None and dataset != before.dataset):
        follows["drawing"] = ""
    if (None if data is None else data.names) != (None if data_before is None else data_before.names):
        follows["features"] = UNSET
    if data is not None:
        follows["noise"] = 0.0
    return follows | dict(given) | {"data": data, "dataset": dataset}


def _keeps_loss(before: Setup, data_before: Dataset | None, dataset: object, data: Dataset | None) -> bool:
    """Whether the loss stays with other data: it was chosen, rather than the usual one, and fits."""
    if before.loss == fitting_losses(data_of(before.dataset, data_before))[0]:
        return False
    if data is None and not (isinstance(dataset, str) and dataset in DATASETS):
        return False
    return parameters.option_in(LOSSES, before.loss).name in fitting_losses(data_of(str(dataset), data))


def _for_other_layers(before: Setup, layers: int) -> dict[str, Any]:
    """The values for each hidden layer, for so many layers: further ones get the value of the last one."""
    each = {name: getattr(before, name) for name in BY_LAYER}
    return {name: (one + one[-1:] * layers)[:layers] for name, one in each.items() if isinstance(one, tuple)}
