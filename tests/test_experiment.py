"""What an experiment takes, and how it says no."""

import math
from typing import Any

import msgspec
import pytest

from tinkernet import Experiment, ExperimentError


def test_experiments_with_the_same_values_are_equal() -> None:
    assert Experiment(seed="1", hidden=(4, 2)) == Experiment(seed="1")


def test_a_missing_seed_is_drawn_with_five_decimals() -> None:
    seed = Experiment().seed
    assert len(seed) == 7
    assert 0 <= float(seed) < 1


def test_features_come_in_the_originals_order() -> None:
    assert Experiment(features=("sinX", "x")).features == ("x", "sinX")


def test_a_new_problem_brings_its_first_dataset_with_it() -> None:
    assert Experiment(dataset="spiral").replace(problem="regression").dataset == "reg-plane"


def test_a_new_dataset_brings_its_problem_with_it() -> None:
    assert Experiment(dataset="reg-gauss").problem == "regression"
    assert Experiment().replace(dataset="reg-gauss").problem == "regression"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("learning_rate", -0.1),
        ("learning_rate", math.nan),
        ("learning_rate", math.inf),
        ("learning_rate", "fast"),
        ("learning_rate", True),
        ("batch_size", 0),
        ("batch_size", 2.5),
        ("noise", 81),
        ("noise", -1),
        ("train_percent", 101),
        ("regularization_rate", -1),
        ("regularization", "L3"),
        ("activation", "swish"),
        ("dataset", "moons"),
        ("problem", "clustering"),
        ("features", ("x", "z")),
        ("features", ("x", "x")),
        ("hidden", (10_000,)),
        ("hidden", (4,) * 65),
        ("hidden", "8,6"),
        ("hidden", (4, 0)),
        ("seed", "s" * 2000),
        ("seed", 5),
        ("start", -1),
        ("start", 999_999_999),
        ("initializer", "xavier"),
        ("optimizer", "adam"),
        ("loss", "hinge"),
    ],
)
def test_a_wrong_value_is_named_with_its_field_in_one_line(field: str, value: Any) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**{field: value})
    assert caught.value.field.startswith(field)
    assert caught.value.allowed
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_dataset_of_the_other_problem_is_refused() -> None:
    with pytest.raises(ExperimentError, match="reg-plane, reg-gauss for regression"):
        Experiment(problem="regression", dataset="circle")


def test_a_start_that_would_take_forever_to_draw_is_refused() -> None:
    with pytest.raises(ExperimentError, match="start"):
        Experiment(hidden=(256,) * 10, start=100_000)


def test_a_large_network_is_an_experiment() -> None:
    assert len(Experiment(hidden=(256,) * 64).hidden) == 64


def test_an_experiment_goes_through_json() -> None:
    experiment = Experiment(dataset="spiral", hidden=(8, 6))
    assert msgspec.json.decode(msgspec.json.encode(experiment), type=Experiment) == experiment


def test_a_wrong_value_in_json_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="noise"):
        msgspec.json.decode(b'{"noise": 99}', type=Experiment)
