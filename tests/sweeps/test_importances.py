"""The importance of settings: right in cases where it is known, and of a real sweep."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tinkernet
from tinkernet import Between, Diverged, Experiment, ExperimentError, engine
from tinkernet.sweeps.importances import explained, importances_of, ranks
from tinkernet.sweeps.levels import Levels
from tinkernet.sweeps.start import plan_of
from tinkernet.tables import Table


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def levels(places: np.ndarray) -> Levels:
    return Levels(places.astype(np.int64), np.unique(places))


def grid(first: int, second: int, repeated: int) -> tuple[Levels, Levels]:
    """Two settings of a grid, each combination of which has several runs."""
    ones = np.repeat(np.arange(first), second * repeated)
    return levels(ones), levels(np.tile(np.repeat(np.arange(second), repeated), first))


@given(first=st.integers(2, 6), second=st.integers(2, 6), repeated=st.integers(2, 5), seed=st.integers(0, 2**32 - 1))
def test_a_setting_that_decides_alone_explains_all(first: int, second: int, repeated: int, seed: int) -> None:
    one, other = grid(first, second, repeated)
    effects = np.random.default_rng(seed).permutation(first).astype(float)
    for balanced in (True, False):
        shares = explained(effects[one.places], [one, other], balanced=balanced)
        assert shares[0] == pytest.approx(1)
        assert shares[1] == pytest.approx(0)


@given(first=st.integers(2, 6), second=st.integers(2, 6), repeated=st.integers(2, 5), seed=st.integers(0, 2**32 - 1))
def test_effects_that_add_up_share_the_variance(first: int, second: int, repeated: int, seed: int) -> None:
    one, other = grid(first, second, repeated)
    random = np.random.default_rng(seed)
    effects = random.normal(size=first), random.normal(size=second)
    shares = explained(effects[0][one.places] + effects[1][other.places], [one, other], balanced=True)
    variances = [effect.var() for effect in effects]
    assert shares == pytest.approx([variance / sum(variances) for variance in variances])


@pytest.mark.parametrize("balanced", [True, False])
def test_settings_that_decide_nothing_explain_nothing_on_average(balanced: bool) -> None:  # noqa: FBT001
    one, other = grid(8, 4, 2)
    random = np.random.default_rng(1)
    found = np.array(
        [explained(random.normal(size=len(one.places)), [one, other], balanced=balanced) for _ in range(400)]
    )
    # η², without the correction, would be 7/63 and 3/63. What is below 0 by chance is 0, so the mean is above it.
    assert found.mean(axis=0)[0] < 0.035
    assert found.mean(axis=0)[1] < 0.025
    assert np.median(found, axis=0).max() < 0.01


def test_what_two_settings_decide_only_together_is_the_rest() -> None:
    one, other = grid(2, 2, 8)
    shares = explained((one.places ^ other.places).astype(float), [one, other], balanced=True)
    assert shares == [0, 0]


@given(st.lists(st.sampled_from([-1.5, 0.0, 2.0, 7.0, math.inf]), min_size=1, max_size=30))
def test_ranks_are_those_of_scipy(values: list[float]) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert ranks(np.array(values)).tolist() == stats.rankdata(values).tolist()


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), factor=st.floats(0.1, 10))
def test_only_the_order_of_outcomes_matters(seed: int, factor: float) -> None:
    random = np.random.default_rng(seed)
    plan = plan_of(Experiment(seed="1"), {"learning_rate": [0.1, 0.2], "start": range(8)})
    losses = random.uniform(0.1, 1, 16)
    tables = [table_of(plan, loss) for loss in (losses, np.exp(factor * losses))]
    one, other = (importances_of(plan, table, "loss") for table in tables)
    assert one.table.csv() == other.table.csv()


def table_of(plan: Any, losses: np.ndarray) -> Table:
    values = plan.design.values(0, plan.design.runs)
    columns: dict[str, Any] = {name: [row[place] for row in values] for place, name in enumerate(plan.design.names)}
    ended = ["all epochs"] * len(losses)
    return Table({**columns, "ended": ended, "train_loss": losses, "test_loss": losses})


def test_an_interval_is_divided_into_bins() -> None:
    plan = plan_of(
        Experiment(seed="1"),
        {"learning_rate": Between(0.001, 1, log=True), "noise": Between(0, 50)},
        design="random",
        budget=2000,
    )
    rates = np.array([rate for _, rate in plan.design.values(0, 2000)])
    found = importances_of(plan, table_of(plan, np.abs(np.log(rates / 0.03))), "loss")
    assert found["learning_rate"] > 0.95
    assert found["noise"] < 0.01
    assert found.table["setting"].tolist() == ["learning_rate", "noise"]
    assert found.rest == pytest.approx(1 - found["learning_rate"] - found["noise"])


def test_a_sweep_says_what_decides_with_diverged_runs_last() -> None:
    base = Experiment(problem="regression", seed="1", activation="relu", hidden=(4,))
    found = tinkernet.sweep(base, learning_rate=[0.003, 0.01, 30], start=range(16), epochs=20, stop=Diverged())
    assert "diverged" in found.table["ended"].tolist()
    assert found.importances()["learning_rate"] > 0.5
    assert found.importances("diverged")["learning_rate"] > 0.5
    shown = found.importances()
    assert "Importances for loss" in shown._repr_html_()
    assert "<th>learning rate</th>" in shown._repr_html_()
    assert repr(shown).startswith("Importances for loss: learning_rate ")
    assert repr(shown).count("interactions and luck") == 1


def test_what_nothing_changes_has_no_causes() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.1, 0.2], start=range(4), epochs=2)
    shown = found.importances("diverged")
    assert shown.table["importance"].tolist() == [0, 0]
    assert shown.rest == 0


def test_luck_is_not_taken_for_a_cause() -> None:
    found = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.1, 0.2, 0.3], epochs=2)
    with pytest.raises(ExperimentError, match=r"runs is 3, but must be 4 or more to separate settings from luck"):
        found.importances()
    with pytest.raises(ExperimentError, match="setting is 'noise', but must be one of"):
        tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.1, 0.2], start=range(4), epochs=2).importances()["noise"]


def test_a_stopped_grid_is_not_taken_for_a_whole_one() -> None:
    plan = plan_of(Experiment(seed="1"), {"learning_rate": [0.1, 0.2], "start": range(8)})
    whole = table_of(plan, np.arange(16.0))
    part = Table({name: values[:14] for name, values in whole.columns.items()})
    rates = levels(np.arange(14) % 2)
    starts = levels(np.arange(14) // 2)
    wanted = explained(ranks(np.arange(14.0)), [starts, rates], balanced=False)
    assert importances_of(plan, part, "loss")["start"] == wanted[0]
    assert importances_of(plan, part, "loss")["learning_rate"] == wanted[1]
