"""Both losses after every epoch; of very long runs every other one, every fourth one, and so on."""

import numpy as np
from jaxtyping import Float64, Int64
from numpy import ndarray

MOST_KEPT = 100_000


class History:
    """A run's losses. It keeps the epochs that are multiples of `stride`, which doubles when there are too many."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self.stride = 1
        self._most = most
        self._count = 0
        self._rows = np.empty((256, 3))

    @classmethod
    def of(cls, rows: Float64[ndarray, "n 3"], stride: int) -> "History":
        """The history of these rows (epoch, training loss, test loss); ValueError where they can't be one."""
        epochs = rows[:, 0]
        if len(rows) > MOST_KEPT or np.any(epochs % stride) or np.any(np.diff(epochs) <= 0) or np.any(epochs < 0):
            message = "the history is not one that a run can have"
            raise ValueError(message)
        history = cls()
        history.stride, history._count, history._rows = stride, len(rows), rows.copy()
        return history

    def __len__(self) -> int:
        """How many epochs are kept."""
        return self._count

    @property
    def epochs(self) -> Int64[ndarray, " n"]:
        """The epochs that are kept, from 0 on."""
        return self._rows[: self._count, 0].astype(np.int64)

    @property
    def train_loss(self) -> Float64[ndarray, " n"]:
        """The training loss after each."""
        return self._rows[: self._count, 1].copy()

    @property
    def test_loss(self) -> Float64[ndarray, " n"]:
        """The test loss after each."""
        return self._rows[: self._count, 2].copy()

    def since(self, epoch: int) -> Float64[ndarray, "n 3"]:
        """Rows (epoch, training loss, test loss) of the kept epochs after this one."""
        start = int(np.searchsorted(self._rows[: self._count, 0], epoch, side="right"))
        return self._rows[start : self._count].copy()

    def append(self, first: int, losses: Float64[ndarray, "epochs 2"]) -> None:
        """Add the losses of consecutive epochs, the first of which is `first`."""
        epochs = np.arange(first, first + len(losses))
        while True:
            kept = epochs % self.stride == 0
            if self._count + np.count_nonzero(kept) <= self._most:
                break
            self._thin()
        rows = np.column_stack([epochs[kept], losses[kept]])
        needed = self._count + len(rows)
        if needed > len(self._rows):
            grown = np.empty((max(needed, 2 * len(self._rows)), 3))
            grown[: self._count] = self._rows[: self._count]
            self._rows = grown
        self._rows[self._count : needed] = rows
        self._count = needed

    def until(self, epoch: int) -> "History":
        """Another history that ends with this epoch."""
        cut = History(most=self._most)
        cut.stride = self.stride
        cut._count = int(np.searchsorted(self._rows[: self._count, 0], epoch, side="right"))
        cut._rows = self._rows[: max(cut._count, 1)].copy()
        return cut

    def _thin(self) -> None:
        self.stride *= 2
        rows = self._rows[: self._count]
        rows = rows[rows[:, 0] % self.stride == 0]
        self._count = len(rows)
        self._rows[: self._count] = rows
