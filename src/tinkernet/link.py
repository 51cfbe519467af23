"""Links: converts an Experiment and a View to and from an address, or the text after its '#'; what a view draws."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from tinkernet import fragment
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.slices import Slice
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.fragment import CONTROLS, Control, DataMissingError, Remark, View

__all__ = [
    "CONTROLS",
    "Control",
    "DataMissingError",
    "ForOriginal",
    "Reading",
    "View",
    "for_original",
    "parse",
    "plane_of",
    "read",
    "write",
]

ORIGINAL = "https://playground.tensorflow.org/"


class Reading(NamedTuple):
    """The content of a link, with one notice for each setting that was ignored or replaced by a default."""

    experiment: Experiment
    view: View
    notices: tuple[str, ...]


def parse(text: str) -> tuple[Experiment, View]:
    """The experiment and the view of a playground address, or of the text after its '#'.

    Unknown names and values are ignored; a number that cannot be parsed gets its default.

    Args:
        text: an address, or any text with a link in it.

    Raises:
        ExperimentError: the text contains no experiment, or a number that is not allowed.

    Example:
        >>> experiment, view = parse("https://playground.tensorflow.org/#seed=0.5&showTestData=true")
        >>> experiment.seed, view.show_test_data
        ('0.5', True)
    """
    found = fragment.read(text)
    return Experiment(**found.settings), found.view


def read(text: str, find_data: Callable[[str], Dataset | None] = lambda _: None) -> Reading:
    """Like `parse`, but replaces a number that is not allowed by its default, with a notice.

    Args:
        text: an address, or any text with a link in it.
        find_data: returns a person's own data by its digest; None where it is not known.

    Raises:
        ExperimentError: the text contains no experiment.
        DataMissingError: the link names data that is not known.
    """
    found = fragment.read(text, find_data)
    settings, remarks = dict(found.settings), list(found.remarks)
    while True:
        try:
            experiment = Experiment(**settings)
        except ExperimentError as error:
            value = settings.pop(error.field.partition("[")[0])
            shown = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            remarks.append(Remark("not-allowed", fragment.name_of(error.field), shown))
        else:
            return Reading(experiment, found.view, tuple(dict.fromkeys(map(str, remarks))))


class ForOriginal(NamedTuple):
    """What playground.tensorflow.org can make of an experiment and a view."""

    address: str
    """The whole address. It opens exactly this experiment there, unless there are unknown fields."""
    unknown_fields: tuple[str, ...]
    """The fields of the experiment whose values the original does not know: mostly none."""
    visible_controls: tuple[str, ...]
    """The labels of controls that the view hides and the original shows all the same."""


def for_original(experiment: Experiment, view: View) -> ForOriginal:
    """The address of this experiment and view for playground.tensorflow.org, and what gets lost there."""
    view, visible = fragment.for_original(view)
    text, unknown = fragment.write_for_original(structs.asdict(experiment), view)
    return ForOriginal(f"{ORIGINAL}#{text}", unknown, visible)


def write(experiment: Experiment, view: View) -> str:
    """The text after '#' for this experiment and view: whatever differs from the original's defaults.

    Args:
        experiment: what is trained.
        view: how it is displayed.

    Example:
        >>> write(Experiment(seed="0.5"), View(discretize=True))
        'seed=0.5&discretize=true'
    """
    return fragment.write(structs.asdict(experiment), view)


def plane_of(experiment: Experiment, view: View) -> Slice:
    """What a view draws of an experiment's data; what the data does not have is ignored."""
    return experiment.plane if experiment.data is None else _slice_of(experiment.data, view.axes, view.held)


@lru_cache(maxsize=64)
def _slice_of(data: Dataset, axes: tuple[int, int] | None, held: tuple[tuple[int, float], ...]) -> Slice:
    names = data.names
    across, up = axes if axes and max(axes) < len(names) else (0, 1)
    chosen = [names[across], names[up]] if len(names) > 1 else None
    return data.slice(chosen, {names[k]: value for k, value in held if k < len(names)})
