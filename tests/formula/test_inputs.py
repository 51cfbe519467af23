"""Inputs by formula in an experiment, a run, a link, a file, Python code and a terminal."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from formulas import FORMULAS, Written
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Experiment, ExperimentError, Run, Starts, View, link
from tinkernet.export.python_code import python_code
from tinkernet.insight.neuron import report
from tinkernet.network.features import FEATURES, MOST_FORMULAS

WAVES = "sin(3*x)*y"
FEATURE_LISTS = st.lists(FORMULAS.map(lambda written: written.text), max_size=4)


def waves(**settings: Any) -> Experiment:
    return Experiment(**{"seed": "0.5", "features": ("x", "y", WAVES, "min(x,y)"), **settings})


def test_formulas_follow_the_entries_of_the_table_in_the_order_given() -> None:
    experiment = Experiment(features=("min(x, y)", "sin(3x₁)·x₂", "y", "x"))
    assert experiment.features == ("x", "y", "min(x,y)", WAVES)


@pytest.mark.parametrize("name", FEATURES)
def test_the_formula_of_an_entry_is_that_entry(name: str) -> None:
    assert Experiment(features=(FEATURES[name].formula,)).features == (name,)
    assert Experiment(features=(FEATURES[name].shown,)).features == (name,)


@pytest.mark.parametrize("features", [("x*y+1", "x * y + 1"), ("sin(x)", "sinX"), ("x₁", "x")])
def test_the_same_formula_twice_is_refused(features: tuple[str, ...]) -> None:
    with pytest.raises(ExperimentError, match="distinct features"):
        Experiment(features=features)


def test_too_many_formulas_are_refused() -> None:
    formulas = [f"x+{n}" for n in range(1, MOST_FORMULAS + 2)]
    assert len(Experiment(features=["x", *formulas[:-1]]).features) == MOST_FORMULAS + 1
    with pytest.raises(ExperimentError, match=f"at most {MOST_FORMULAS} formulas"):
        Experiment(features=formulas)


def test_json_and_a_saved_file_keep_formulas(tmp_path: Path) -> None:
    experiment = waves()
    assert msgspec.json.decode(msgspec.json.encode(experiment), type=Experiment) == experiment
    run = Run(experiment).train(20)
    run.save(tmp_path / "waves.tinkernet")
    loaded = Run.load(tmp_path / "waves.tinkernet")
    assert np.array_equal(loaded.train(5).parameters, run.train(5).parameters)


def test_the_python_code_has_the_formulas() -> None:
    run = Run(waves()).train(3)
    code = python_code(run)
    assert repr(WAVES) in code
    names: dict[str, Any] = {}
    exec(compile(code, "pasted", "exec"), names)  # noqa: S102 - users run this code
    assert np.array_equal(names["run"].parameters, run.parameters)


# --- Links ------------------------------------------------------------------------


def test_a_link_writes_formulas_so_that_they_can_be_read() -> None:
    assert waves(features=("x", "y", WAVES, "x^3*y")).to_link() == "formulas=sin(3*x)*y,x%5E3*y&seed=0.5"


@given(FEATURE_LISTS)
def test_a_link_gives_the_same_formulas_again(features: list[str]) -> None:
    try:
        experiment = Experiment(seed="0.5", features=features)
    except ExperimentError:
        return
    text = experiment.to_link()
    assert Experiment.from_link(text) == experiment
    assert Experiment.from_link(f"See (https://example.org/#{text}) first.") == experiment
    assert Experiment.from_link(f"[here](https://example.org/#{text}).") == experiment


@pytest.mark.parametrize("width", [20, 41, 60])
def test_a_link_that_was_broken_into_lines_keeps_its_formulas(width: int) -> None:
    experiment = waves(features=(WAVES, "min(x,y)+max(x,y)*r-1", "x^2/(1+y^2)"))
    text = "http://127.0.0.1/#" + experiment.to_link()
    broken = "\n".join(text[k : k + width] for k in range(0, len(text), width))
    assert Experiment.from_link(broken) == experiment


@pytest.mark.parametrize("text", ["formulas=sin(3*x)", "seed=0.5&formulas=x^3*sin(y)", "formulas=sin(3x)·y&seed=1"])
def test_a_link_may_be_typed(text: str) -> None:
    found = link.read(text)
    assert found.notices == ()
    assert len(found.experiment.features) == 3


def test_a_formula_of_a_link_that_cannot_be_read_is_ignored_with_the_reason() -> None:
    found = link.read("formulas=sin(x))*y,x*foo,r&seed=0.5")
    assert found.experiment.features == ("x", "y", "r")
    assert found.notices == (
        "Ignored the formula “sin(x))*y”: “)” has no “(”.",
        "Ignored the formula “x*foo”: “foo” is not known; use x, y or a function.",
    )


def test_formulas_beyond_the_limit_are_ignored_with_a_notice() -> None:
    found = link.read("formulas=" + ",".join(f"x*{n}" for n in range(2, MOST_FORMULAS + 4)) + "&seed=0.5")
    assert len(found.experiment.features) == MOST_FORMULAS + 2
    assert len(found.notices) == 2


def test_the_original_cannot_open_formulas() -> None:
    assert link.for_original(waves(), View()).unknown_fields == ("features",)
    assert link.for_original(waves(features=("x", "sin(x)")), View()).unknown_fields == ()


# --- Values that are not finite ------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "kind"), [("log(x)", "not a number"), ("1/(x-x)", "infinite"), ("exp(exp(x)*500)", "infinite")]
)
def test_a_formula_that_is_not_finite_at_a_point_is_refused_by_name(formula: str, kind: str) -> None:
    with pytest.raises(ExperimentError, match=r"at \(−?\d\.\d\d, −?\d\.\d\d\) it is " + kind) as caught:
        Run(Experiment(seed="0.5", features=("x", formula)))
    assert caught.value.field == "features"
    assert caught.value.value == formula


def test_other_points_at_which_a_formula_is_not_finite_are_refused_and_change_nothing() -> None:
    run = Run(Experiment(seed="0.5", dataset="gauss", features=("x", "sqrt(x+6)"))).train(2)
    before = run.parameters.copy()
    with pytest.raises(ExperimentError, match="sqrt"):
        run.change(noise=80)
    assert np.array_equal(run.parameters, before)
    assert run.experiment.noise == 0


def test_a_formula_with_a_pole_between_the_points_is_drawn_everywhere() -> None:
    run = Run(Experiment(seed="0.5", features=("x", "1/x", "x^300", "exp(exp(x))")))
    assert np.isfinite(run.fields(33, ["1/x", "x^300"])).all()
    assert run.fields(33, ["1/x"])[0, 16, 16] == 0


# --- Insight and terminal -----------------------------------------------------------


def test_a_neuron_writes_a_formula_in_its_sum() -> None:
    run = Run(waves(features=("x", WAVES, "x+y"))).train(5)
    formula = report(run, 0, 0).formula
    assert "·sin(3x₁)·x₂" in formula
    assert "·(x₁ + x₂)" in formula


def test_diagnosis_and_many_starts_work_with_formulas() -> None:
    run = Run(waves(hidden=(), features=("x", "1/(1+r)"), dataset="xor")).train(400)
    findings = run.diagnosis()
    assert findings
    for finding in findings:
        for cure in finding.cures:
            assert "1/(1+r)" in cure.experiment.features or "features" in cure.settings
    assert Starts(waves(), n=4).train(3).fields(cells=8).shape == (4, 8, 8)


def test_the_terminal_takes_formulas() -> None:
    command = [sys.executable, "-m", "tinkernet", "train", "--seed", "0.5", "--epochs", "3", "--json"]
    done = subprocess.run(
        [*command, "--features", f"x, y,{WAVES},min(x,y)"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    wrong = subprocess.run([*command, "--features", "x,sin(3*x"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "“(” is never closed" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1


@given(FORMULAS)
def test_any_formula_can_be_an_input(written: Written) -> None:
    run = Run(Experiment(seed="0.5", features=(written.text,), hidden=(2,)))
    assert np.isfinite(run.fields(8)).all()
