"""The handlers for a map of two settings, and the messages about it. Tiles are computed beside the session's turns."""

import math
from typing import Self

import msgspec

from tinkernet import engine
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.maps import SIDE, Cells, MapAxis, MapPlan, Tile, compute
from tinkernet.maps.tiles import values_at
from tinkernet.protocol import facts, frames
from tinkernet.protocol.maps import (
    AskMapCell,
    CloseMap,
    LookAtMap,
    MapAxisFact,
    MapFact,
    MapWeight,
    OpenMap,
    OpenMapCell,
    PauseMap,
)
from tinkernet.protocol.setting_words import experiment_in_words
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.maps.tiles import MapTiles
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace

REPORT_SECONDS = 0.2
"""The minimum time between two reports of progress."""
SPEED_SECONDS = 5.0
"""The runs per second are those of about so long."""


class TileReady(msgspec.Struct, frozen=True):
    """A tile of the map with this number; None if computing it failed."""

    number: int
    tile: Tile
    cells: Cells | None


class CellReady(msgspec.Struct, frozen=True):
    """The run in a cell of the map with this number; None if training it failed."""

    number: int
    request: int
    cells: int
    """Along a side of its picture; without one, it becomes the current run."""
    values: tuple[float, float]
    run: Run | None


class Maps(SessionFeature):
    """A session's map, if there is one."""

    def __init__(self, workspace: Workspace, undo: UndoHistory, host: Host, notify: Notify) -> None:
        self._workspace, self._undo, self._host, self._notify = workspace, undo, host, notify
        self._tiles: MapTiles | None = None
        self._numbers = 0
        self._open = self._paused = self._changed = False
        self._reported = -math.inf
        self._speed = _Speed()
        self._asked: AskMapCell | None = None
        """The latest request for a picture while another one is made."""
        self._asking = False
        self._opened: Experiment | None = None
        """The experiment of the run that was opened last."""

    def handlers(self) -> Handlers:
        return {
            OpenMap: self._begin,
            LookAtMap: self._look,
            PauseMap: self._pause,
            CloseMap: self._close,
            AskMapCell: self._ask,
            OpenMapCell: self._train,
            TileReady: self._ready,
            CellReady: self._cell_ready,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: a map stays with the session that has asked for it."""

    def page_attached(self) -> None:
        self._open = False

    def page_detached(self) -> None:
        self._open = False

    # --- The map ---------------------------------------------------------------

    def _begin(self, message: OpenMap) -> None:
        """Open a map; the same one as before keeps what is known of it."""
        present = self._workspace.present.experiment
        experiment = present if self._tiles is None or message.renew else self._tiles.plan.experiment
        try:
            plan = MapPlan(experiment, _axis(message.x), _axis(message.y), message.epochs, message.goal)
        except ExperimentError as error:
            self._open = False
            asked = MapFact(
                number=0, x=message.x, y=message.y, epochs=message.epochs, goal=message.goal, refusal=str(error)
            )
            self._workspace.post(asked)
            return
        if self._tiles is None or self._tiles.plan != plan:
            self._numbers += 1
            self._tiles = MapTiles(self._numbers, plan)
        self._tiles.forget_sent()
        self._open, self._paused, self._asked = True, False, None
        self._report_soon()

    def _look(self, message: LookAtMap) -> None:
        tiles = self._tiles
        if tiles is None or not self._open:
            return
        for tile in tiles.look(message):
            cells = tiles.get(tile)
            if cells is not None:
                self._send(tiles.number, tile, cells)
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

    def _compute(self, tiles: MapTiles, tile: Tile, parent: Cells | None) -> None:
        number, plan = tiles.number, tiles.plan
        self._host.compute(
            lambda: TileReady(number, tile, _computed(plan, tile, parent)),
            TileReady(number, tile, None),
            self._notify,
            long=True,
        )

    def _ready(self, message: TileReady) -> None:
        tiles = self._tiles
        if tiles is None or tiles.number != message.number:
            self._fill()
            return
        if message.cells is None:
            tiles.give_back(message.tile)
            self._paused = True
            self._report_soon()
            raise IntentionError(sentences.INTERNAL_ERROR)
        parent = message.tile.parent
        known = parent is not None and tiles.get(parent) is not None
        self._speed.add(self._workspace.clock(), SIDE * SIDE * 3 // 4 if known else SIDE * SIDE)
        tiles.add(message.tile, message.cells)
        if self._open:
            self._send(tiles.number, message.tile, message.cells)
        self._changed = True
        self._fill()

    def _send(self, number: int, tile: Tile, cells: Cells) -> None:
        page, tiles = self._workspace.page, self._tiles
        if page is not None and tiles is not None:
            tiles.note_sent(tile)
            page.post(
                frames.MapTile(
                    map=number,
                    level=tile.level,
                    column=float(tile.column),
                    row=float(tile.row),
                    train_losses=cells.train_loss,
                    test_losses=cells.test_loss,
                    train_accuracies=cells.train_accuracy,
                    test_accuracies=cells.test_accuracy,
                    epochs=cells.epochs,
                    reasons=cells.reasons,
                ).pack()
            )

    # --- A cell ----------------------------------------------------------------

    def _ask(self, message: AskMapCell) -> None:
        """Make the picture of a run; one at a time, and the latest request wins."""
        if self._asking:
            self._asked = message
        else:
            self._train(message, request=message.request, cells=message.cells)
            self._asking = True

    def _train(self, message: AskMapCell | OpenMapCell, *, request: int = 0, cells: int = 0) -> None:
        """Train the run in a cell in the background; without cells for its picture, it becomes the current one."""
        if self._tiles is None:
            raise IntentionError(sentences.NO_MAP)
        number, plan = self._tiles.number, self._tiles.plan
        values = values_at(plan, message.level, message.column, message.row)
        epochs = min(message.epochs, plan.epochs)
        self._host.compute(
            lambda: CellReady(number, request, cells, values, plan.run(*values, epochs)),
            CellReady(number, request, cells, values, None),
            self._notify,
        )

    def _cell_ready(self, message: CellReady) -> None:
        if message.cells:
            self._asking = False
            asked, self._asked = self._asked, None
            if asked is not None and self._tiles is not None and self._tiles.number == message.number:
                self._ask(asked)
        if message.run is None:
            raise IntentionError(sentences.INTERNAL_ERROR)
        if not message.cells:
            view = self._workspace.view_of(message.run.experiment)
            self._opened = message.run.experiment
            self._undo.restart(sentences.OPEN_MAP_CELL, message.run, view)
        elif self._workspace.page is not None:
            self._workspace.page.post(_picture(message, message.run, self._workspace))

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
        plan, (done, wanted) = tiles.plan, tiles.progress
        page.post(
            facts.text(
                MapFact(
                    number=tiles.number,
                    current=self._workspace.present.experiment in (plan.experiment, self._opened),
                    label=experiment_in_words(plan.experiment),
                    x=_axis_fact(plan.x),
                    y=_axis_fact(plan.y),
                    epochs=plan.epochs,
                    goal=plan.goal,
                    judged=plan.experiment.problem == "classification",
                    wanted=wanted,
                    done=done,
                    paused=self._paused,
                    per_second=self._speed.per_second,
                )
            )
        )


class _Speed:
    """How many runs are trained in a second, on average over the last seconds."""

    def __init__(self) -> None:
        self.per_second = 0.0
        self._last: float | None = None

    def add(self, now: float, runs: int) -> None:
        """So many more runs are trained."""
        if self._last is not None and now > self._last:
            share = 1 - math.exp((self._last - now) / SPEED_SECONDS)
            current = runs / (now - self._last)
            self.per_second = current if self.per_second == 0 else self.per_second + share * (current - self.per_second)
        self._last = now

    def forget(self) -> None:
        """What follows is counted from its first result on."""
        self._last, self.per_second = None, 0.0


def _computed(plan: MapPlan, tile: Tile, parent: Cells | None) -> Cells:
    """The results of a tile, once the compiled engine is there."""
    engine.wait_until_loaded()
    return compute(plan, tile, parent)


def _axis(given: MapAxisFact) -> MapAxis:
    weight = None if given.weight is None else (given.weight.layer, given.weight.to, given.weight.source)
    return MapAxis(given.setting, given.low, given.high, given.log, weight)


def _axis_fact(axis: MapAxis) -> MapAxisFact:
    weight = None if axis.weight is None else MapWeight(layer=axis.weight[0], to=axis.weight[1], source=axis.weight[2])
    return MapAxisFact(setting=axis.setting, low=axis.low, high=axis.high, log=axis.log, weight=weight)


def _picture(message: CellReady, run: Run, workspace: Workspace) -> bytes:
    """The binary message with the run in a cell."""
    plane = workspace.plane_of(run.experiment)
    outputs = run.output_fields(message.cells, plane=plane)
    drawn, winners = run.experiment.head.drawn(outputs)
    (picture,), _ = frames.quantize(drawn[None], (1.0,))
    return frames.MapCell(
        request=message.request,
        classes=0 if winners is None else len(outputs),
        x=message.values[0],
        y=message.values[1],
        epochs=float(run.epoch),
        train_loss=run.train_loss,
        test_loss=run.test_loss,
        train_accuracy=_number(run.train_accuracy),
        test_accuracy=_number(run.test_accuracy),
        picture=picture,
        winners=frames.winners_of(winners),
    ).pack()


def _number(value: float | None) -> float:
    return math.nan if value is None else value
