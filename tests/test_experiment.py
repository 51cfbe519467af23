"""Valid and invalid values of experiments."""

import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

import tinkernet
from tinkernet import Experiment, ExperimentError


def test_experiments_with_the_same_values_are_equal() -> None:
    assert Experiment(seed="1", hidden=(4, 2)) == Experiment(seed="1")


def test_a_missing_seed_is_drawn_with_five_decimals() -> None:
    seed = Experiment().seed
    assert len(seed) == 7
    assert 0 <= float(seed) < 1


def test_features_are_in_the_originals_order() -> None:
    assert Experiment(features=("sinX", "x")).features == ("x", "sinX")


def test_a_new_problem_selects_its_first_dataset() -> None:
    assert Experiment(dataset="spiral").replace(problem="regression").dataset == "reg-plane"


def test_a_new_dataset_selects_its_problem() -> None:
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
        ("activation", "softsign"),
        ("dataset", "swiss-roll"),
        ("problem", "clustering"),
        ("features", ("x", "z")),
        ("features", ("x", "x")),
        ("hidden", (10_000,)),
        ("hidden", (4,) * 65),
        ("hidden", "8,6"),
        ("hidden", (4, 0)),
        ("seed", "s" * 2000),
        ("seed", True),
        ("seed", float("nan")),
        ("seed", 10**400),
        ("noise", 10**400),
        ("hidden", [10**400]),
        ("learning_rate", 1j),
        ("start", -1),
        ("start", 999_999_999),
        ("initializer", "xavier"),
        ("optimizer", "adagrad"),
        ("loss", "absolute"),
    ],
)
def test_a_wrong_value_is_named_with_its_field_in_one_line(field: str, value: Any) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**{field: value})
    assert caught.value.field.startswith(field)
    assert caught.value.allowed
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_dataset_of_the_other_problem_is_rejected() -> None:
    with pytest.raises(ExperimentError, match=r"reg-plane, reg-gauss, .* for regression"):
        Experiment(problem="regression", dataset="circle")


def test_a_start_that_takes_too_long_to_draw_is_rejected() -> None:
    with pytest.raises(ExperimentError, match="start"):
        Experiment(hidden=(256,) * 10, start=100_000)


def test_a_large_network_is_allowed() -> None:
    assert len(Experiment(hidden=(256,) * 64).hidden) == 64


def test_an_experiment_survives_a_json_round_trip() -> None:
    experiment = Experiment(dataset="spiral", hidden=(8, 6))
    assert msgspec.json.decode(msgspec.json.encode(experiment), type=Experiment) == experiment


def test_a_wrong_value_in_json_is_rejected() -> None:
    with pytest.raises(msgspec.ValidationError, match="noise"):
        msgspec.json.decode(b'{"noise": 99}', type=Experiment)


@pytest.mark.parametrize(
    ("given", "seed"),
    [(42, "42"), (np.int64(42), "42"), (0.5, "0.5"), (np.float32(0.5), "0.5"), (-3, "-3")],
)
def test_a_seed_may_be_a_number(given: Any, seed: str) -> None:
    assert Experiment(seed=given).seed == seed


def test_lists_arrays_and_numpy_numbers_are_accepted() -> None:
    numbers: dict[str, Any] = {"batch_size": np.int64(10), "learning_rate": np.float32(0.5)}
    written = Experiment(hidden=[4, 2], features=["y", "x"], seed=1, **numbers)
    assert written == Experiment(hidden=(4, 2), features=("x", "y"), batch_size=10, learning_rate=0.5, seed="1")
    assert Experiment(hidden=np.array([4, 2])).hidden == (4, 2)  # type: ignore[arg-type]
    assert Experiment(features=np.array(["y", "x"])).features == ("x", "y")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [("dataset", "spirall", "spiral"), ("activation", "Relu", "relu"), ("features", ["xsquared"], "xSquared")],
)
def test_the_error_for_a_misspelt_name_suggests_the_correct_one(field: str, value: Any, meant: str) -> None:
    with pytest.raises(ExperimentError, match=f"did you mean {meant}"):
        Experiment(**{field: value})


def test_the_error_for_a_misspelt_field_suggests_the_correct_one() -> None:
    with pytest.raises(ExperimentError, match="did you mean learning_rate"):
        Experiment().replace(learningrate=1)  # type: ignore[call-arg]


GOOD = "Experiment(dataset='spiral', hidden=[4, 2], features=['x'], seed=42, learning_rate=1).replace(noise=5)"
BAD = {"dataset='spirall'": "spirall", "activation='Tanh'": "Tanh", "hiden=(4,)": "hiden", "seed=None": "None"}


def test_a_type_checker_accepts_correct_programs_and_finds_misspelt_names(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    bad = [*(f"Experiment({settings})" for settings in BAD), "tinkernet.Runn"]
    lines = ["import tinkernet", "from tinkernet import Experiment", GOOD, *bad]
    program.write_text("\n".join(lines) + "\n")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}", program],
        env={**os.environ, "MYPYPATH": str(Path(tinkernet.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line.split(":")[1] for line in checked.stdout.splitlines() if "program.py" in line and "error" in line]
    assert found == [str(number) for number in range(4, 4 + len(bad))], checked.stdout


def test_the_types_of_the_options_match_the_tables() -> None:
    tool = Path(__file__).resolve().parent.parent / "tools" / "generate_option_types.py"
    checked = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
