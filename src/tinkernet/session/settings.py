"""Choosing: other settings, another view, other points or first weights."""

import msgspec

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, fresh_seed
from tinkernet.link import View
from tinkernet.run.run import KEEPS_WEIGHTS
from tinkernet.protocol import messages
from tinkernet.session.inbox import CannotError
from tinkernet.session.workspace import Playground, check_size, fresh_run
from tinkernet.session.wording import change_in_words


def change(ground: Playground, message: messages.Change) -> None:
    """New values for some settings."""
    old = ground.run.experiment
    settings = settings_of(message.settings)
    new = old.replace(**settings)
    changed = changed_fields(old, new)
    key = ("change", *sorted(settings))
    if changed:
        check_size(new)
        words = change_in_words(old, new, changed, settings)
        if changed == ["learning_rate"] or (message.keep_weights and set(changed) <= set(KEEPS_WEIGHTS)):
            ground.remember(words, key)
            ground.run.change(**{name: getattr(new, name) for name in changed})
        else:
            run = fresh_run(new)
            ground.remember(words, key)
            ground.begin(run)
        ground.dragged = key
        ground.seen()
    if message.done:
        ground.dragged = None


def change_view(ground: Playground, message: messages.ChangeView) -> None:
    """New values for some fields of the view."""
    values = msgspec.structs.asdict(ground.view)
    for name, raw in message.view.items():
        if name not in values:
            raise ExperimentError("the view", name, f"one of {', '.join(values)}")
        values[name] = _value(name, raw)
    try:
        view = msgspec.convert(values, View)
    except msgspec.ValidationError as error:
        raise CannotError(f"The view cannot be so: {error}") from error
    _show(ground, view, ground.run.experiment, f"Show: {', '.join(message.view).replace('_', ' ')}")


def open_link(ground: Playground, message: messages.Open) -> None:
    """What a link says."""
    reading = link.read(message.link)
    for notice in reading.notices:
        ground.tell(messages.Notice(message=notice))
    _show(ground, reading.view, reading.experiment, "Open a link")


def _show(ground: Playground, view: View, experiment: Experiment, words: str) -> None:
    """Take this view, and this experiment if it is another one."""
    # A feature whose control is hidden is taken out altogether, as a link says it.
    features = tuple(name for name in experiment.features if name not in view.hidden)
    experiment = experiment.replace(features=features)
    if experiment != ground.run.experiment:
        check_size(experiment)
        run = fresh_run(experiment)
        ground.come_back()
        ground.remember(words)
        ground.view = view
        ground.pause()
        ground.begin(run)
    elif view != ground.view:
        ground.remember_view(words)
        ground.view = view
    else:
        return
    ground.seen()


def reset(ground: Playground, _message: messages.Reset) -> None:
    """The next first weights."""
    ground.come_back()
    ground.remember("Reset")
    ground.pause()
    ground.run.reset()
    ground.begin(ground.run)
    ground.seen()


def rewind(ground: Playground, _message: messages.Rewind) -> None:
    """The same first weights again."""
    ground.come_back()
    ground.remember("Rewind")
    ground.pause()
    ground.run.rewind()
    ground.begin(ground.run)
    ground.seen()


def new_points(ground: Playground, _message: messages.NewPoints) -> None:
    """A new seed."""
    run = fresh_run(ground.present.experiment.replace(seed=fresh_seed(), start=0))
    ground.come_back()
    ground.remember("New points")
    ground.pause()
    ground.begin(run)
    ground.seen()


def changed_fields(old: Experiment, new: Experiment) -> list[str]:
    """The settings in which two experiments differ."""
    return [name for name in Experiment.__struct_fields__ if getattr(old, name) != getattr(new, name)]


def settings_of(raw: dict[str, msgspec.Raw]) -> dict[str, object]:
    """Settings as they were sent."""
    return {name: _value(name, value) for name, value in raw.items()}


def _value(name: str, raw: msgspec.Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise ExperimentError(name, bytes(raw).decode(errors="replace"), "JSON") from error
