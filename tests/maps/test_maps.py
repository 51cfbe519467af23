"""Maps: every cell is a run, with its bits; finer levels repeat nothing; nonsense is refused."""

from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tinkernet import Experiment, ExperimentError, engine
from tinkernet.insight.diagnosis import KINDS
from tinkernet.maps import FIRST_LEVEL, MAP_SETTINGS, SIDE, Cells, MapAxis, MapPlan, Tile, compute
from tinkernet.maps.tiles import TYPES, values_at

EXPERIMENT = Experiment(dataset="circle", seed="1", hidden=(2,), regularization="L2", features=("x", "y"))
RATE = MapAxis("learning_rate", 0.001, 10, log=True)
PENALTY = MapAxis("regularization_rate", 0.0001, 1, log=True)
FIRST = Tile(FIRST_LEVEL, 0, 0)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    engine.wait_until_compiled()


def plan(x: MapAxis = RATE, y: MapAxis = PENALTY, **given: object) -> MapPlan:
    return MapPlan(**({"experiment": EXPERIMENT, "epochs": 3} | given), x=x, y=y)  # type: ignore[arg-type]


def default_axis(name: str) -> MapAxis:
    entry = MAP_SETTINGS[name]
    weight = (0, 1, 0) if name == "weight" else None
    return MapAxis(name, entry.low, entry.high, entry.log, weight)


def experiment_for(name: str) -> Experiment:
    """An experiment in which this setting matters."""
    option = MAP_SETTINGS[name].option
    if option is None:
        return EXPERIMENT
    setting, chosen = option
    changed: dict[str, Any] = {setting: chosen}
    if setting == "loss" and chosen == "huber":
        changed |= {"problem": "regression", "dataset": "reg-plane"}
    return EXPERIMENT.replace(**changed)


@pytest.mark.parametrize("name", MAP_SETTINGS)
def test_each_cell_is_a_run(name: str) -> None:
    y = PENALTY if name != "regularization_rate" else MapAxis("weight", -2, 2, weight=(1, 0, 1))
    if name == "start":
        y = MapAxis("weight", -2, 2, weight=(1, 0, 1))
    made = plan(default_axis(name), y, experiment=experiment_for(name))
    cells = compute(made, FIRST)
    for column, row in ((0, 0), (15, 0), (7, 12)):
        run = made.run(*values_at(made, FIRST_LEVEL, column, row), 3)
        assert cells.train_loss[row, column] == np.float32(run.train_loss)
        assert cells.test_loss[row, column] == np.float32(run.test_loss)
        accuracy = np.nan if run.test_accuracy is None else run.test_accuracy
        assert np.array_equal(cells.test_accuracy[row, column], np.float32(accuracy), equal_nan=True)
        assert cells.epochs[row, column] == 3
        assert cells.findings[row, column] == 0


def test_a_finer_tile_repeats_nothing() -> None:
    made = plan()
    first = compute(made, FIRST)
    for column, row in ((0, 0), (1, 0), (1, 1)):
        tile = Tile(FIRST_LEVEL + 1, column, row)
        assert tile.parent == FIRST
        # What stands in the parent is taken from it, and nothing else.
        marked = Cells(**{name: np.full_like(getattr(first, name), 77) for name in TYPES})
        whole, saved = compute(made, tile), compute(made, tile, marked)
        kept = np.zeros((SIDE, SIDE), dtype=bool)
        kept[::2, ::2] = True
        for name in TYPES:
            assert (getattr(saved, name)[kept] == 77).all()
            assert np.array_equal(getattr(saved, name)[~kept], getattr(whole, name)[~kept])
            half = SIDE // 2
            quarter = getattr(first, name)[row * half : row * half + half, column * half : column * half + half]
            assert np.array_equal(getattr(whole, name)[::2, ::2], quarter)


def test_a_diagnosed_cell_has_the_most_important_finding_of_its_run() -> None:
    made = plan(
        MapAxis("learning_rate", 0.01, 100, log=True), MapAxis("regularization_rate", 0.001, 1, log=True), epochs=20
    )
    found_in = compute(structs.replace(made, diagnosed=True), FIRST)
    for row in range(0, SIDE, 5):
        for column in range(0, SIDE, 5):
            found = made.run(*values_at(made, FIRST_LEVEL, column, row), 20).diagnosis()
            assert found_in.findings[row, column] == (1 + list(KINDS).index(found[0].kind) if found else 0)
    assert len(np.unique(found_in.findings)) > 2
    assert np.array_equal(found_in.train_loss, compute(made, FIRST).train_loss, equal_nan=True)


def test_parameters_of_one_option_vary_together() -> None:
    made = plan(
        MapAxis("optimizer.adam.beta1", 0, 0.9),
        MapAxis("optimizer.adam.beta2", 0.9, 0.99),
        experiment=EXPERIMENT.replace(optimizer="adam,epsilon:0.01"),
    )
    assert made.settings(0.5, 0.95) == {"optimizer": "adam,beta1:0.5,beta2:0.95,epsilon:0.01"}


def test_a_goal_ends_a_run() -> None:
    made = plan(experiment=EXPERIMENT.replace(dataset="gauss"), epochs=60, goal=0.05)
    cells = compute(made, FIRST)
    solved = cells.reasons == 1
    assert solved.any()
    assert not solved.all()
    assert (cells.train_loss[solved] <= 0.05).all()
    assert (cells.epochs[~solved] == 60).all()
    row, column = np.argwhere(solved)[0].tolist()
    values = values_at(made, FIRST_LEVEL, column, row)
    epochs = int(cells.epochs[row, column])
    assert np.float32(made.run(*values, epochs).train_loss) == cells.train_loss[row, column]
    assert made.run(*values, epochs - 1).train_loss > 0.05


def test_whole_numbers_have_equal_parts_of_an_axis() -> None:
    values = MapAxis("width", 1, 4).values(np.arange(16) / 16)
    assert values.tolist() == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4


def test_a_map_can_be_enlarged_as_far_as_numbers_differ() -> None:
    made = plan()
    last = 2**48 - 1
    assert values_at(made, 48, last, 0) != values_at(made, 48, last - 100, 0)
    cells = compute(made, Tile(48, (1 << 44) - 1, 0))
    assert np.isfinite(cells.train_loss).all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"x": {"setting": "learing_rate", "low": 1, "high": 2}}, "did you mean learning_rate"),
        ({"x": {"setting": "learning_rate", "low": 2, "high": 1}}, "high is 1"),
        ({"x": {"setting": "learning_rate", "low": -1, "high": 1}}, "learning_rate is -1"),
        ({"x": {"setting": "batch_size", "low": 1.5, "high": 3}}, "batch_size is 1.5"),
        ({"x": {"setting": "noise", "low": 0, "high": 50, "log": True}}, "scale is logarithmic"),
        ({"x": {"setting": "weight", "low": 0, "high": 1}}, "weight is None"),
        ({"x": {"setting": "weight", "low": 0, "high": 1, "weight": (9, 0, 0)}}, "layer is 9"),
        ({"x": {"setting": "regularization_rate", "low": 0, "high": 1}}, "another setting than that of x"),
        ({"x": {"setting": "optimizer.adam.beta1", "low": 0, "high": 0.9}}, "no effect with the optimizer sgd"),
        ({"x": {"setting": "optimizer.adam.beta1", "low": 0, "high": 1.5}}, "optimizer.adam.beta1 is 1.5"),
        ({"epochs": 0}, "epochs is 0"),
        ({"goal": -1.0}, "goal is -1"),
        ({"experiment": EXPERIMENT.replace(regularization="none")}, "no effect without regularization"),
        (
            {
                "x": {"setting": "weight", "low": 0, "high": 1, "weight": (0, 0, 0)},
                "y": {"setting": "width", "low": 1, "high": 3},
            },
            "changes the number of neurons",
        ),
        (
            {"x": {"setting": "width", "low": 1, "high": 3}, "experiment": EXPERIMENT.replace(hidden=())},
            "no effect without hidden layers",
        ),
    ],
)
def test_nonsense_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        plan(**{name: MapAxis(**one) if name in {"x", "y"} else one for name, one in given.items()})  # type: ignore[arg-type]


def test_no_such_tile() -> None:
    for tile in (Tile(3, 0, 0), Tile(49, 0, 0), Tile(5, 2, 0), Tile(5, 0, -1)):
        with pytest.raises(ExperimentError):
            compute(plan(), tile)
    with pytest.raises(ExperimentError, match="column is 16"):
        values_at(plan(), FIRST_LEVEL, 16, 0)


def test_l2_diverges_where_rate_times_penalty_is_above_two() -> None:
    """An update multiplies a weight by 1 − rate · λ: below 2 it shrinks, above it grows without end."""
    made = plan(MapAxis("learning_rate", 1, 100, log=True), MapAxis("regularization_rate", 0.1, 1), epochs=400)
    cells = compute(made, FIRST)
    x, y = (axis.values(np.arange(SIDE) / SIDE) for axis in (made.x, made.y))
    product = x[None, :] * y[:, None]
    finite = np.isfinite(cells.train_loss)
    assert finite[product < 2].all()
    assert not finite[product > 2.4].any()


def test_width_and_depth_vary_together() -> None:
    made = plan(MapAxis("width", 1, 12), MapAxis("depth", 0, 6))
    assert made.settings(3, 4) == made.settings(3.0, 4.0) == {"hidden": (3, 3, 3, 3)}
    assert made.settings(3, 0) == {"hidden": ()}
    assert plan(experiment=EXPERIMENT.replace(hidden=()), x=RATE, y=MapAxis("depth", 0, 6)).settings(0.1, 2) == {
        "learning_rate": 0.1,
        "hidden": (4, 4),
    }
