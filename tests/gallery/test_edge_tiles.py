"""Tiles of the edge of trainability: their values are those of the picture, a finer one repeats nothing."""

import numpy as np
import pytest
from rules import by_reference, same_bits

from tinkernet import ExperimentError, engine
from tinkernet.gallery.edge import edge_course, edge_values
from tinkernet.gallery.edge_tiles import edge_place, edge_tile
from tinkernet.gallery.trainability import LAST, MOST_LOSS, Trainability
from tinkernet.maps import SIDE, Tile

PROBLEM = Trainability(width=8, steps=40)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def test_a_tile_has_the_values_of_its_rates() -> None:
    tile = Tile(6, 2, 1)
    x = -3 + 9 * (tile.column * SIDE + np.arange(SIDE)) / 64
    y = -3 + 9 * (tile.row * SIDE + np.arange(SIDE)) / 64
    assert np.array_equal(edge_tile(PROBLEM, tile), edge_values(PROBLEM, x, y).astype(np.float32))


def test_a_finer_tile_repeats_nothing() -> None:
    parent = edge_tile(PROBLEM, Tile(5, 1, 1))
    for column, row in ((2, 2), (3, 2), (2, 3), (3, 3)):
        tile = Tile(6, column, row)
        whole, saved = edge_tile(PROBLEM, tile), edge_tile(PROBLEM, tile, np.full_like(parent, 77))
        assert (saved[::2, ::2] == 77).all()
        saved[::2, ::2] = whole[::2, ::2]
        assert np.array_equal(saved, whole)
        assert np.array_equal(edge_tile(PROBLEM, tile, parent), whole)


@pytest.mark.parametrize(("column", "row"), [(3, 3), (10, 10), (15, 0), (15, 15)])
def test_the_losses_of_a_place_make_its_value(column: int, row: int) -> None:
    place = edge_place(PROBLEM, 4, column, row)
    assert place.value == edge_values(PROBLEM, np.array([-3 + 9 * column / 16]), np.array([-3 + 9 * row / 16]))[0, 0]
    losses = place.losses
    assert losses[0] == 1
    assert losses.max() <= MOST_LOSS
    converged = losses[-LAST:].mean() < 1
    assert place.value == pytest.approx(-losses.sum() if converged else (1 / losses).sum())
    assert (place.rate_in, place.rate_out) == pytest.approx((10 ** (-3 + 9 * column / 16), 10 ** (-3 + 9 * row / 16)))


@pytest.mark.parametrize("y", [1.0, 1.35, 4.0])
def test_the_compiled_losses_are_those_of_the_reference(y: float) -> None:
    value, losses = edge_course(PROBLEM, 1.0, y)
    with by_reference():
        slow_value, slow_losses = edge_course(PROBLEM, 1.0, y)
    assert slow_value == value
    assert same_bits(slow_losses, losses)


def test_neighbours_differ_at_the_last_level() -> None:
    # The rates differ by a few units in their last place, which is enough in the chaotic part of the edge.
    values = edge_tile(Trainability(), Tile(48, int(7.0005 / 9 * 2**44), int(4.2505 / 9 * 2**44)))
    assert len(np.unique(values)) > 50


def test_no_such_place() -> None:
    for tile in (Tile(3, 0, 0), Tile(49, 0, 0), Tile(5, 2, 0)):
        with pytest.raises(ExperimentError):
            edge_tile(PROBLEM, tile)
    with pytest.raises(ExperimentError, match="column is 16"):
        edge_place(PROBLEM, 4, 16, 0)
