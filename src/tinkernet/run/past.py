"""A run's past: a few checkpoints, from which every other moment is recomputed.

Training is deterministic, so moments between two checkpoints need not be stored. There are at most MOST_KEPT
checkpoints and at most LARGEST bytes, evenly spaced: when there are too many, the gap between them doubles until they
fit, and only the first of each gap is kept. So long runs stay small, and the distance from any moment to a checkpoint
is at most about a sixteenth of the run.
"""

from collections.abc import Iterator

from tinkernet.run.checkpoint import Checkpoint

MOST_KEPT = 64
LARGEST = 32 << 20


class Past:
    """Checkpoints of one run, oldest first. Immutable; adding a checkpoint creates a new past."""

    __slots__ = ("_gap", "_kept")

    def __init__(self, kept: tuple[Checkpoint, ...] = (), gap: int = 1) -> None:
        self._kept, self._gap = kept, gap

    def is_due(self, epoch: int) -> bool:
        """Whether the last checkpoint is old enough for another one."""
        return not self._kept or epoch // self._gap > self._kept[-1].epoch // self._gap

    def keeping(self, checkpoint: Checkpoint) -> "Past":
        """The past with one checkpoint added; others may be dropped, but never the first."""
        kept, gap = (*self._kept, checkpoint), self._gap
        room = max(1, min(MOST_KEPT, LARGEST // max(1, checkpoint.learner.size)))
        while len(kept) > room:
            if room == 1:
                return Past(kept[:1], gap)
            gap *= 2
            first_of_gap = {one.epoch // gap: one for one in reversed(kept)}
            kept = tuple(reversed(first_of_gap.values()))
        return Past(kept, gap)

    def until(self, checkpoint: Checkpoint) -> "Past":
        """The past up to and including this checkpoint."""
        return Past(self._kept[: self._kept.index(checkpoint) + 1], self._gap)

    def followed_by(self, later: "Past") -> "Past":
        """The past, extended by another one's checkpoints that are later than its last."""
        joined, last = self, self._kept[-1]
        for one in later:
            if (len(one.events), one.epoch, one.position) > (len(last.events), last.epoch, last.position):
                joined = joined.keeping(one)
        return joined

    @property
    def size(self) -> int:
        """The size of all checkpoints in bytes."""
        return sum(one.learner.size for one in self._kept)

    def __iter__(self) -> Iterator[Checkpoint]:
        """All checkpoints, oldest first."""
        return iter(self._kept)

    def __len__(self) -> int:
        """The number of checkpoints."""
        return len(self._kept)
