"""Noting events: what a change of a run adds to its list."""

from tinkernet.experiment import Experiment, changed_fields
from tinkernet.run.events import Changed, Event, Painted, resets_position, same_place


def noted(events: tuple[Event, ...], event: Event) -> tuple[Event, ...]:
    """The events with one appended; all steps of a drag at the same moment are one event."""
    last = events[-1] if events else None
    if isinstance(last, Painted) and isinstance(event, Painted) and event.continues and _at_once(last, event):
        return (*events[:-1], last.followed_by(event))
    kept = events[:-1] if last is not None and same_place(last, event) else events
    return (*kept, event)


def change_noted(
    events: tuple[Event, ...], before: Experiment, after: Experiment, moment: tuple[int, int]
) -> tuple[Event, ...]:
    """The events with those of a change of settings at this epoch and position."""
    epoch, position = moment
    changed = [name for name in changed_fields(before, after) if name != "drawing"]
    if changed:
        values = {name: getattr(after, name) for name in changed}
        olds = {name: getattr(before, name) for name in changed}
        event = Changed(epoch=epoch, position=position, before=olds, after=values)
        events = noted(events, event)
        position = 0 if resets_position(event) else position
        # Other data has no drawing; then there is nothing more to note.
        before = before.replace(**values)
    if before.drawing != after.drawing:
        painted = Painted.between(before.drawing, after.drawing, epoch=epoch, position=position)
        events = noted(events, painted)
    return events


def _at_once(one: Event, other: Event) -> bool:
    return (one.epoch, one.position) == (other.epoch, other.position)
