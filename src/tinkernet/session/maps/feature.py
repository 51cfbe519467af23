"""The handlers for maps, and the messages about them. Tiles are computed beside the session's turns."""

import math
from collections.abc import Callable
from typing import Any, Self

import msgspec
from msgspec import structs

from tinkernet import engine
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.maps import SIDE, Tile
from tinkernet.protocol import facts
from tinkernet.protocol.maps import (
    AskMapCell,
    CloseMap,
    LookAtMap,
    MapFact,
    OpenEdge,
    OpenMap,
    OpenMapCell,
    PauseMap,
)
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.maps.edge_map import EdgeMap, edge_fact
from tinkernet.session.maps.settings_map import CellRun, SettingsMap
from tinkernet.session.maps.speed import Speed
from tinkernet.session.maps.subject import Subject
from tinkernet.session.maps.tiles import MapTiles
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace

REPORT_SECONDS = 0.2
"""The minimum time between two reports of progress."""


class TileReady(msgspec.Struct, frozen=True):
    """A tile of the map with this number; None if computing it failed."""

    number: int
    tile: Tile
    found: Any


class CellReady(msgspec.Struct, frozen=True):
    """A cell of the map with this number that was looked at; None if computing it failed."""

    number: int
    asked: AskMapCell
    found: Any


class RunReady(msgspec.Struct, frozen=True):
    """The run in a cell, which becomes the current one; None if training it failed."""

    found: CellRun | None


class Maps(SessionFeature):
    """A session's map, if there is one."""

    def __init__(self, workspace: Workspace, undo: UndoHistory, host: Host, notify: Notify) -> None:
        self._workspace, self._undo, self._host, self._notify = workspace, undo, host, notify
        self._tiles: MapTiles | None = None
        self._numbers = 0
        self._open = self._paused = self._changed = False
        self._reported = -math.inf
        self._speed = Speed()
        self._asked: AskMapCell | None = None
        """The latest request to look closer, while another one is answered."""
        self._asking = False
        self._experiment: Experiment | None = None
        """That of the last map of two settings."""
        self._opened: Experiment | None = None
        """The experiment of the run that was opened last."""

    def handlers(self) -> Handlers:
        return {
            OpenMap: self._begin,
            OpenEdge: self._begin_edge,
            LookAtMap: self._look,
            PauseMap: self._pause,
            CloseMap: self._close,
            AskMapCell: self._ask,
            OpenMapCell: self._open_run,
            TileReady: self._ready,
            CellReady: self._cell_ready,
            RunReady: self._run_ready,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: a map stays with the session that has asked for it."""

    def page_attached(self) -> None:
        self._open = False

    def page_detached(self) -> None:
        self._open = False

    # --- The map ---------------------------------------------------------------

    def _begin(self, message: OpenMap) -> None:
        """Open a map of two settings; the same one as before keeps what is known of it."""
        present = self._workspace.present.experiment
        experiment = present if self._experiment is None or message.renew else self._experiment
        asked = MapFact(number=0, x=message.x, y=message.y, epochs=message.epochs, goal=message.goal)
        if self._show(lambda: SettingsMap.asked(message, experiment), asked):
            self._experiment = experiment

    def _begin_edge(self, message: OpenEdge) -> None:
        """Open the map of the edge of trainability."""
        self._show(lambda: EdgeMap.asked(message), edge_fact(message.width, message.steps))

    def _show(self, subject_of: Callable[[], Subject], asked: MapFact) -> bool:
        """Show a subject, or say why there is no such map; the same subject keeps its tiles."""
        try:
            subject = subject_of()
        except ExperimentError as error:
            self._open = False
            self._workspace.post(structs.replace(asked, refusal=str(error)))
            return False
        if self._tiles is None or self._tiles.subject != subject:
            self._numbers += 1
            self._tiles = MapTiles(self._numbers, subject)
        self._tiles.forget_sent()
        self._open, self._paused, self._asked = True, False, None
        self._report_soon()
        return True

    def _look(self, message: LookAtMap) -> None:
        tiles = self._tiles
        if tiles is None or not self._open:
            return
        for tile in tiles.look(message):
            found = tiles.get(tile)
            if found is not None:
                self._send(tiles, tile, found)
        self._report_soon()
        self._fill()

    def _pause(self, message: PauseMap) -> None:
        self._paused = message.on
        self._speed.forget()
        self._report_soon()
        self._fill()

    def _close(self, _message: CloseMap) -> None:
        self._open, self._asked = False, None

    def _fill(self) -> None:
        """Have tiles computed, on all threads; on one while the run trains."""
        tiles = self._tiles
        if tiles is None or not self._open or self._paused or self._workspace.page is None:
            return
        most = 1 if self._workspace.playing or not engine.compiled_ready() else self._host.threads
        while tiles.under_way < most and (found := tiles.next()) is not None:
            self._compute(tiles, *found)

    def _compute(self, tiles: MapTiles, tile: Tile, parent: Any) -> None:
        number, subject = tiles.number, tiles.subject

        def computed() -> TileReady:
            engine.wait_until_loaded()
            return TileReady(number, tile, subject.compute(tile, parent))

        self._host.compute(computed, TileReady(number, tile, None), self._notify, long=True)

    def _ready(self, message: TileReady) -> None:
        tiles = self._tiles
        if tiles is None or tiles.number != message.number:
            self._fill()
            return
        if message.found is None:
            tiles.give_back(message.tile)
            self._paused = True
            self._report_soon()
            raise IntentionError(sentences.INTERNAL_ERROR)
        parent = message.tile.parent
        known = parent is not None and tiles.get(parent) is not None
        self._speed.add(self._workspace.clock(), SIDE * SIDE * 3 // 4 if known else SIDE * SIDE)
        tiles.add(message.tile, message.found)
        if self._open:
            self._send(tiles, message.tile, message.found)
        self._changed = True
        self._fill()

    def _send(self, tiles: MapTiles, tile: Tile, found: Any) -> None:
        page = self._workspace.page
        if page is not None:
            tiles.note_sent(tile)
            page.post(tiles.subject.tile_frame(tiles.number, tile, found))

    # --- A cell ----------------------------------------------------------------

    def _ask(self, message: AskMapCell) -> None:
        """Look closer at a cell; one at a time, and the latest request wins."""
        if self._asking:
            self._asked = message
            return
        tiles = self._of_map()
        work = tiles.subject.look_closer(message)
        self._host.compute(
            lambda: CellReady(tiles.number, message, work()), CellReady(tiles.number, message, None), self._notify
        )
        self._asking = True

    def _cell_ready(self, message: CellReady) -> None:
        self._asking = False
        asked, self._asked = self._asked, None
        tiles, page = self._tiles, self._workspace.page
        if tiles is None or tiles.number != message.number:
            return
        if asked is not None:
            self._ask(asked)
        if message.found is None:
            raise IntentionError(sentences.INTERNAL_ERROR)
        if page is not None:
            page.post(tiles.subject.cell_frame(message.asked, message.found, self._workspace))

    def _open_run(self, message: OpenMapCell) -> None:
        """Train the run in a cell in the background; it becomes the current one."""
        subject = self._of_map().subject
        if not isinstance(subject, SettingsMap):
            raise IntentionError(sentences.NO_RUN_TO_OPEN)
        work = subject.look_closer(message)
        self._host.compute(lambda: RunReady(work()), RunReady(None), self._notify)

    def _run_ready(self, message: RunReady) -> None:
        if message.found is None:
            raise IntentionError(sentences.INTERNAL_ERROR)
        run = message.found.run
        self._opened = run.experiment
        self._undo.restart(sentences.OPEN_MAP_CELL, run, self._workspace.view_of(run.experiment))

    def _of_map(self) -> MapTiles:
        if self._tiles is None:
            raise IntentionError(sentences.NO_MAP)
        return self._tiles

    # --- What the page is sent -------------------------------------------------

    def _report_soon(self) -> None:
        self._changed, self._reported = True, -math.inf

    def due(self) -> float | None:
        return self._reported + REPORT_SECONDS if self._changed and self._open else None

    def report(self, page: Page) -> None:
        """Send the progress."""
        tiles, due = self._tiles, self.due()
        now = self._workspace.clock()
        if tiles is None or due is None or now < due:
            return
        self._changed, self._reported = False, now
        (done, wanted), present = tiles.progress, self._workspace.present.experiment
        page.post(
            facts.text(
                structs.replace(
                    tiles.subject.fact(),
                    number=tiles.number,
                    current=isinstance(tiles.subject, EdgeMap) or present in (self._experiment, self._opened),
                    wanted=wanted,
                    done=done,
                    paused=self._paused,
                    per_second=self._speed.per_second,
                )
            )
        )
