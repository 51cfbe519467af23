"""What the server writes to the terminal: no token, and each kind of trouble at most once a minute."""

import logging
import re
import time
from collections.abc import Callable

TOKEN = re.compile(r"(token=)[^\s&\"']+")
SECONDS_BETWEEN = 60.0
"""Between two records of one kind."""
MOST_KINDS = 256
"""Kinds of record that are counted separately; a log with more is started afresh, so that this table stays small."""


class MaskToken(logging.Filter):
    """Keeps the token out of whatever is logged: people paste logs into bug reports."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask it, and let the record pass."""
        message = record.getMessage()
        if "token=" in message:
            record.msg, record.args = TOKEN.sub(r"\1***", message), None
        return True


class OncePerMinute(logging.Filter):
    """Lets one record of each kind through per minute, with the number of those that were held back before it.

    Anyone who can connect can cause a warning, so without this a flood of connections fills the disk. The kind of a
    record is its logger, level, exception and the first line of its message before values are filled in: asyncio puts
    addresses and descriptors, which differ each time, on later lines.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write this record."""
        exception = record.exc_info[0] if record.exc_info else None
        kind = (record.name, record.levelno, exception, str(record.msg).partition("\n")[0])
        now = self._clock()
        if len(self._kinds) >= MOST_KINDS and kind not in self._kinds:
            self._kinds.clear()
        written, held_back = self._kinds.get(kind, (-SECONDS_BETWEEN, 0))
        if now - written < SECONDS_BETWEEN:
            self._kinds[kind] = (written, held_back + 1)
            return False
        self._kinds[kind] = (now, 0)
        if held_back:
            record.msg = f"{record.getMessage().rstrip()} ({held_back} more like this since the last one)"
            record.args = None
        return True


def make_handler() -> logging.Handler:
    """A handler that writes to the terminal through both filters."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(OncePerMinute())
    handler.addFilter(MaskToken())
    return handler
