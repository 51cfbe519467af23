"""The losses after every epoch; in very long runs after every second one, every fourth one, and so on."""

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
    """A run's losses, one row per kept epoch. It is immutable; training creates a new one.

    It keeps the epochs that are multiples of `stride`, which doubles when there are more than `most`. It is a sequence
    of named tuples, so that `pandas.DataFrame(run.history)` and `polars.DataFrame(run.history)` work.
    """

    __slots__ = ("_count", "_most", "_owned", "_rows", "stride")

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self.stride = 1
        self._most = most
        self._count = 0
        self._rows = np.empty((FIRST_ROOM, 3))
        self._owned = True
        """Whether this history may write to the unused capacity of the array."""

    @classmethod
    def of(cls, rows: Float64[ndarray, "n 3"], stride: int) -> "History":
        """The history with these rows (epoch, training loss, test loss), where `stride` is the distance of epochs.

        Raises:
            ValueError: the rows are invalid.
        """
        epochs = rows[:, 0]
        if len(rows) > MOST_KEPT or np.any(epochs % stride) or np.any(np.diff(epochs) <= 0) or np.any(epochs < 0):
            message = "the history is invalid"
            raise ValueError(message)
        history = cls()
        history.stride, history._count, history._rows, history._owned = stride, len(rows), rows.copy(), False
        return history

    # --- Reading ---------------------------------------------------------------

    def __len__(self) -> int:
        """The number of kept epochs."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> HistoryRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[HistoryRow]: ...
    def __getitem__(self, place: int | slice) -> HistoryRow | list[HistoryRow]:
        """One row, or a list of rows."""
        rows = self._rows[: self._count][place]
        if isinstance(place, slice):
            return [_row(row) for row in rows.tolist()]
        return _row(rows.tolist())

    def __iter__(self) -> Iterator[HistoryRow]:
        """All rows in order of epoch."""
        return map(_row, self._rows[: self._count].tolist())

    @property
    def epochs(self) -> Int64[ndarray, " n"]:
        """The kept epochs, starting with 0: shape (kept,)."""
        return self._rows[: self._count, 0].astype(np.int64)

    @property
    def train_loss(self) -> Float64[ndarray, " n"]:
        """The training loss after each kept epoch: shape (kept,)."""
        return self._rows[: self._count, 1].copy()

    @property
    def test_loss(self) -> Float64[ndarray, " n"]:
        """The test loss after each kept epoch: shape (kept,)."""
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

    # --- Extending -------------------------------------------------------------

    def extended(self, first: int, losses: Float64[ndarray, "epochs 2"]) -> "History":
        """A new history with the losses of consecutive epochs appended, starting with epoch `first`.

        The two share their rows: only unused capacity is written to, so a run that is interrupted in the middle keeps
        its history unchanged.
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
        # The unused capacity now belongs to the longer history; extending this one again makes a copy.
        self._owned = False
        rows = longer._rows[longer._count : needed]
        rows[:, 0] = np.arange(first + kept.start, first + len(losses), longer.stride)
        rows[:, 1:] = losses[kept.start :: longer.stride]
        longer._count = needed
        return longer

    def until(self, epoch: int) -> "History":
        """A new history that ends with this epoch."""
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
