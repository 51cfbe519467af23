"""The tiles of a session's map: which are known, which are wanted next, and which are being computed."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Any

from tinkernet.maps import FIRST_LEVEL, SIDE, Tile
from tinkernet.protocol.maps import LookAtMap
from tinkernet.session.maps.subject import Subject

MOST_KEPT = 8192
"""Tiles, of 5 kB each; those that were looked at longest ago are dropped first."""
MOST_WANTED = 16_384
"""Tiles of the finest level in sight."""
COARSE_TILES = 2
"""The first level to be computed has about so many tiles along the longer side of what is in sight."""


class MapTiles:
    """The state of a map. Used in one thread at a time."""

    def __init__(self, number: int, subject: Subject) -> None:
        self.number, self.subject = number, subject
        self._kept: OrderedDict[Tile, Any] = OrderedDict()
        self._waiting: deque[Tile] = deque()
        self._under_way: set[Tile] = set()
        self._sent: set[Tile] = set()
        """What the page has."""
        self.wanted: tuple[Tile, ...] = ()
        """All tiles of what is in sight, coarse to fine."""

    def get(self, tile: Tile) -> Any:
        """The results of a tile; None if they are not known."""
        found = self._kept.get(tile)
        if found is not None:
            self._kept.move_to_end(tile)
        return found

    def look(self, message: LookAtMap) -> tuple[Tile, ...]:
        """Want what is in sight, and nothing else; returns the tiles of it that are known, but not to the page."""
        self.wanted = tuple(in_sight(message))
        new = [tile for tile in self.wanted if tile not in self._sent]
        known = tuple(tile for tile in new if self.get(tile) is not None)
        self._waiting = deque(tile for tile in new if tile not in self._kept and tile not in self._under_way)
        return known

    def note_sent(self, tile: Tile) -> None:
        """The page has this tile now."""
        self._sent.add(tile)

    def forget_sent(self) -> None:
        """The page has none."""
        self._sent.clear()

    def next(self) -> tuple[Tile, Any] | None:
        """The tile to compute next, with what is known of its parent."""
        if not self._waiting:
            return None
        tile = self._waiting.popleft()
        self._under_way.add(tile)
        return tile, None if tile.parent is None else self.get(tile.parent)

    def add(self, tile: Tile, found: Any) -> None:
        """Keep the results of a tile."""
        self._under_way.discard(tile)
        self._kept[tile] = found
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def give_back(self, tile: Tile) -> None:
        """A tile could not be computed: it is the next one again."""
        self._under_way.discard(tile)
        self._waiting.appendleft(tile)

    @property
    def under_way(self) -> int:
        """How many tiles are being computed."""
        return len(self._under_way)

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the wanted cells the page has, and how many are wanted; those of a coarser level count once."""
        first = self.wanted[0].level if self.wanted else 0
        cells = [(tile in self._sent, SIDE * SIDE * (4 if tile.level == first else 3) // 4) for tile in self.wanted]
        return sum(count for sent, count in cells if sent), sum(count for _, count in cells)


def in_sight(message: LookAtMap) -> Iterator[Tile]:
    """The tiles in sight, from a level with few of them to the one that is asked for, the middle first."""
    columns, rows = max(0, message.right - message.left), max(0, message.top - message.bottom)
    if columns * rows > MOST_WANTED:
        return
    coarser = max(0, (max(columns, rows) // COARSE_TILES).bit_length() - 1)
    for level in range(max(FIRST_LEVEL, message.level - coarser), message.level + 1):
        yield from _of_level(message, level)


def _of_level(message: LookAtMap, level: int) -> list[Tile]:
    """The tiles of a level in sight, the middle first."""
    shift, last = message.level - level, 1 << level - FIRST_LEVEL
    columns = range(message.left >> shift, min(last, (message.right - 1 >> shift) + 1))
    rows = range(message.bottom >> shift, min(last, (message.top - 1 >> shift) + 1))
    middle = (columns.start + columns.stop - 1) / 2, (rows.start + rows.stop - 1) / 2
    tiles = [Tile(level, column, row) for column in columns for row in rows]
    return sorted(tiles, key=lambda tile: (tile.column - middle[0]) ** 2 + (tile.row - middle[1]) ** 2)
