"""A sweep gives the bits of single runs, as they come, and can be paused, stopped and saved."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tinkernet
from tinkernet import Diverged, Experiment, ExperimentError, Hopeless, Run, Solved, engine
from tinkernet.sweeps.block import Plan, compute
from tinkernet.sweeps.progress import duration
from tinkernet.sweeps.start import plan_of


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


VALUES: dict[str, list[Any]] = {
    "learning_rate": [0.003, 0.1, 3.0],
    "regularization_rate": [0.0, 0.03],
    "regularization": ["none", "L1", "L2"],
    "hidden": [(), (3,), (4, 2)],
    "activation": ["tanh", "relu"],
    "dataset": ["xor", "spiral", "blobs"],
    "noise": [0.0, 30.0],
    "seed": ["a", "b"],
    "start": [0, 2, 5],
    "train_percent": [50.0, 70.0],
    "batch_size": [10, 64],
    "optimizer": ["sgd", "adam"],
    "schedule": ["constant", "cosine,epochs:5"],
    "dropout": [0.0, 0.2],
    "features": [("x", "y"), ("x", "xTimesY")],
}


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=4, unique=True),
    place=st.integers(0, 10**6),
    stop=st.sampled_from([None, Solved(loss=0.2), [Diverged(loss=1.0), Hopeless(epochs=2)]]),
)
def test_each_run_of_a_sweep_has_the_bits_of_a_single_run(names: list[str], place: int, stop: Any) -> None:
    plan = plan_of(Experiment(seed="1"), {name: VALUES[name] for name in names}, epochs=6, stop=stop)
    plan = Plan(plan.experiment, plan.design, plan.epochs, plan.stop, min(40, plan.design.runs))
    block = place % plan.blocks
    table = compute(plan, block)
    chosen = place % len(table)
    row = {name: table[name][chosen] for name in table.names}
    assert row["run"] == block * plan.block + chosen
    run = Run(plan.experiment_of(plan.design.values(int(row["run"]), int(row["run"]) + 1)[0])).train(int(row["epochs"]))
    for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
        assert np.float64(getattr(run, name)).tobytes() == row[name].tobytes() or math.isnan(row[name])


def test_a_sweep_is_read_as_it_comes_and_as_a_whole() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(100), epochs=5)
    results = list(found)
    assert sorted(one["run"] for one in results) == list(range(200))
    assert found.table["run"].tolist() == list(range(200))
    assert (found.done, found.runs, len(found)) == (200, 200, 200)
    best = found.best
    assert best["test_loss"] == found.table["test_loss"].min()
    run = best.run()
    assert (run.train_loss, run.test_loss) == (best["train_loss"], best["test_loss"])
    assert best.experiment == Experiment(seed="1", learning_rate=best["learning_rate"], start=best["start"])


def test_a_solved_run_ends_when_a_single_run_does() -> None:
    base = Experiment(seed="1", dataset="circle")
    found = tinkernet.sweep(base, learning_rate=[0.03, 0.1, 0.3], epochs=300, stop=Solved(loss=0.02)).table
    assert found["ended"].tolist() == ["solved"] * 3
    each = [
        Run(base.replace(learning_rate=rate)).train(300, until_loss=0.02).epoch
        for rate in found["learning_rate"].tolist()
    ]
    assert found["epochs"].tolist() == each


def test_seeds_vary_points_and_weights() -> None:
    table = tinkernet.sweep(Experiment(seed="0.5"), seeds=3, epochs=1).table
    assert table["seed"].tolist() == ["0.5", "0.5.1", "0.5.2"]
    assert len(set(table["train_loss"].tolist())) == 3


def test_a_regression_has_no_accuracy() -> None:
    table = tinkernet.sweep(Experiment(problem="regression", seed="1"), start=range(5), epochs=2).table
    assert np.isnan(table["train_accuracy"]).all()
    assert np.isfinite(table["test_loss"]).all()


def test_own_data_can_be_swept() -> None:
    random = np.random.default_rng(1)
    points = random.normal(size=(90, 3))
    base = Experiment(data=(points, (points[:, 0] > 0).astype(int)), seed="1")
    found = tinkernet.sweep(base, learning_rate=[0.03, 0.1], start=range(4), epochs=3)
    assert found.best.run().test_loss == found.best["test_loss"]


def test_a_paused_sweep_waits_and_a_stopped_one_keeps_what_it_has() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), start=range(3000), epochs=50, cores=1).pause()
    assert found.paused
    assert not found.over
    assert found.unpause().stop().over
    assert found.done == len(found.table) < 3000


def test_settings_that_do_not_fit_each_other_are_refused_at_once() -> None:
    with pytest.raises(ExperimentError, match="activation"):
        tinkernet.sweep(Experiment(seed="1"), hidden=[(4,), (4, 2)], activation=[("tanh", "relu")])
    with pytest.raises(ExperimentError, match="must be Solved"):
        tinkernet.sweep(Experiment(seed="1"), start=range(2), stop=0.01)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match="must be Solved"):
        tinkernet.sweep(Experiment(seed="1"), start=range(2), stop=[Solved(), Solved(loss=0.1)])
    with pytest.raises(ExperimentError, match="seeds is 2, but must be omitted"):
        tinkernet.sweep(Experiment(seed="1"), seed=["a"], seeds=2)
    with pytest.raises(ExperimentError, match="cores is 0, but must be a whole number"):
        tinkernet.sweep(Experiment(seed="1"), start=range(2), cores=0)


def test_a_table_can_be_saved_for_other_programs(tmp_path: Path) -> None:
    found = tinkernet.sweep(Experiment(seed="1"), hidden=[(2,), (4, 2)], epochs=2)
    found.save(tmp_path / "results.csv")
    assert (tmp_path / "results.csv").read_text().splitlines()[2].startswith('1,"4,2",2,all epochs,')


def test_progress_says_how_far_it_is_and_what_is_best() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(50), epochs=3).wait()
    assert found.progress == f"100 of 100 runs, lowest loss {found.table['test_loss'].min():.4g}"
    assert found.best_so_far is not None
    assert found.best_so_far.row == found.best.row
    assert found.runs_per_second > 0
    assert found.seconds_left == 0
    shown = found._repr_html_()
    assert found.progress in shown
    assert "<caption>Best so far</caption>" in shown


def test_a_sweep_without_a_number_has_no_best() -> None:
    base = Experiment(problem="regression", seed="1", activation="relu", hidden=(8, 8))
    found = tinkernet.sweep(base, learning_rate=[1e6, 1e7], epochs=200, stop=Diverged())
    assert found.table["ended"].tolist() == ["diverged"] * 2
    if np.isnan(found.table["test_loss"]).all():
        with pytest.raises(ExperimentError, match="some loss is a number"):
            _ = found.best


def test_durations_are_short_texts() -> None:
    shown = [duration(seconds) for seconds in (0.4, 59.6, 3599, 7260)]
    assert shown == [
        "0 s",
        "1 min 0 s",
        "59 min 59 s",
        "2 h 1 min",
    ]
