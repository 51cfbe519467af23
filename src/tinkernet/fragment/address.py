"""Parses a link into plain settings and a view, and writes it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tinkernet.data import DATASETS
from tinkernet.fragment.found import find
from tinkernet.fragment.names import CLASSIFICATION, NAMES, REGRESSION, Settings
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import pairs
from tinkernet.fragment.view import VIEW_NAMES, View, is_of_view, read_view, write_view
from tinkernet.network import FEATURES
from tinkernet.network.features import in_order


class FragmentReading(NamedTuple):
    """The content of a link: fields of an experiment, a view, and remarks on settings that could not be used."""

    settings: dict[str, Any]
    view: View
    remarks: tuple[Remark, ...]
    text: str
    """The link as it was found, after '#'."""


def read(text: str) -> FragmentReading:
    """Parses the link in this text, as leniently as the original, with a remark on each setting that it ignored.

    Raises:
        ExperimentError: the text is too long, or contains no experiment.
    """
    link = find(text, frozenset((*NAMES, *VIEW_NAMES)))
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
    settings["features"] = in_order((*named, *settings.pop("formulas", ())))
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
    return next((own for own, entry in NAMES.items() if entry.field == name), VIEW_NAMES.get(name, name))


def _with_dataset(settings: Settings) -> Settings:
    """The settings with the data set of their problem; a link may name one for each problem, or one of ours."""
    if "data" in settings:
        name = settings.pop("data")
        return {**settings, "problem": DATASETS[name].problem, "dataset": name}
    chosen = {CLASSIFICATION: settings.pop("dataset", ""), REGRESSION: settings.pop("regDataset", "")}
    problem = settings.get("problem", CLASSIFICATION)
    return {**settings, "problem": problem, "dataset": chosen[problem]}
