"""Replaying a run to an earlier moment: which events precede it, and from which checkpoint to start."""

from collections.abc import Iterable

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.network import Layout
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import (
    KEEPS_WEIGHTS,
    BiasSet,
    Changed,
    Event,
    Frozen,
    Painted,
    ParametersSet,
    Switched,
    WeightSet,
    resets_position,
)

Moment = tuple[int, int]
"""An epoch, and a position within the next epoch."""


def after(event: Event) -> Moment:
    """The moment of a run directly after this event."""
    return event.epoch, 0 if resets_position(event) else event.position


def events_before(events: tuple[Event, ...], moment: Moment, present: Moment) -> int | None:
    """The number of events before this moment, when the run was last there; None if it never was."""
    for done in range(len(events), -1, -1):
        begins = after(events[done - 1]) if done else (0, 0)
        ends = (events[done].epoch, events[done].position) if done < len(events) else present
        if begins <= moment <= ends:
            return done
    return None


def checkpoint_before(past: Iterable[Checkpoint], events: tuple[Event, ...], moment: Moment) -> Checkpoint | None:
    """The latest checkpoint from which replaying these events and training leads to this moment."""
    best = None
    for one in past:
        done = len(one.events)
        last = (events[done].epoch, events[done].position) if done < len(events) else moment
        if one.events == events[:done] and (one.epoch, one.position) <= last:
            best = one
    return best


def check_events(origin: Experiment, experiment: Experiment, events: Iterable[Event], present: Moment) -> None:
    """Check that these events are possible in this order and lead from `origin` to `experiment`.

    Raises:
        ValueError: they are not; the message says why.
    """
    reason = _why_not(origin, experiment, events, present)
    if reason:
        raise ValueError(reason)


def _why_not(origin: Experiment, experiment: Experiment, events: Iterable[Event], present: Moment) -> str:
    moment = (0, 0)
    for event in events:
        if not moment <= (event.epoch, event.position):
            return "the events are out of order"
        moment = after(event)
        if isinstance(event, Changed):
            changed = _changed(origin, event)
            if changed is None:
                return "an event changes a setting that cannot change"
            origin = changed
        elif isinstance(event, Painted):
            origin = origin.replace(drawing=event.applied(origin.drawing))
        elif reason := _why_not_here(event, origin.layout):
            return reason
    if moment > present:
        return "an event is later than the run"
    return "" if origin == experiment else "the events do not lead to the experiment"


def _changed(experiment: Experiment, event: Changed) -> Experiment | None:
    """The experiment after the event; None if its weights could not have been kept."""
    if not set(event.after) <= set(KEEPS_WEIGHTS) or set(event.before) != set(event.after):
        return None
    changed = experiment.replace(**event.after)
    return changed if changed.layout == experiment.layout else None


def _why_not_here(event: WeightSet | BiasSet | ParametersSet | Frozen | Switched, layout: Layout) -> str:
    """Why this edit of parameters or neurons is not possible in this network; empty if it is."""
    if isinstance(event, ParametersSet):
        if len(event.values) != 8 * layout.count:
            return "an event sets another number of parameters than the network has"
        values = event.parameters
    else:
        if not _is_place(event, layout.sizes):
            return "an event names a neuron or weight that the network does not have"
        values = np.array([getattr(event, "value", 0.0)])
    return "" if np.isfinite(values).all() else "an event sets a parameter to a value that is not finite"


def _is_place(event: WeightSet | BiasSet | Frozen | Switched, sizes: tuple[int, ...]) -> bool:
    """Whether the network has the event's neuron or weight."""
    last = len(sizes) - 2 - isinstance(event, Switched)
    neuron = event.to if isinstance(event, WeightSet) else event.neuron
    if not 0 <= event.layer <= last or not 0 <= (neuron or 0) < sizes[event.layer + 1]:
        return False
    return not isinstance(event, WeightSet) or 0 <= event.source < sizes[event.layer]
