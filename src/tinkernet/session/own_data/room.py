"""FileRoom: how much memory the files that are being read may take, for all sessions of a server together."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

MOST_BYTES = 1_500_000_000
"""For the files of all sessions, with what is made of them."""
SHARE = 6
"""A file, its rows and its data set take at most about so many times the file's size."""
STALE_SECONDS = 120.0
"""A file that was not used for so long makes room for another."""


class Holder(Protocol):
    """Who keeps a file."""

    def lose_room(self) -> None:
        """The room is given to another file: forget this one. Called from any thread."""


class FileRoom:
    """Who may keep a file. Safe to use from any thread."""

    def __init__(self, most: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._lock = threading.Lock()
        self._held: dict[Holder, tuple[int, float]] = {}

    @property
    def taken(self) -> int:
        """The bytes that are taken."""
        with self._lock:
            return sum(size for size, _ in self._held.values())

    def take(self, holder: Holder, size: int) -> bool:
        """Whether there is room for a file of this size, instead of any that the holder had before."""
        need, now = SHARE * size, self._clock()
        lost: list[Holder] = []
        with self._lock:
            self._held.pop(holder, None)
            free = self._most - sum(kept for kept, _ in self._held.values())
            stale = sorted(
                ((used, kept, one) for one, (kept, used) in self._held.items() if now - used > STALE_SECONDS),
                key=lambda entry: entry[0],
            )
            for _, kept, one in stale:
                if need <= free:
                    break
                del self._held[one]
                free += kept
                lost.append(one)
            fits = need <= free
            if fits:
                self._held[holder] = (need, now)
        for one in lost:
            one.lose_room()
        return fits

    def touch(self, holder: Holder) -> None:
        """The holder uses its file."""
        with self._lock:
            if holder in self._held:
                self._held[holder] = (self._held[holder][0], self._clock())

    def leave(self, holder: Holder) -> None:
        """The holder has forgotten its file."""
        with self._lock:
            self._held.pop(holder, None)
