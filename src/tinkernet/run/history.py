"""Both losses after every epoch; of very long runs every other one, every fourth one, and so on."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64

MOST_KEPT = 100_000
FIRST_ROOM = 256


class HistoryRow(NamedTuple):
    """Both losses after one epoch."""

    epoch: int
    train_loss: float
    test_loss: float


class History(Sequence[HistoryRow]):
    """A run's losses, a row for each epoch that is kept. It never changes; training makes another one.

    It keeps the epochs that are multiples of `stride`, which doubles when there are too many. As a sequence of named
    rows it goes into a data frame in one call: `pandas.DataFrame(run.history)`, `polars.DataFrame(run.history)`.
    """

    __slots__ = ("_count", "_most", "_owned", "_rows", "stride")

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self.stride = 1
        self._most = most
        self._count = 0
        self._rows = np.empty((FIRST_ROOM, 3))
        self._owned = True
        """Whether the room behind the rows is this one's to write to."""

    @classmethod
    def of(cls, rows: Float64[ndarray, "n 3"], stride: int) -> "History":
        """The history of these rows (epoch, training loss, test loss); ValueError where they can't be one."""
        epochs = rows[:, 0]
        if len(rows) > MOST_KEPT or np.any(epochs % stride) or np.any(np.diff(epochs) <= 0) or np.any(epochs < 0):
            message = "the history is not one that a run can have"
            raise ValueError(message)
        history = cls()
        history.stride, history._count, history._rows, history._owned = stride, len(rows), rows.copy(), False
        return history

    # --- Reading ---------------------------------------------------------------

    def __len__(self) -> int:
        """How many epochs are kept."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> HistoryRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[HistoryRow]: ...
    def __getitem__(self, place: int | slice) -> HistoryRow | list[HistoryRow]:
        """One row, or several."""
        rows = self._rows[: self._count][place]
        if isinstance(place, slice):
            return [_row(row) for row in rows.tolist()]
        return _row(rows.tolist())

    def __iter__(self) -> Iterator[HistoryRow]:
        """All rows, the first epoch first."""
        return map(_row, self._rows[: self._count].tolist())

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
        start = bisect_right(self._rows[: self._count, 0], epoch)
        return self._rows[start : self._count].copy()

    def __repr__(self) -> str:
        if not self._count:
            return "History(no epochs)"
        last = self[-1]
        return (
            f"History({self._count:,} epochs up to {last.epoch:,}, "
            f"training loss {last.train_loss:.4g}, test loss {last.test_loss:.4g})"
        )

    # --- Going on --------------------------------------------------------------

    def extended(self, first: int, losses: Float64[ndarray, "epochs 2"]) -> "History":
        """Another history, with the losses of consecutive epochs added, the first of which is `first`.

        The rows are shared: only rows that nobody has seen yet are written. So a run that is interrupted in the middle
        still has the history that it had.
        """
        longer = self._with(self._rows, self._count, self.stride, owned=self._owned)
        while True:
            kept = range(-first % longer.stride, len(losses), longer.stride)
            needed = longer._count + len(kept)
            if needed <= self._most:
                break
            longer._thin()
        if not longer._owned or needed > len(longer._rows):
            grown = np.empty((max(needed, 2 * longer._count, FIRST_ROOM), 3))
            grown[: longer._count] = longer._rows[: longer._count]
            longer._rows, longer._owned = grown, True
        # From here on the room behind the rows is the longer one's: of two that go on from here, one has to copy.
        self._owned = False
        rows = longer._rows[longer._count : needed]
        rows[:, 0] = np.arange(first + kept.start, first + len(losses), longer.stride)
        rows[:, 1:] = losses[kept.start :: longer.stride]
        longer._count = needed
        return longer

    def until(self, epoch: int) -> "History":
        """Another history that ends with this epoch."""
        count = bisect_right(self._rows[: self._count, 0], epoch)
        return self._with(self._rows, count, self.stride, owned=False)

    def _with(self, rows: ndarray, count: int, stride: int, *, owned: bool) -> "History":
        other = History.__new__(History)
        other._rows, other._count, other._owned = rows, count, owned
        other.stride, other._most = stride, self._most
        return other

    def _thin(self) -> None:
        self.stride *= 2
        rows = self._rows[: self._count]
        self._rows = rows[rows[:, 0] % self.stride == 0]
        self._count = len(self._rows)
        self._owned = False


def _row(values: list[float]) -> HistoryRow:
    return HistoryRow(int(values[0]), values[1], values[2])
