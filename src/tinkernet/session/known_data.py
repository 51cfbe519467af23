"""KnownData: the data that people have brought to this server, by its digest. Links and saved sessions name it so."""

import contextlib
import threading
from collections import OrderedDict
from pathlib import Path

import msgspec

from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.files import put

MOST_SETS = 32
MOST_BYTES = 400_000_000
"""What is kept in memory, and as much in files; the data that was not used for the longest time goes first."""
SUFFIX = ".data"


class KnownData:
    """A person's own data by digest: in memory, and in a folder, if there is one, for the time after a restart.

    Safe to use from any thread. What cannot be written or read is as if it had not been there.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._sets: OrderedDict[str, Dataset] = OrderedDict()

    def remember(self, data: Dataset) -> None:
        """Keep this data."""
        with self._lock:
            known = data.digest in self._sets
            self._sets[data.digest] = data
            self._sets.move_to_end(data.digest)
            while len(self._sets) > MOST_SETS or (len(self._sets) > 1 and self._size() > MOST_BYTES):
                self._sets.popitem(last=False)
        if not known:
            self._write(data)

    def find(self, digest: str) -> Dataset | None:
        """The data with this digest; None where it is not known."""
        with self._lock:
            found = self._sets.get(digest)
        if found is None:
            found = self._read(digest)
            if found is not None:
                self.remember(found)
        return found

    def _size(self) -> int:
        return sum(_size_of(data) for data in self._sets.values())

    def _write(self, data: Dataset) -> None:
        if self._folder is None:
            return
        path = self._folder / f"{data.digest}{SUFFIX}"
        with contextlib.suppress(OSError):
            if path.exists():
                path.touch()
                return
            put(path, msgspec.msgpack.encode(data))
            self._prune()

    def _read(self, digest: str) -> Dataset | None:
        if self._folder is None or not digest.isalnum():
            return None
        try:
            raw = (self._folder / f"{digest}{SUFFIX}").read_bytes()
            data = msgspec.msgpack.decode(raw, type=Dataset)
        except (OSError, msgspec.MsgspecError, ExperimentError, RecursionError):
            return None
        return data if data.digest == digest else None

    def _prune(self) -> None:
        """Remove the oldest files of too many or too large ones."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            stats = [(path.stat(), path) for path in self._folder.glob(f"*{SUFFIX}")]
            total = 0
            for place, (stat, path) in enumerate(sorted(stats, key=lambda pair: -pair[0].st_mtime)):
                total += stat.st_size
                if place and (place >= MOST_SETS or total > MOST_BYTES):
                    path.unlink(missing_ok=True)


def _size_of(data: Dataset) -> int:
    # The scaled points are as large again.
    return 2 * sum(len(column.data) for column in data.columns) + len(data.target.data)
