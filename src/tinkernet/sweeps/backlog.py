"""The blocks of a sweep that are still to be computed: one after the other, with pauses, and perhaps an early end."""

import threading
from collections.abc import Iterable

import msgspec

from tinkernet.sweeps.choices import Choices


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A block to compute: its number, and of an adaptive design what was chosen for each of its runs."""

    block: int
    chosen: tuple[Choices, ...] | None = None


class Backlog:
    """Tasks that several threads take from; it can be paused, and ended before all are taken.

    With `more`, others will be added when the results of these are there.
    """

    def __init__(self, tasks: Iterable[Task], *, more: bool = False) -> None:
        self._tasks, self._more = iter(tasks), more
        self._changed = threading.Condition()
        self._paused = self._ended = False

    @property
    def paused(self) -> bool:
        """Whether no task can be taken for now."""
        return self._paused

    @property
    def ended(self) -> bool:
        """Whether it was ended: no further task will be taken."""
        return self._ended

    def take(self, *, wait: bool = True) -> Task | None:
        """The next task, after waiting for the end of a pause or for more; None if there is none, or not yet.

        Without `wait`, None may also mean that there will be one later.
        """
        with self._changed:
            while not self._ended:
                if not self._paused:
                    task = next(self._tasks, None)
                    if task is not None or not self._more:
                        return task
                if not wait:
                    return None
                self._changed.wait()
            return None

    def add(self, tasks: Iterable[Task], *, more: bool) -> None:
        """Add tasks once all others are taken, and say whether there will be more."""
        with self._changed:
            self._tasks, self._more = iter(tasks), more
            self._changed.notify_all()

    def pause(self, *, paused: bool) -> None:
        """Begin or end a pause."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody take another task."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
