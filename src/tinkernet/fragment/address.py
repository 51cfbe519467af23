"""Parses a link into plain settings and a view, and writes it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tinkernet.data import DATASETS
from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.fragment.found import find
from tinkernet.fragment.input_names import features_in
from tinkernet.fragment.names import NAMES
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import pairs
from tinkernet.fragment.values import Settings
from tinkernet.fragment.view import View
from tinkernet.fragment.view_names import KNOWN, is_of_view, name_of_field, read_view, write_view
from tinkernet.network import FEATURES
from tinkernet.network.inputs import PLANE_INPUTS, inputs_of
from tinkernet.network.problems import CLASSIFICATION, REGRESSION


class FragmentReading(NamedTuple):
    """The content of a link: fields of an experiment, a view, and remarks on settings that could not be used."""

    settings: dict[str, Any]
    view: View
    remarks: tuple[Remark, ...]
    text: str
    """The link as it was found, after '#'."""


class DataMissingError(ExperimentError):
    """The link names data by its digest that is not here. `digest` is that digest."""

    def __init__(self, digest: str) -> None:
        super().__init__("data", f"{digest[:12]}…", "known here: the link names it, but does not hold it")
        self.digest = digest

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.digest,)


def read(text: str, find_data: Callable[[str], Dataset | None] = lambda _: None) -> FragmentReading:
    """Parses the link in this text, as leniently as the original, with a remark on each setting that it ignored.

    Args:
        text: an address, or any text with a link in it.
        find_data: returns a person's own data by its digest; None where it is not known.

    Raises:
        ExperimentError: the text is too long, or contains no experiment.
        DataMissingError: the link names data that is not known.
    """
    link = find(text, frozenset((*NAMES, *KNOWN)))
    values = pairs(link)
    remarks: list[Remark] = []
    settings: Settings = {}
    for name, value in values.items():
        if name in NAMES:
            NAMES[name].read(name, value, settings, remarks)
        elif not is_of_view(name):
            remarks.append(Remark("unknown-name", name, value))
    view = read_view(values, remarks)
    hidden = view.hidden_controls
    named = [name for name, entry in FEATURES.items() if settings.pop(name, entry.default) and name not in hidden]
    settings["features"] = PLANE_INPUTS.in_order((*named, *settings.pop("formulas", ())))
    if "digest" in settings and "own" not in settings:
        found = find_data(settings["digest"])
        if found is None:
            raise DataMissingError(settings["digest"])
        settings["own"] = found
    if "own" in settings:
        return FragmentReading(_with_own_data(settings, remarks), view, tuple(remarks), link)
    settings.pop("inputs", None)
    return FragmentReading(_with_dataset(settings), view, tuple(remarks), link)


def write(fields: Mapping[str, Any], view: View) -> str:
    """The text after '#' for an experiment with these fields: the seed, and whatever differs from the defaults."""
    texts = {name: entry.write(fields) for name, entry in NAMES.items()}
    values = {name: text for name, text in texts.items() if text is not None} | write_view(view)
    return "&".join(f"{name}={value}" for name, value in values.items())


def write_for_original(fields: Mapping[str, Any], view: View) -> tuple[str, tuple[str, ...]]:
    """The text after '#' for playground.tensorflow.org, and the fields that it would get wrong there: mostly none."""
    wrong = dict.fromkeys(entry.field for entry in NAMES.values() if not entry.fits_original(fields))
    return write(fields, view), tuple(wrong)


def name_of(field: str) -> str:
    """The name in a link for a field of an experiment or a view."""
    name = field.partition("[")[0]
    of_experiment = (own for own, entry in NAMES.items() if entry.field == name)
    return next(of_experiment, None) or name_of_field(name) or name


def _with_own_data(settings: Settings, remarks: list[Remark]) -> Settings:
    """The settings for a person's own data, with its inputs."""
    data = settings["own"]
    inputs = inputs_of(data.names)
    read = features_in("inputs", settings.get("inputs", ()), inputs, remarks)
    left = {"own", "digest", "inputs", "features", "problem", "data", "dataset", "regDataset", "noise"}
    own = {name: value for name, value in settings.items() if name not in left} | {"data": data}
    return own | ({"features": inputs.in_order(read)} if "inputs" in settings else {})


def _with_dataset(settings: Settings) -> Settings:
    """The settings with the data set of their problem; a link may name one for each problem, or one of ours."""
    if "data" in settings:
        name = settings.pop("data")
        return {**settings, "problem": DATASETS[name].problem, "dataset": name}
    chosen = {CLASSIFICATION: settings.pop("dataset", ""), REGRESSION: settings.pop("regDataset", "")}
    problem = settings.get("problem", CLASSIFICATION)
    return {**settings, "problem": problem, "dataset": chosen[problem]}
