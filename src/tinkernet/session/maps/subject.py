"""What a map can show: a subject, which is plain data with pure functions."""

from collections.abc import Callable
from typing import Any, Protocol

from tinkernet.maps import Tile
from tinkernet.protocol.maps import AskMapCell, MapFact
from tinkernet.session.workspace import Workspace


class Subject(Protocol):
    """What a map shows. Two equal subjects have the same tiles."""

    def compute(self, tile: Tile, parent: Any) -> Any:
        """The results of a tile; `parent` are those of its parent, or None if they are not known."""

    def tile_frame(self, number: int, tile: Tile, found: Any) -> bytes:
        """The binary message with the results of a tile of the map with this number."""

    def look_closer(self, message: AskMapCell) -> Callable[[], Any]:
        """What computes one cell, in the background.

        Raises:
            ExperimentError: there is no such cell.
        """

    def cell_frame(self, message: AskMapCell, found: Any, workspace: Workspace) -> bytes:
        """The binary message with what `look_closer` has computed."""

    def fact(self) -> MapFact:
        """What the page is sent about it, without its progress."""
