"""Results in a folder outlive the process, whatever ends it, and are never taken for what they are not."""

from pathlib import Path
from typing import Any

import pytest
from killing import kill_while_resumed

import tinkernet
from tinkernet import Experiment, ExperimentError, Sweep, engine
from tinkernet.sweeps.results import PLAN

BASE = Experiment(seed="1")
KILLS = 50


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def same(one: Sweep, other: Sweep) -> bool:
    return one.table.csv() == other.table.csv()


def test_a_folder_holds_the_results_and_the_plan(tmp_path: Path) -> None:
    begun = tinkernet.sweep(BASE, learning_rate=[0.03, 0.1], start=range(50), epochs=3, folder=tmp_path / "a").wait()
    again = Sweep.resume(tmp_path / "a")
    assert again.plan == begun.plan
    assert again.done == 100
    assert same(again, begun)
    assert same(again, tinkernet.sweep(BASE, learning_rate=[0.03, 0.1], start=range(50), epochs=3))


def test_texts_and_shapes_survive_the_folder(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"hidden": [(), (2,), (4, 2)], "activation": ["tanh", "relu"], "seed": ["a", "ä=;"]}
    begun = tinkernet.sweep(BASE, epochs=2, folder=tmp_path / "a", **settings)
    assert same(Sweep.resume(tmp_path / "a"), begun.wait())
    assert same(begun, tinkernet.sweep(BASE, epochs=2, **settings))


def test_a_sweep_survives_kills_at_any_moment(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    wanted = tinkernet.sweep(BASE, start=range(64), learning_rate=[0.01 * k for k in range(1, 101)], epochs=100)
    # Begun and at once stopped: all further work is done by processes that are killed.
    first = tinkernet.sweep(
        BASE, start=range(64), learning_rate=[0.01 * k for k in range(1, 101)], epochs=100, folder=folder, cores=8
    ).stop()
    kill_while_resumed(first, folder, KILLS, 0.6)
    assert same(Sweep.resume(folder), wanted)


def test_a_damaged_file_is_computed_again(tmp_path: Path) -> None:
    begun = tinkernet.sweep(BASE, start=range(300), epochs=2, folder=tmp_path / "a").wait()
    files = sorted((tmp_path / "a").glob("runs-*.parquet"))
    assert len(files) > 1
    files[0].write_bytes(files[0].read_bytes()[:-20])
    with pytest.raises(ExperimentError, match=r"damaged; Sweep\.resume"):
        begun.table  # noqa: B018 - reading it fails
    files[1].unlink()
    assert same(Sweep.resume(tmp_path / "a"), tinkernet.sweep(BASE, start=range(300), epochs=2))


def test_a_folder_that_is_no_sweep_or_has_something_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="the folder of a sweep, with a file"):
        Sweep.resume(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExperimentError, match="an empty or new folder"):
        tinkernet.sweep(BASE, start=range(3), folder=tmp_path)
    with pytest.raises(ExperimentError, match="a folder that can be made"):
        tinkernet.sweep(BASE, start=range(3), folder=tmp_path / "notes.txt" / "below")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (tinkernet.__version__, "0.0.9", "begun by 0.0.9, whose numbers may differ"),
        ('"grid"', '"gird"', "the plan of a sweep"),
        ('"learning_rate"', '"learning_rat"', "did you mean learning_rate"),
        ("{", "", "the plan of a sweep"),
        ('"epochs": 1', '"epochs": 0', "epochs is 0, but must be a whole number from 1"),
        ('"epochs": 1', '"epochs": -7', "epochs is -7"),
        ('"block": 2', '"block": 0', "block is 0"),
        ('"runs": 2', '"runs": 3', "runs is 3, but must be 2"),
    ],
)
def test_a_changed_plan_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    tinkernet.sweep(BASE, learning_rate=[0.1, 0.2], epochs=1, folder=tmp_path / "a").wait()
    plan = tmp_path / "a" / PLAN
    text = plan.read_text()
    assert old in text
    place = text.rindex(old) if old == '"learning_rate"' else text.index(old)
    plan.write_text(text[:place] + new + text[place + len(old) :])
    with pytest.raises(ExperimentError, match=message):
        Sweep.resume(tmp_path / "a")


def test_a_disk_that_is_full_ends_the_sweep_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = tinkernet.sweep(BASE, start=range(300), epochs=2, folder=tmp_path / "a", cores=1).stop()
    kept = begun.done
    (tmp_path / "a").chmod(0o500)

    def full(*_: object) -> None:
        raise ExperimentError("folder", "a", "a file that can be written (No space left on device)")

    with monkeypatch.context() as patch:
        patch.setattr("tinkernet.sweeps.results.write_atomically", full)
        with pytest.raises(ExperimentError, match="No space left"):
            Sweep.resume(tmp_path / "a").wait()
    (tmp_path / "a").chmod(0o700)
    assert Sweep.resume(tmp_path / "a").done >= kept
    assert len(Sweep.resume(tmp_path / "a").table) == 300
