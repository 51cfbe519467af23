"""The edge of trainability has the same bits by reference, engine, threads and processes, in parts of any size."""

import hashlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import ndarray
from rules import by_reference, same_bits

from tinkernet import ExperimentError, engine
from tinkernet.gallery.edge import edge_values
from tinkernet.gallery.edge_image import Window, edge_image, shades
from tinkernet.gallery.edge_reference import squared_errors
from tinkernet.gallery.trainability import Trainability, drawn

EIGHT = Trainability(width=8, steps=100)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def digest(values: ndarray) -> str:
    return hashlib.sha256(values.astype("<f8").tobytes()).hexdigest()


@settings(max_examples=50)
@given(
    width=st.integers(1, 9),
    steps=st.integers(1, 40),
    seed=st.integers(0, 99),
    x=st.lists(st.floats(-4, 7), min_size=1, max_size=11),
    y=st.lists(st.floats(-4, 7), min_size=1, max_size=3),
)
def test_the_compiled_engine_gives_the_bits_of_the_reference(
    width: int, steps: int, seed: int, x: list[float], y: list[float]
) -> None:
    problem = Trainability(width, steps, str(seed))
    fast = edge_values(problem, np.array(x), np.array(y))
    with by_reference():
        assert same_bits(edge_values(problem, np.array(x), np.array(y)), fast)


def test_the_gradients_are_those_of_the_mean_squared_error() -> None:
    have = drawn(3, "7")

    def loss(weights: ndarray) -> float:
        weights_in, weights_out = weights[:9].reshape(3, 3), weights[9:]
        output = np.tanh(np.sqrt(2) * have.inputs @ weights_in / np.sqrt(3)) @ weights_out / 3
        return float(np.mean((output - have.targets) ** 2))

    weights = np.concatenate([have.weights_in.ravel(), have.weights_out])
    steps = np.eye(12) * 1e-6
    expected = [(loss(weights + step) - loss(weights - step)) / 2e-6 for step in steps]
    total, added_in, added_out = squared_errors(have, have.weights_in[None], have.weights_out[None])
    of_mean = 2 / (12 * 3)
    found = np.concatenate([added_in.ravel() * (of_mean * np.sqrt(2 / 3)), added_out.ravel() * of_mean])
    assert total[0] / 12 == pytest.approx(loss(weights), rel=1e-12)
    assert found == pytest.approx(expected, rel=1e-6)


# The whole picture, and a part of its edge where neighbouring pixels have nothing in common.
WINDOWS = {
    "whole": (Window(), "12c559b773823a943d60a6933c2a1a132918020942f0e27347e129431ba1a816"),
    "edge": (Window(4, 4.001, 1.25, 1.251), "8f9770944c976ef23009596f551e6b7a14768d2f9c89899ebc4b71d9ff17ab4a"),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_picture_has_the_same_bits_on_every_machine(name: str) -> None:
    window, expected = WINDOWS[name]
    assert digest(edge_image(EIGHT, window, 32, 32)) == expected


@pytest.mark.parametrize("name", WINDOWS)
def test_some_rows_by_the_reference_are_those_of_the_picture(name: str) -> None:
    window, _ = WINDOWS[name]
    x, y = window.centres(32, 32)
    whole = edge_image(EIGHT, window, 32, 32)
    with by_reference():
        assert same_bits(edge_values(EIGHT, x, y[[3, 14, 25]]), whole[[3, 14, 25]])


@pytest.mark.parametrize("name", WINDOWS)
def test_parts_of_any_size_and_shape_make_the_same_picture(name: str) -> None:
    window, _ = WINDOWS[name]
    x, y = window.centres(32, 32)
    whole = edge_image(EIGHT, window, 32, 32)
    assert same_bits(edge_image(EIGHT, window, 32, 32, rows=5), whole)
    tiles = [[edge_values(EIGHT, across, down) for across in np.split(x, [1, 12, 25])] for down in np.split(y, [13])]
    assert same_bits(np.block(tiles), whole)


def test_processes_make_the_same_picture() -> None:
    window, expected = WINDOWS["edge"]
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        assert digest(edge_image(EIGHT, window, 32, 32, executor=processes, rows=16)) == expected


def test_neighbours_in_the_chaotic_part_of_the_edge_have_nothing_in_common() -> None:
    converged = edge_image(EIGHT, WINDOWS["edge"][0], 32, 32) < 0
    assert (converged[:, 1:] != converged[:, :-1]).mean() > 0.4


def test_small_rates_converge_and_large_ones_diverge() -> None:
    values = edge_values(EIGHT, np.array([-3.0, 6.0]), np.array([-3.0, 6.0]))
    assert (values < 0).tolist() == [[True, False], [False, False]]


def test_pixels_are_shaded_by_rank_on_each_side_of_the_edge() -> None:
    values = np.array([[-90.0, -3.0, -50.0], [1e-3, 7.0, 80.0]])
    assert shades(values).tolist() == [[1.0, 0.25, 0.625], [-0.25, -0.625, -1.0]]
    assert shades(values[:1, 1:], values).tolist() == [[0.25, 0.625]]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Trainability(width=0), "width is 0, but must be a whole number from 1 to 64"),
        (lambda: Trainability(steps=0), "steps is 0, but must be a whole number from 1 to 100\u202f000"),
        (lambda: Window(left=2, right=2), "right is 2, but must be a number above 2"),
        (lambda: Window(top=float("nan")), "top is nan, but must be a finite number"),
        (lambda: edge_image(EIGHT, Window(), 0, 1), "width is 0, but must be a whole number from 1 to 100\u202f000"),
    ],
)
def test_a_wrong_value_is_named(make: object, message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        make()  # type: ignore[operator] # one of the functions above
