"""Optuna as the chooser of a sweep: the same settings everywhere, and after any interruption."""

import math
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from killing import kill_while_resumed

import tinkernet
from tinkernet import Between, Experiment, ExperimentError, Run, Sweep, engine
from tinkernet.extras import MissingExtraError
from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import compute
from tinkernet.sweeps.choices import choices_in
from tinkernet.sweeps.chooser import Chooser
from tinkernet.sweeps.design import ROUND, Axis, Design, design_of
from tinkernet.sweeps.results import PLAN
from tinkernet.sweeps.start import plan_of

BASE = Experiment(seed="1", dataset="xor")
RATES = Between(0.001, 1, log=True)
VARIED: dict[str, Any] = {
    "learning_rate": RATES,
    "hidden": [(2, 2), (4, 2)],
    "activation": ["tanh", ("relu", "tanh")],
    "batch_size": Between(1, 64, log=True),
    "noise": [0, 30],
}
RUNS = 2 * ROUND + 8
KILLS = 6
QUIET = """
import optuna, tinkernet
found = tinkernet.sweep(tinkernet.Experiment(seed="1"), start=range(9), design="optuna", budget=20, epochs=1).wait()
print(optuna.logging.get_verbosity() == optuna.logging.INFO)
optuna.create_study()
"""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def begin(**options: Any) -> Sweep:
    given: dict[str, Any] = {"design": "optuna", "budget": RUNS, "epochs": 5, **VARIED, **options}
    return tinkernet.sweep(BASE, **given)


@pytest.fixture(scope="module")
def wanted() -> str:
    """The table of the sweep that all others must have, too."""
    return begin(cores=1).table.csv()


@pytest.mark.parametrize(("executor", "cores"), [("threads", 2), ("threads", 32), ("processes", 2)])
def test_the_same_settings_are_chosen_wherever_runs_are_computed(executor: str, cores: int, wanted: str) -> None:
    assert begin(executor=executor, cores=cores).table.csv() == wanted


def test_another_seed_chooses_other_settings(wanted: str) -> None:
    assert begin(design_seed=1).table.csv() != wanted


def test_each_run_has_the_settings_of_its_row_and_the_bits_of_a_single_run() -> None:
    found = begin(cores=2)
    results = list(found)
    assert sorted(one["run"] for one in results) == list(range(RUNS))
    for one in results[:: RUNS // 4]:
        run = Run(one.experiment).train(5)
        assert (run.train_loss, run.test_loss) == (one["train_loss"], one["test_loss"])
        assert one.experiment.learning_rate == one["learning_rate"]
        assert ",".join(map(str, one.experiment.hidden)) == one["hidden"]
        assert isinstance(one.experiment.batch_size, int)
        assert 1 <= one.experiment.batch_size <= 64
    assert found.best.loss == min(one.loss for one in results)
    assert found.best.run().test_loss == found.best["test_loss"]


def test_later_runs_are_better_than_the_first_which_are_random() -> None:
    found = tinkernet.sweep(
        BASE, learning_rate=Between(1e-6, 1, log=True), design="optuna", budget=6 * ROUND, epochs=50
    )
    losses = found.table["test_loss"]
    assert np.median(losses[-2 * ROUND :]) < 0.7 * np.median(losses[:ROUND])


def test_what_diverges_is_not_tried_again() -> None:
    chooser = Chooser(design_of(BASE, {"learning_rate": RATES}, "optuna", 6 * ROUND, 0))
    for first in range(0, 5 * ROUND, ROUND):
        chosen = chooser.ask(first, ROUND)
        # Either of both is what the loss of a run that diverges may be; all other runs are alike.
        chooser.tell(
            chosen, [[math.nan, math.inf][place % 2] if one[0] > 0.1 else 1.0 for place, one in enumerate(chosen)]
        )
    assert sum(rate > 0.1 for (rate,) in chooser.ask(5 * ROUND, ROUND)) <= 1


def test_a_sweep_that_is_killed_at_any_moment_continues_as_if_it_had_not_been(tmp_path: Path) -> None:
    folder, long = tmp_path / "killed", {"budget": 5 * ROUND, "epochs": 1000}
    # Begun and at once stopped: all further work is done by processes that are killed.
    first = begin(folder=folder, cores=4, **long).stop()
    kill_while_resumed(first, folder, KILLS, 1.0)
    assert Sweep.resume(folder).table.csv() == begin(**long).table.csv()


def test_blocks_that_are_damaged_or_missing_are_computed_with_the_same_settings(tmp_path: Path, wanted: str) -> None:
    begin(folder=tmp_path / "a", cores=2).wait()
    files = sorted((tmp_path / "a").glob("runs-*.parquet"))
    # Half of the second round, and all of the last; the first is only read.
    files[3].write_bytes(files[3].read_bytes()[:-20])
    files[4].unlink()
    assert Sweep.resume(tmp_path / "a").table.csv() == wanted


def test_settings_that_another_version_has_chosen_are_kept_and_learned_from(tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", tmp_path / "other"
    begin(folder=kept, cores=2).wait()
    begin(folder=other, cores=2, design_seed=1).wait()
    # A whole round, half of the next, and nothing of the last are of what has chosen otherwise.
    files = sorted(path.name for path in kept.glob("runs-*.parquet"))
    for name in files[:3]:
        shutil.copy(other / name, kept / name)
    (kept / files[4]).unlink()
    tables = [table.csv() for table in (Sweep.resume(kept).table, Sweep.resume(other).table)]
    lines, others = (text.splitlines() for text in tables)
    assert len(lines) == len(others) == RUNS + 1
    assert lines[:25] == others[:25]
    assert lines[25:] != others[25:]


def test_what_was_not_asked_for_is_learned_from_like_the_rest() -> None:
    design = design_of(BASE, {"learning_rate": RATES}, "optuna", 2 * ROUND, 0)
    asked, resumed = Chooser(design), Chooser(design)
    known = [(0.001 * 1.5**place,) for place in range(ROUND)]
    losses = [abs(rate - 0.02) for (rate,) in known]
    asked.ask(0, ROUND)
    for chooser in (asked, resumed):
        chooser.tell(known, losses)
    assert asked.ask(ROUND, ROUND) == resumed.ask(ROUND, ROUND)


def test_a_sweep_can_be_paused_and_stopped_between_rounds(tmp_path: Path, wanted: str) -> None:
    found = begin(folder=tmp_path / "a").pause()
    assert found.paused
    assert not found.over
    assert found.unpause().stop().over
    assert found.done == len(found.table) <= RUNS
    assert Sweep.resume(tmp_path / "a").table.csv() == wanted


def test_more_tasks_may_come_later() -> None:
    backlog = Backlog((), more=True)
    assert backlog.take(wait=False) is None
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(backlog.take)
        with pytest.raises(TimeoutError):
            taken.result(timeout=0.2)
        backlog.add([Task(0), Task(1)], more=True)
        assert taken.result() == Task(0)
    assert backlog.take(wait=False) == Task(1)
    assert backlog.take(wait=False) is None
    backlog.add((), more=False)
    assert backlog.take() is None


def test_curves_maps_and_importances_work_as_for_other_designs() -> None:
    found = begin()
    assert found.curve("learning_rate").logarithmic
    assert found.map("learning_rate", "hidden").cells.shape[0] == 2
    assert 0 <= found.importances()["learning_rate"] <= 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"budget": None}, 'budget is None, but must be the number of runs, which design="optuna" needs'),
        ({"budget": 10_001}, "budget is 10001, but must be a whole number from 1 to 10.?000"),
        ({"design": "optun"}, "did you mean optuna"),
        ({"design_seed": -1}, "design_seed is -1"),
        ({"start": range(1001)}, "the number of values of start is 1001, but must be at most 1.000, or an interval"),
        ({"features": Between(0, 1)}, "features"),
    ],
)
def test_what_optuna_cannot_choose_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        begin(**options)


def test_values_that_a_table_does_not_distinguish_are_refused() -> None:
    axis = Axis("features", (("a,b",), ("a", "b")))
    with pytest.raises(
        ExperimentError, match=r"features is .*, but must be a list of values that are not written alike"
    ):
        Design("optuna", (axis,), 4)
    assert Design("random", (axis,), 4).values(0, 4)


def test_a_choice_that_is_none_of_the_design_is_refused() -> None:
    plan = plan_of(BASE, {"hidden": [(2,), (4, 2)]}, epochs=1, design="optuna", budget=1)
    for choice in (-1, 2, 0.5):
        with pytest.raises(ExperimentError, match=f"hidden is {choice}, but must be a place in a list of 2 values"):
            compute(plan, 0, [(choice,)])
    other = plan_of(BASE, {"hidden": [(3,), (4, 2)]}, epochs=1, design="optuna", budget=1)
    with pytest.raises(ExperimentError, match="hidden is '2', but must be one of the values of this sweep"):
        choices_in(other.design, compute(plan, 0, [(0,)]))


def test_a_folder_whose_rounds_are_cut_otherwise_is_refused(tmp_path: Path) -> None:
    plan = begin(folder=tmp_path / "a", cores=2).stop().plan
    text = (tmp_path / "a" / PLAN).read_text()
    (tmp_path / "a" / PLAN).write_text(text.replace(f'"block": {plan.block}', '"block": 3'))
    with pytest.raises(ExperimentError, match="block is 3, but must be a divisor of 16"):
        Sweep.resume(tmp_path / "a")


def test_without_optuna_a_sweep_says_what_to_install_and_keeps_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(folder=tmp_path / "a").wait()
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tinkernet\[optuna\]'"):
        begin(folder=tmp_path / "b")
    assert not (tmp_path / "b").exists()
    with pytest.raises(MissingExtraError, match=r"pip install 'tinkernet\[optuna\]'"):
        Sweep.resume(tmp_path / "a")


def test_optuna_reports_other_studies_of_the_process_but_not_ours(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
    assert done.stderr.count("A new study created in memory") == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
