"""How a moment of a run's past is found again: which events were done by then, and where to begin."""

from collections.abc import Iterable

from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import Event, resets_position

Moment = tuple[int, int]
"""An epoch, and a position within the next one."""


def after(event: Event) -> Moment:
    """The moment at which a run is after this event."""
    return event.epoch, 0 if resets_position(event) else event.position


def events_before(events: tuple[Event, ...], moment: Moment, present: Moment) -> int | None:
    """How many events had been done at this moment, the last time that the run was there; None if it never was."""
    for done in range(len(events), -1, -1):
        begins = after(events[done - 1]) if done else (0, 0)
        ends = (events[done].epoch, events[done].position) if done < len(events) else present
        if begins <= moment <= ends:
            return done
    return None


def checkpoint_before(past: Iterable[Checkpoint], events: tuple[Event, ...], moment: Moment) -> Checkpoint | None:
    """The latest checkpoint from which these events, and then training, lead to this moment."""
    best = None
    for one in past:
        done = len(one.events)
        last = (events[done].epoch, events[done].position) if done < len(events) else moment
        if one.events == events[:done] and (one.epoch, one.position) <= last:
            best = one
    return best
