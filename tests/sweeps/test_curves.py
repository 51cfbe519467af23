"""Curves over one setting: medians and shares with intervals, honest about runs that diverged, and as pictures."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tinkernet
from tinkernet import Between, Diverged, Experiment, ExperimentError, Solved, engine
from tinkernet.insight.share import wilson
from tinkernet.sweeps.curves import curve_of
from tinkernet.sweeps.design import Axis
from tinkernet.sweeps.levels import levels_of
from tinkernet.sweeps.scales import Scale
from tinkernet.sweeps.start import plan_of
from tinkernet.tables import Table


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def table_of(losses: list[list[float]]) -> tuple[Any, Table]:
    """The plan and the table of a sweep over two rates with these losses, of which NaN and infinity are diverged."""
    plan = plan_of(Experiment(seed="1"), {"learning_rate": [0.1, 0.2], "start": range(len(losses))})
    flat = np.array(losses).ravel()
    settings: dict[str, Any] = {
        "start": np.repeat(np.arange(len(losses)), 2),
        "learning_rate": [0.1, 0.2] * len(losses),
    }
    return plan, Table(
        {**settings, "ended": ["all epochs"] * len(flat), "train_loss": flat, "test_loss": np.where(flat > 5, 1, flat)}
    )


def test_the_median_and_the_interval_are_outcomes_of_runs() -> None:
    plan, table = table_of([[loss, 1 - loss] for loss in (0.5, 0.1, 0.3, 0.2, 0.4)])
    found = curve_of(plan, table, "learning_rate", "train_loss", 0.5).table
    assert found.names == ("learning_rate", "runs", "median", "low", "high", "diverged")
    assert [found[name][0] for name in found.names] == [0.1, 5, 0.3, 0.2, 0.4, 0]
    wide = curve_of(plan, table, "learning_rate", "train_loss", 1).table
    assert [wide["low"][0], wide["high"][0]] == [0.1, 0.5]


@settings(max_examples=60)
@given(
    losses=st.lists(st.sampled_from([0.1, 0.2, 0.4, 0.8, math.inf, math.nan]), min_size=1, max_size=12),
    within=st.floats(0, 1),
)
def test_diverged_runs_count_as_infinitely_bad(losses: list[float], within: float) -> None:
    plan, table = table_of([[loss, 0.5] for loss in losses])
    found = curve_of(plan, table, "learning_rate", "loss", within).table
    shown = sorted(loss if math.isfinite(loss) else math.inf for loss in losses)
    assert found["median"][0] == shown[math.ceil(len(shown) / 2) - 1]
    assert found["low"][0] <= found["median"][0] <= found["high"][0]
    share = sum(not math.isfinite(loss) for loss in losses) / len(losses)
    assert found["diverged"].tolist() == [share, 0]
    assert curve_of(plan, table, "learning_rate", "diverged", within).table["share"].tolist() == [share, 0]
    held = sum(found["low"][0] <= loss <= found["high"][0] for loss in shown)
    assert held >= math.floor(within * len(shown))


def test_a_share_has_its_confidence_interval() -> None:
    base = Experiment(dataset="xor", seed="1")
    found = tinkernet.sweep(base, hidden=[(1,), (4,)], start=range(32), epochs=150, stop=Solved(loss=0.05))
    curve, results = found.curve("hidden", "solved"), found.table
    assert curve.within is None
    for row, hidden in enumerate(curve.table["hidden"].tolist()):
        solved = int(((results["ended"] == "solved") & (results["hidden"] == hidden)).sum())
        wanted = wilson(solved, 32)
        shown = [curve.table[name][row] for name in ("share", "low", "high")]
        assert shown == [wanted.share, wanted.low, wanted.high]
    assert curve.table["share"][0] == 0 < curve.table["share"][1]
    epochs = found.curve("hidden", "epochs").table
    assert epochs["median"][0] == math.inf
    assert (
        epochs["low"][1] == np.sort(results["epochs"][(results["hidden"] == "4") & (results["ended"] == "solved")])[7]
    )


def test_an_accuracy_and_a_training_loss_are_columns_of_the_table() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=5)
    for outcome, column in (("accuracy", "test_accuracy"), ("train_accuracy", "train_accuracy"), ("loss", "test_loss")):
        assert found.curve("learning_rate", outcome).table["median"].tolist() == found.table[column].tolist()
    without_test = tinkernet.sweep(Experiment(seed="1", train_percent=90), learning_rate=[0.03, 0.1], epochs=5)
    assert np.isfinite(without_test.curve("learning_rate").table["median"]).all()


def test_a_run_that_was_stopped_as_diverged_counts_as_such() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.1, 1000], start=range(4), stop=Diverged(loss=0.45))
    ended = (found.table["ended"] == "diverged") & (found.table["learning_rate"] == 1000)
    assert ended.any()
    assert found.curve("learning_rate", "diverged").table["share"][1] == ended.sum() / 4
    assert found.curve("learning_rate", within=1).table["high"][1] == math.inf


@settings(max_examples=60)
@given(values=st.lists(st.integers(0, 60), min_size=1, max_size=300))
def test_bins_have_all_runs_in_order_and_no_value_is_in_two(values: list[int]) -> None:
    column = np.array(values)
    found = levels_of(Axis("start", Between(0, 60), whole=True), column)
    assert found.counts.sum() == len(values)
    assert (found.counts > 0).all()
    if found.bounds is not None:
        assert (found.bounds[1:, 0] > found.bounds[:-1, 1]).all()
        assert ((found.bounds[:, 0] <= found.values) & (found.values <= found.bounds[:, 1])).all()
        for value, place in zip(values, found.places.tolist(), strict=True):
            assert found.bounds[place, 0] <= value <= found.bounds[place, 1]
    else:
        assert [found.values[place] for place in found.places.tolist()] == values


def test_bins_of_different_values_are_equally_large() -> None:
    column = np.random.default_rng(1).permutation(320) / 7.0
    found = levels_of(Axis("learning_rate", Between(0, 50)), column)
    assert found.counts.tolist() == [20] * 16
    assert np.rint(np.asarray(found.values) * 7).tolist() == [20 * level + 9 for level in range(16)]
    assert levels_of(Axis("learning_rate", Between(0, 50)), column[:40]).counts.tolist() == [8] * 5


def test_texts_and_shapes_keep_their_order_and_numbers_are_sorted() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), hidden=[(4, 2), (), (3,)], learning_rate=[0.1, 0.01], epochs=1)
    assert found.curve("hidden").table["hidden"].tolist() == ["4,2", "", "3"]
    assert found.curve("learning_rate").table["learning_rate"].tolist() == [0.01, 0.1]
    mixed = tinkernet.sweep(Experiment(seed="1"), dropout=[0.1, (0.1, 0.2)], epochs=1)
    assert mixed.curve("dropout").table["dropout"].tolist() == ["0.1", "0.1,0.2"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("noise", "loss"), "setting is 'noise', but must be one of learning_rate"),
        (("learning_rate", "los"), "did you mean loss"),
        (("learning_rate", "solved"), "asked of a sweep with stop=Solved"),
        (("learning_rate", "epochs"), "asked of a sweep with stop=Solved"),
        (("learning_rate", "accuracy"), "a loss, as some of these runs have no accuracy"),
    ],
)
def test_what_a_sweep_does_not_have_is_refused(asked: tuple[str, str], message: str) -> None:
    found = tinkernet.sweep(Experiment(problem="regression", seed="1"), learning_rate=[0.01, 0.02], epochs=2)
    with pytest.raises(ExperimentError, match=message):
        found.curve(*asked)


def test_an_interval_holds_a_share_of_the_runs() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.01, 0.02], epochs=2)
    with pytest.raises(ExperimentError, match="within is 2, but must be a finite number from 0 to 1"):
        found.curve("learning_rate", within=2)
    with pytest.raises(ExperimentError, match="dark is 1, but must be True or False"):
        found.curve("learning_rate").picture(dark=1)  # type: ignore[arg-type]


def test_a_curve_is_a_picture_in_a_file_and_in_a_notebook(tmp_path: Path) -> None:
    found = tinkernet.sweep(
        Experiment(seed="1"), learning_rate=Between(0.001, 1, log=True), hidden=[(1,), (4,)], design="random", budget=64
    )
    curve = found.curve("learning_rate")
    assert curve.logarithmic
    for ending, magic in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        curve.save(tmp_path / f"curve.{ending}")
        assert (tmp_path / f"curve.{ending}").read_bytes().startswith(magic)
    assert "Median loss by learning rate" in curve.picture().svg
    assert "band: 50 % of the runs  ·  64 runs" in curve.picture().svg
    assert curve.picture(dark=True).svg != curve.picture().svg
    shown = curve._repr_html_()
    assert shown.count("<img") == 2
    assert 'alt="loss by learning rate"' in shown
    assert "bar: 50 % of the runs" in found.curve("hidden").picture().svg
    assert repr(curve) == "SweepCurve(loss by learning_rate, 8 values)"


@settings(max_examples=40, deadline=None)
@given(
    losses=st.lists(
        st.tuples(*[st.sampled_from([0.0, 1e-12, 0.1, 0.10000001, 3.0, 1e12, math.inf, math.nan])] * 2),
        min_size=1,
        max_size=8,
    )
)
def test_any_losses_can_be_drawn(losses: list[tuple[float, float]]) -> None:
    plan, table = table_of([list(row) for row in losses])
    for setting in ("learning_rate", "start"):
        drawing = curve_of(plan, table, setting, "train_loss", 0.5).picture().svg
        assert "nan" not in drawing
        assert "inf" not in drawing


@given(low=st.floats(-1e9, 1e9), share=st.floats(1e-6, 10), most=st.integers(2, 8))
def test_marks_are_on_the_scale_and_differ(low: float, share: float, most: int) -> None:
    scale = Scale(low, low + max(abs(low), 1e-6) * share)
    marks = scale.marks(most)
    assert len(marks) <= most
    assert all(-1e-6 <= scale.place(value) <= 1 + 1e-6 for value, _ in marks)
    assert len({text for _, text in marks}) == len(marks)
