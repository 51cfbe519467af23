"""The map of a sweep: the median or the share of each cell, as a table and as a picture."""

import math
from pathlib import Path

import numpy as np
import pytest

import tinkernet
from tinkernet import Between, Diverged, Experiment, ExperimentError, Solved, Sweep

EXPERIMENT = Experiment(dataset="xor", seed="1", hidden=(3,))
RATES = np.logspace(-3, 1, 12).tolist()


@pytest.fixture(scope="module")
def found() -> Sweep:
    return tinkernet.sweep(
        EXPERIMENT,
        learning_rate=RATES,
        hidden=[(1,), (4, 2)],
        start=range(5),
        epochs=40,
        stop=[Solved(loss=0.1), Diverged()],
    ).wait()


def test_each_cell_is_the_median_of_its_runs(found: Sweep) -> None:
    shown = found.map("learning_rate", "hidden")
    table = found.table.to_pandas()
    assert shown.cells.shape == (2, 12)
    assert (shown.runs == 5).all()
    for row, hidden in enumerate(["1", "4,2"]):
        for column, rate in enumerate(RATES):
            runs = table[(table["hidden"] == hidden) & (table["learning_rate"] == rate)]
            assert shown.cells[row, column] == runs["test_loss"].median()
    first = shown.table.to_pandas().iloc[13]
    assert (first["learning_rate"], first["hidden"], first["runs"]) == (RATES[1], "4,2", 5)
    assert first["median"] == shown.cells[1, 1]


def test_an_ending_is_a_share(found: Sweep) -> None:
    shown = found.map("learning_rate", "hidden", "solved")
    solved = (found.table["ended"] == "solved").sum()
    assert shown.cells.sum() * 5 == pytest.approx(solved)
    assert shown.cells.max() <= 1
    assert "share" in shown.table.names


def test_cells_without_a_number_are_grey_and_said(found: Sweep) -> None:
    shown = found.map("learning_rate", "hidden", "epochs")
    assert np.isinf(shown.cells).any()
    assert "Grey cells" in shown.picture().svg
    assert "Grey cells" not in found.map("learning_rate", "hidden").picture().svg


def test_intervals_are_binned_and_empty_cells_are_no_number() -> None:
    drawn = tinkernet.sweep(
        EXPERIMENT,
        learning_rate=Between(0.001, 1, log=True),
        noise=Between(0, 50),
        design="random",
        budget=128,
        epochs=3,
    )
    shown = drawn.map("learning_rate", "noise")
    assert shown.cells.shape == (16, 16)
    assert shown.runs.sum() == 128
    assert np.isnan(shown.cells[shown.runs == 0]).all()
    assert np.isfinite(shown.cells[shown.runs > 0]).all()


def test_many_numbers_at_equal_distances_are_a_scale(found: Sweep) -> None:
    svg = found.map("learning_rate", "hidden").picture().svg
    assert ">0.01<" in svg
    assert ">0.1<" in svg
    linear = tinkernet.sweep(EXPERIMENT, start=range(20), hidden=[(1,), (2,)], epochs=1).map("start", "hidden")
    assert ">10<" in linear.picture().svg


def test_pictures(found: Sweep, tmp_path: Path) -> None:
    shown = found.map("learning_rate", "hidden")
    for ending in ("png", "svg", "pdf"):
        shown.picture(tmp_path / f"map.{ending}", dark=True)
        assert (tmp_path / f"map.{ending}").stat().st_size > 1000
    assert "data:image/png" in shown._repr_html_()
    assert repr(shown) == "SweepMap(loss by learning_rate and hidden, 12 × 2 cells)"
    assert not math.isnan(shown.cells.min())


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("learning_rat", "hidden"), "did you mean learning_rate"),
        (("hidden", "hidden"), "another setting than that of x"),
        (("learning_rate", "noise"), "y is 'noise'"),
        (("learning_rate", "hidden", "los"), "did you mean loss"),
    ],
)
def test_nonsense_is_refused(found: Sweep, names: tuple[str, ...], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        found.map(*names)
