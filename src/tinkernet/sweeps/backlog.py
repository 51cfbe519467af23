"""The blocks of a sweep that are still to be computed: one after the other, with pauses, and perhaps an early end."""

import threading
from collections.abc import Iterable


class Backlog:
    """Blocks that several threads take from; it can be paused, and ended before all are taken."""

    def __init__(self, blocks: Iterable[int]) -> None:
        self._blocks = iter(blocks)
        self._changed = threading.Condition()
        self._paused = self._ended = False

    @property
    def paused(self) -> bool:
        """Whether no block can be taken for now."""
        return self._paused

    @property
    def ended(self) -> bool:
        """Whether it was ended: no further block will be taken."""
        return self._ended

    def take(self, *, wait: bool = True) -> int | None:
        """The next block, during a pause after waiting for its end; None if there is none, or none without waiting."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._ended or not self._paused)
            return None if self._ended or self._paused else next(self._blocks, None)

    def pause(self, *, paused: bool) -> None:
        """Begin or end a pause."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody take another block."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
