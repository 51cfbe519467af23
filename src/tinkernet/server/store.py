"""Store: what is kept of each session on disk, so that a page finds its run again after the server was killed."""

import contextlib
import hashlib
import time
from pathlib import Path

from tinkernet.files import put
from tinkernet.session.known_data import SUFFIX, KnownData
from tinkernet.session.restoring import Saved

KEPT_SECONDS = 12 * 3600.0
MOST_FILES = 256
LARGEST_BYTES = 4 << 20
"""A session with more edits than that is not kept."""


class Store:
    """A folder with a small file for each session. What cannot be written or read is as if it had not been there."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.known = KnownData(folder)
        """The data of people's own, which saved sessions name."""
        with contextlib.suppress(OSError):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._prune()

    def save(self, name: str, saved: Saved) -> None:
        """Keep this for the session of this name, completely, or keep what was there."""
        if self._folder is None or len(content := saved.encode()) > LARGEST_BYTES:
            return
        with contextlib.suppress(OSError):
            put(self._path(self._folder, name), content)

    def load(self, name: str) -> Saved | None:
        """What was kept for this session; None where nothing was, or nothing that can be used."""
        if self._folder is None:
            return None
        try:
            path = self._path(self._folder, name)
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                return None
            with path.open("rb") as file:
                return Saved.decode(file.read(LARGEST_BYTES + 1), self.known.find)
        except (OSError, ValueError):
            return None

    def remove(self, name: str) -> None:
        """Forget this session."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._path(self._folder, name).unlink(missing_ok=True)

    def _prune(self) -> None:
        """Remove files that are too old, and the oldest of too many."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            ages = sorted(
                ((path.stat().st_mtime, path) for path in self._folder.iterdir() if path.suffix != SUFFIX), reverse=True
            )
            for place, (written, path) in enumerate(ages):
                if place >= MOST_FILES or time.time() - written > KEPT_SECONDS:
                    path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        # The name opens the session: a reader of the folder's listing must not learn it. A digest is a safe file name.
        return folder / f"{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}.json"
