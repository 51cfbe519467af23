"""What the view of a sweep in a notebook and the kernel say to each other."""

from typing import Annotated, Literal

from msgspec import Meta

from tinkernet.protocol.message import Message
from tinkernet.sweeps.progress import Phase

MOST_LETTERS = 200
"""Of a name, of a value, and of the text of an error."""
MOST_SETTINGS = 32

Short = Annotated[str, Meta(max_length=MOST_LETTERS)]


class SweepValue(Message, frozen=True):
    """A setting of the best run, as it is shown."""

    name: Short
    value: Short


class SweepProgress(Message, frozen=True):
    """How far a sweep is."""

    phase: Phase
    settings: Annotated[list[Short], Meta(max_length=MOST_SETTINGS)]
    """The settings that vary."""
    done: int
    runs: int
    kept: int
    """How many of the runs were in its folder when it was resumed."""
    per_second: float | None
    """None before the first run is completed."""
    seconds_left: float | None
    lowest_loss: float | None
    """Of the runs that were completed since it was begun or resumed; None without one whose loss is a number."""
    best: Annotated[list[SweepValue], Meta(max_length=MOST_SETTINGS)]
    """The settings of that run."""
    error: Short
    """Why it has failed; empty otherwise."""


class SweepRequest(Message, frozen=True):
    """What a view asks of the kernel; a ping is answered, so that the view knows that there is a kernel."""

    kind: Literal["ping", "pause", "continue", "stop"]
