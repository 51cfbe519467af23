"""A map of two settings on a page: what is in sight is computed, coarse to fine; a cell is a run, with its bits."""

from typing import Any

import msgspec
import numpy as np
import pytest
from playing_alone import Alone, alone

from tinkernet import Experiment, Run
from tinkernet.gallery.edge_tiles import edge_place, edge_tile
from tinkernet.gallery.trainability import Trainability
from tinkernet.maps import SIDE, MapAxis, MapPlan, Tile, compute
from tinkernet.maps.tiles import values_at
from tinkernet.protocol import intentions
from tinkernet.protocol.frames import EdgeCell, EdgeTile, MapCell, MapTile
from tinkernet.protocol.maps import (
    AskMapCell,
    CloseMap,
    LookAtMap,
    MapAxisFact,
    MapWeight,
    OpenEdge,
    OpenMap,
    OpenMapCell,
    PauseMap,
)
from tinkernet.session.maps.feature import TileReady

RATE = MapAxisFact(setting="learning_rate", low=0.001, high=10.0, log=True)
BATCH = MapAxisFact(setting="batch_size", low=1.0, high=64.0, log=True)
WEIGHT = MapAxisFact(setting="weight", low=-2.0, high=2.0, log=False, weight=MapWeight(layer=0, to=1, source=0))
WHOLE = LookAtMap(level=5, left=0, bottom=0, right=2, top=2)
SETTINGS: dict[str, Any] = {"dataset": "xor", "seed": "0.5", "hidden": (2,)}


def opened(*, at_once: bool = True, **given: Any) -> Alone:
    driven = alone(at_once=at_once, **SETTINGS)
    message: dict[str, Any] = {"x": RATE, "y": BATCH, "epochs": 2} | given
    driven.do(OpenMap(**message))
    driven.turn(1.0)
    return driven


def tiles(driven: Alone) -> list[MapTile]:
    return [MapTile.unpack(one) for one in driven.page.binary if one[:4] == b"\x07\0\0\0"]


def test_what_is_in_sight_is_computed_coarse_to_fine() -> None:
    driven = opened()
    assert driven.page.last("map")["wanted"] == 0
    driven.do(WHOLE)
    driven.turn(1.0)
    found = tiles(driven)
    assert [tile.level for tile in found] == [5] * 4
    fact = driven.page.last("map")
    assert fact["done"] == fact["wanted"] == len(found) * SIDE * SIDE
    plan = MapPlan(
        Experiment(**SETTINGS), MapAxis("learning_rate", 0.001, 10, log=True), MapAxis("batch_size", 1, 64, log=True), 2
    )
    for tile in found:
        cells = compute(plan, Tile(tile.level, int(tile.column), int(tile.row)))
        assert np.array_equal(tile.train_losses, cells.train_loss, equal_nan=True)
        assert np.array_equal(tile.epochs, cells.epochs)


def finish(driven: Alone) -> None:
    while driven.host.pending:
        driven.host.finish()
        driven.do()


def test_only_what_is_new_is_computed_and_sent() -> None:
    driven = opened(at_once=False)
    driven.do(LookAtMap(level=6, left=0, bottom=0, right=2, top=2))
    finish(driven)
    first = len(tiles(driven))
    driven.do(LookAtMap(level=6, left=1, bottom=0, right=3, top=2))
    finish(driven)
    new = tiles(driven)[first:]
    assert {(tile.level, tile.column) for tile in new} == {(6, 2.0)}
    driven.do(LookAtMap(level=6, left=0, bottom=2, right=2, top=4), CloseMap())
    finish(driven)
    assert len(tiles(driven)) == first + len(new), "what was under way is kept for later, but not sent"
    driven.do(OpenMap(x=RATE, y=BATCH, epochs=2), LookAtMap(level=6, left=0, bottom=0, right=2, top=2))
    assert not driven.host.pending
    assert len(tiles(driven)) == 2 * first + len(new)


def test_another_experiment_is_another_map() -> None:
    driven = opened()
    number = driven.page.last("map")["number"]
    driven.do(OpenMap(x=RATE, y=BATCH, epochs=2))
    driven.turn(1.0)
    assert driven.page.last("map")["number"] == number
    driven.do(OpenMap(x=RATE, y=BATCH, epochs=3))
    driven.turn(1.0)
    assert driven.page.last("map")["number"] == number + 1


def test_a_pause_ends_the_work_until_it_continues() -> None:
    driven = opened()
    driven.do(PauseMap(on=True), WHOLE)
    driven.turn(1.0)
    assert not tiles(driven)
    assert driven.page.last("map")["paused"]
    driven.do(PauseMap(on=False))
    driven.turn(1.0)
    assert tiles(driven)
    assert not driven.page.last("map")["paused"]


def test_a_tile_that_could_not_be_computed_is_the_next_one_again() -> None:
    driven = opened(at_once=False)
    number = driven.page.last("map")["number"]
    driven.do(WHOLE)
    driven.host.pending.clear()
    driven.do(TileReady(number, Tile(5, 0, 0), None))
    driven.turn(1.0)
    assert driven.page.last("map")["paused"]
    assert "error" in driven.page.last("trouble")["message"].lower()
    driven.do(PauseMap(on=False))
    finish(driven)
    assert {(tile.column, tile.row) for tile in tiles(driven)} == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize("y", [BATCH, WEIGHT])
def test_a_cell_is_a_run_with_the_same_bits(y: MapAxisFact) -> None:
    driven = opened(y=y)
    driven.do(WHOLE)
    level, column, row = 5, 21, 5
    driven.do(AskMapCell(request=7, level=level, column=column, row=row, epochs=2, cells=24))
    (answer,) = (MapCell.unpack(one) for one in driven.page.binary if one[:4] == b"\x08\0\0\0")
    assert (answer.request, answer.epochs, answer.picture.shape) == (7, 2.0, (24, 24))
    driven.do(OpenMapCell(level=level, column=column, row=row, epochs=2))
    run = driven.session.run
    assert run.epoch == 2
    assert (answer.train_loss, answer.test_loss) == (run.train_loss, run.test_loss)
    assert driven.state["undo"] == "open a run of the map"
    experiment = Experiment(**SETTINGS).replace(learning_rate=answer.x)
    expected = Run(experiment.replace(batch_size=int(answer.y)) if y is BATCH else experiment)
    if y is WEIGHT:
        expected.set_weight(0, 1, 0, answer.y)
    assert np.array_equal(expected.train(2).parameters, run.parameters)
    tile = next(tile for tile in tiles(driven) if (tile.level, tile.column, tile.row) == (5, 1.0, 0.0))
    assert tile.train_losses[5, 5] == np.float32(run.train_loss)
    driven.do(intentions.Undo())
    assert driven.session.run.epoch == 0


def test_the_latest_request_for_a_picture_wins() -> None:
    driven = opened(at_once=False)
    driven.do(WHOLE)
    finish(driven)
    for request in (1, 2, 3):
        driven.do(AskMapCell(request=request, level=5, column=request, row=0, epochs=1, cells=8))
    finish(driven)
    answers = [MapCell.unpack(one).request for one in driven.page.binary if one[:4] == b"\x08\0\0\0"]
    assert answers == [1, 3]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"y": MapAxisFact(setting="noize", low=0.0, high=1.0, log=False)}, "did you mean noise"),
        ({"y": MapAxisFact(setting="regularization_rate", low=0.0, high=1.0, log=False)}, "without regularization"),
        ({"y": RATE}, "another setting"),
        ({"epochs": 0}, "epochs is 0"),
        ({"epochs": 10**12}, "epochs is"),
        ({"x": MapAxisFact(setting="learning_rate", low=5.0, high=1.0, log=False)}, "high is 1"),
    ],
)
def test_nonsense_is_answered_with_a_reason(given: dict[str, Any], reason: str) -> None:
    driven = opened(**given)
    fact = driven.page.last("map")
    assert fact["number"] == 0
    assert reason in fact["refusal"]
    driven.do(WHOLE)
    assert not tiles(driven)


def test_cells_without_a_map_and_parts_that_are_too_large() -> None:
    driven = alone(**SETTINGS)
    driven.do(OpenMapCell(level=4, column=0, row=0, epochs=1))
    assert driven.page.last("trouble")["message"] == "There is no map."
    driven = opened()
    driven.do(OpenMapCell(level=4, column=16, row=0, epochs=1))
    assert "column is 16" in driven.page.last("trouble")["message"]
    driven.do(OpenMapCell(level=4, column=0, row=0, epochs=100_000))
    assert driven.session.run.epoch == 2, "the map has no later epoch"
    driven.do(LookAtMap(level=48, left=0, bottom=0, right=1 << 44, top=1 << 44))
    driven.turn(1.0)
    assert driven.page.last("map")["wanted"] == 0


def test_a_map_stays_when_one_of_its_runs_is_opened() -> None:
    driven = opened()
    number = driven.page.last("map")["number"]
    driven.do(OpenMapCell(level=4, column=8, row=0, epochs=2))
    again = OpenMap(x=RATE, y=BATCH, epochs=2)
    driven.do(again)
    driven.turn(1.0)
    assert driven.page.last("map")["number"] == number
    assert driven.page.last("map")["current"]
    driven.do(intentions.Change(settings={"activation": msgspec.Raw(b'"relu"')}), again)
    driven.turn(1.0)
    assert driven.page.last("map")["number"] == number
    assert not driven.page.last("map")["current"]
    driven.do(OpenMap(x=RATE, y=BATCH, epochs=2, renew=True))
    driven.turn(1.0)
    assert driven.page.last("map")["number"] == number + 1
    assert driven.page.last("map")["current"]


def edge_opened(width: int = 4, steps: int = 20, *, at_once: bool = True) -> Alone:
    driven = alone(at_once=at_once, **SETTINGS)
    driven.do(OpenEdge(width=width, steps=steps))
    driven.turn(1.0)
    return driven


def test_the_edge_of_trainability_is_a_map_too() -> None:
    driven = edge_opened()
    driven.do(WHOLE)
    driven.turn(1.0)
    fact = driven.page.last("map")
    assert fact["edge"] == {"width": 4, "steps": 20}
    assert fact["current"]
    assert fact["done"] == fact["wanted"] == 4 * SIDE * SIDE
    assert (fact["x"]["low"], fact["x"]["high"], fact["x"]["log"]) == (0.001, 1e6, True)
    found = [EdgeTile.unpack(one) for one in driven.page.binary if one[:4] == b"\x09\0\0\0"]
    for tile in found:
        values = edge_tile(Trainability(4, 20), Tile(tile.level, int(tile.column), int(tile.row)))
        assert np.array_equal(tile.values, values)
    driven.do(AskMapCell(request=3, level=5, column=9, row=30, epochs=0, cells=1))
    (answer,) = (EdgeCell.unpack(one) for one in driven.page.binary if one[:4] == b"\x0a\0\0\0")
    place = edge_place(Trainability(4, 20), 5, 9, 30)
    assert (answer.request, answer.x, answer.y, answer.value) == (3, place.rate_in, place.rate_out, place.value)
    assert np.array_equal(answer.losses, place.losses.astype(np.float32))


def test_a_cell_beside_the_edge_of_trainability_is_refused_by_name() -> None:
    driven = edge_opened(at_once=False)
    driven.host.finish()
    driven.do(AskMapCell(request=1, level=4, column=16, row=0, epochs=0, cells=1))
    assert not driven.host.pending
    assert "column is 16" in driven.page.last("trouble")["message"]


def test_the_edge_has_no_run_to_open_and_leaves_the_map_before_as_it_was() -> None:
    driven = opened()
    driven.do(intentions.Change(settings={"activation": msgspec.Raw(b'"relu"')}), OpenEdge(width=4, steps=20))
    driven.do(OpenMapCell(level=4, column=0, row=0, epochs=1))
    assert "not a network of the page" in driven.page.last("trouble")["message"]
    driven.do(OpenMap(x=RATE, y=BATCH, epochs=2))
    driven.turn(1.0)
    assert not driven.page.last("map")["current"], "the map is still of the network that it was opened with"
    assert driven.page.last("map")["edge"] is None


@pytest.mark.parametrize(
    ("width", "steps", "reason"),
    [(0, 9, "width is 0"), (99, 9, "width is 99"), (4, 0, "steps is 0"), (4, 10**9, "steps is")],
)
def test_an_edge_of_an_impossible_size_is_refused(width: int, steps: int, reason: str) -> None:
    fact = edge_opened(width, steps).page.last("map")
    assert fact["number"] == 0
    assert reason in fact["refusal"]


def test_a_diagnosed_map_has_findings_in_tiles_and_cells() -> None:
    driven = opened(epochs=20, diagnosed=True)
    driven.do(LookAtMap(level=4, left=0, bottom=0, right=1, top=1))
    driven.turn(1.0)
    assert driven.page.last("map")["diagnosed"]
    (tile,) = tiles(driven)
    column, row = (int(place[0]) for place in np.nonzero(tile.findings.T))
    driven.do(AskMapCell(request=1, level=4, column=column, row=row, epochs=20, cells=8))
    (answer,) = (MapCell.unpack(one) for one in driven.page.binary if one[:4] == b"\x08\0\0\0")
    assert answer.finding == tile.findings[row, column] > 0


def test_values_are_those_of_the_lattice() -> None:
    plan = MapPlan(Experiment(**SETTINGS), MapAxis("learning_rate", 1, 3), MapAxis("batch_size", 1, 4), 1)
    assert values_at(plan, 5, 16, 8) == (2.0, 2.0)
