"""A run's past: a few checkpoints, from which every other moment is computed again.

Training is deterministic, so a moment between two checkpoints needs no room of its own. There are at most MOST of them
and at most LARGEST bytes; when there would be more, every other one goes and the gaps double. So hours of play stay
small, and any moment is at most one gap of training away.
"""

from collections.abc import Iterator

from tinkernet.run.checkpoint import Checkpoint

MOST = 64
LARGEST = 32 << 20


class Past:
    """Checkpoints of one run, oldest first."""

    def __init__(self) -> None:
        self._kept: list[Checkpoint] = []
        self._gap = 1

    def is_due(self, epoch: int) -> bool:
        """Whether so much has happened since the last checkpoint that another one is wanted."""
        return not self._kept or epoch >= self._kept[-1].epoch + self._gap

    def keep(self, checkpoint: Checkpoint) -> None:
        """Add one; others may have to go. The first one, the beginning, always stays."""
        self._kept.append(checkpoint)
        while len(self._kept) > 1 and (len(self._kept) > MOST or self.size > LARGEST):
            self._gap *= 2
            self._kept = self._kept[::2] if len(self._kept) > 2 else self._kept[:1]

    def before(self, epoch: int, position: int) -> list[Checkpoint]:
        """The checkpoints that are not later than this moment, the latest first."""
        return [one for one in reversed(self._kept) if (one.epoch, one.position) <= (epoch, position)]

    def until(self, epoch: int) -> "Past":
        """Another past, with what is not later than this epoch."""
        cut = Past()
        cut._gap = self._gap
        cut._kept = [one for one in self._kept if one.epoch <= epoch]
        return cut

    @property
    def size(self) -> int:
        """How many bytes the checkpoints take, histories aside, which they share."""
        return sum(one.learner.size for one in self._kept)

    def __iter__(self) -> Iterator[Checkpoint]:
        """All of them, oldest first."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)
