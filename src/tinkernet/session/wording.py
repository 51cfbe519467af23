"""Settings, what changed in them and what was done to a run, in the words that the page shows."""

from collections.abc import Collection, Iterable, Sequence

from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count
from tinkernet.fragment import NO_EXPERIMENT
from tinkernet.insight.compare import Difference
from tinkernet.protocol import facts
from tinkernet.protocol.setting_words import name_of, shown
from tinkernet.protocol.state import DifferenceFact, EventFact
from tinkernet.run.events import KEEPS_WEIGHTS, Changed, Event, Painted

MOST_LINK_NOTICES = 4
"""More than that nobody reads; what is left is counted."""
NAME_THEMSELVES = {"dataset", "problem", "features", "activation", "hidden"}
"""The settings whose values are clear without the setting's name: “Spiral”, “4 + 2 neurons”."""


def change_in_words(old: Experiment, new: Experiment, changed: list[str], asked: Collection[str]) -> str:
    """What the person asked for (not what that brought with it), as “learning rate 0.03 → 0.1”."""
    own = {"data", "dataset"} <= set(changed)
    names = [name for name in changed if name in asked] or [name for name in changed if name != "data" or not own]
    return ", ".join(
        f"{name_of(name)} {shown(name, getattr(old, name))} → {shown(name, getattr(new, name))}" for name in names
    )


def restart_in_words(changed: Collection[str]) -> str:
    """Why a change could not keep the weights, though the page asked for it."""
    names = " and ".join(name_of(name) for name in changed if name not in KEEPS_WEIGHTS) or "number of classes"
    return f"Started again: a change of the {names} cannot keep the weights. Undo brings them back."


def link_notices(sentences: Sequence[str]) -> list[facts.Notice]:
    """What a link says and could not be taken as it is, a notice for each sentence, so that each is read."""
    notices = [facts.Notice(message=sentence) for sentence in sentences[:MOST_LINK_NOTICES]]
    left = len(sentences) - len(notices)
    if left:
        more = "1 more setting was" if left == 1 else f"{count(left)} more settings were"
        notices.append(facts.Notice(message=f"{more} ignored or got the default."))
    return notices


def refusal(error: Exception) -> str:
    """Why a link cannot be opened, in a sentence for the person who pasted it."""
    if not isinstance(error, ExperimentError):
        return str(error)
    if error.allowed == NO_EXPERIMENT:
        # What was pasted stands in the dialog: it is not repeated.
        return "There is no experiment in this text. Paste a link of tinkernet or of playground.tensorflow.org."
    return f"This link cannot be opened: {error}."


def ignored_address(error: Exception) -> facts.Trouble:
    """Why the address that a person went to changes nothing."""
    if isinstance(error, ExperimentError) and error.allowed == NO_EXPERIMENT:
        return facts.Trouble(message="There is no experiment in this address, so it was ignored.", field=error.field)
    return facts.Trouble(message=refusal(error), field=error.field if isinstance(error, ExperimentError) else "")


def difference_fact(difference: Difference) -> DifferenceFact:
    """A difference between two experiments, for the page."""
    name = difference.field
    return DifferenceFact(
        field=name,
        name=name_of(name),
        before=shown(name, difference.before),
        after=shown(name, difference.after),
        names_itself=name in NAME_THEMSELVES,
    )


def event_facts(events: Iterable[Event]) -> list[EventFact]:
    """What was done to a run; all events of one stroke, which was painted while the run trained, are one."""
    return [event_fact(event) for event in events if not (isinstance(event, Painted) and event.continues)]


def event_fact(event: Event) -> EventFact:
    """What was done to a run, for the page."""
    if not isinstance(event, Changed):
        return EventFact(epoch=event.epoch, text=event.text, short=event.text)
    changes = [
        (name_of(name), f"{shown(name, event.before[name])} → {shown(name, event.after[name])}") for name in event.after
    ]
    return EventFact(
        epoch=event.epoch,
        text=", ".join(f"{name} {values}" for name, values in changes),
        short=", ".join(values for _, values in changes),
    )
