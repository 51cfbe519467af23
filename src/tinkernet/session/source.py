"""Source: a program that trains the network which a session shows, and what it says of the network."""

from collections.abc import Callable
from typing import Protocol

import msgspec
from numpy import ndarray

from tinkernet.run.observed import ObservedRun


class Observed(msgspec.Struct, frozen=True):
    """The network after a step: its parameters as those of `base`, which is the run before the first step.

    `seconds` is how long copying kept the program waiting.
    """

    base: ObservedRun
    parameters: ndarray
    step: int
    seconds: float


class Lost(msgspec.Struct, frozen=True):
    """The network can no longer be shown, for this reason: one sentence."""

    reason: str


Notify = Callable[[Observed | Lost], None]


class Source(Protocol):
    """A program that trains a network. Its methods may be called from any thread."""

    @property
    def base(self) -> ObservedRun | None:
        """The run before the first step of the network that is trained now."""

    def want(self, notify: Notify) -> None:
        """Call this with the network after the program's next step."""

    def look(self, notify: Notify) -> None:
        """Call this with the network as it is now."""
