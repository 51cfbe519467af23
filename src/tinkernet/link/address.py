"""Experiment and View, read from the address after '#' and written to it."""

from typing import Any, NamedTuple

from tinkernet.experiment import Experiment
from tinkernet.link.names import NAMES
from tinkernet.link.text import fragment, pairs
from tinkernet.link.view import View, is_of_view, read_view, write_view
from tinkernet.network import FEATURES


class Reading(NamedTuple):
    """What a link says. `notices` are whole sentences about what it names and tinkernet does not know."""

    experiment: Experiment
    view: View
    notices: tuple[str, ...]


def parse(text: str) -> tuple[Experiment, View]:
    """The experiment and the view of a playground address, or of the text after its '#'; as `read`, without notices."""
    reading = read(text)
    return reading.experiment, reading.view


def read(text: str) -> Reading:
    """What an address, or the text after its '#', says; as forgiving as the original, with a word on what it ignored.

    Raises:
        ExperimentError: the text is too long, or a number in it is none or out of bounds.
    """
    values = pairs(fragment(text))
    notices: list[str] = []
    settings: dict[str, Any] = {}
    for name, value in values.items():
        if name in NAMES:
            NAMES[name].read(name, value, settings, notices)
        elif not is_of_view(name):
            notices.append(f"The link names “{name}”, which tinkernet does not know; it was passed over.")
    view = read_view(values, notices)
    settings["features"] = tuple(
        name for name in FEATURES if settings.pop(name, name in ("x", "y")) and name not in view.hidden
    )
    return Reading(Experiment(**_with_dataset(settings)), view, tuple(notices))


def write(experiment: Experiment, view: View) -> str:
    """The text after '#': whatever differs from the original's defaults, and the seed."""
    texts = {name: entry.write(experiment) for name, entry in NAMES.items()}
    values = {name: text for name, text in texts.items() if text is not None}
    for feature in FEATURES:
        if (feature in experiment.features) != (feature in ("x", "y")):
            values[feature] = "true" if feature in experiment.features else "false"
    values |= write_view(view)
    return "&".join(f"{name}={value}" for name, value in values.items())


def _with_dataset(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with the one data set that counts for their problem."""
    chosen = {"classification": settings.pop("dataset", ""), "regression": settings.pop("regDataset", "")}
    problem = settings.get("problem", "classification")
    return {**settings, "problem": problem, "dataset": chosen[problem]}
