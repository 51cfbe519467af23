"""A run's past: a few checkpoints, from which every other moment is computed again.

Training is deterministic, so a moment between two checkpoints needs no room of its own. There are at most MOST_KEPT of
them and at most LARGEST bytes, spread evenly: when there would be more, the gap between them doubles until they fit,
and of each gap only the first stays. So hours of play stay small, and any moment is at most about a sixteenth of the
run away from a checkpoint.
"""

from collections.abc import Iterator

from tinkernet.run.checkpoint import Checkpoint

MOST_KEPT = 64
LARGEST = 32 << 20


class Past:
    """Checkpoints of one run, oldest first. It never changes; keeping another one makes another past."""

    __slots__ = ("_gap", "_kept")

    def __init__(self, kept: tuple[Checkpoint, ...] = (), gap: int = 1) -> None:
        self._kept, self._gap = kept, gap

    def is_due(self, epoch: int) -> bool:
        """Whether so much has happened since the last checkpoint that another one is wanted."""
        return not self._kept or epoch // self._gap > self._kept[-1].epoch // self._gap

    def keeping(self, checkpoint: Checkpoint) -> "Past":
        """The past with one more; others may have to go. The first one, the beginning, always stays."""
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
        """The past with this one as its last."""
        return Past(self._kept[: self._kept.index(checkpoint) + 1], self._gap)

    def followed_by(self, later: "Past") -> "Past":
        """The past with those of another one that are later than its last."""
        joined, last = self, self._kept[-1]
        for one in later:
            if (len(one.events), one.epoch, one.position) > (len(last.events), last.epoch, last.position):
                joined = joined.keeping(one)
        return joined

    @property
    def size(self) -> int:
        """How many bytes the checkpoints take."""
        return sum(one.learner.size for one in self._kept)

    def __iter__(self) -> Iterator[Checkpoint]:
        """All of them, oldest first."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)
