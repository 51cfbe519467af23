"""The estimators are estimators: scikit-learn's own checks, and its tools."""

import pickle
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_diabetes, load_iris, load_wine, make_classification
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

import tinkernet
from tinkernet import TinkerClassifier, TinkerRegressor

IRIS, IRIS_CLASSES = load_iris(return_X_y=True)
DIABETES, PROGRESSION = load_diabetes(return_X_y=True)
SMALL: dict[str, Any] = {"hidden": (8,), "epochs": 20, "random_state": 0}


def classifier(**settings: Any) -> TinkerClassifier:
    """A small one."""
    return TinkerClassifier(**(SMALL | settings))


def regressor(**settings: Any) -> TinkerRegressor:
    """A small one."""
    return TinkerRegressor(**(SMALL | settings))


@pytest.mark.parametrize("estimator", [TinkerClassifier(epochs=60), TinkerRegressor(epochs=60)], ids=repr)
def test_every_check_of_scikit_learn_passes(estimator: Any) -> None:
    done = check_estimator(estimator, on_fail=None, on_skip=None)
    assert len(done) > 50
    # Whether arrays of other libraries are checked depends on a variable of the environment.
    wrong = [one for one in done if one["status"] != "passed" and one["check_name"] != "check_array_api_input"]
    assert wrong == []


def test_nothing_that_is_learned_is_there_before_fit() -> None:
    for estimator in (TinkerClassifier(), TinkerRegressor()):
        learned = [name for name in dir(estimator) if name.endswith("_") and not name.startswith("_")]
        assert [name for name in learned if hasattr(estimator, name)] == []


def test_an_integer_seed_gives_the_same_bits_on_every_machine() -> None:
    fitted = classifier(hidden=(8, 4), dropout=0.1).fit(IRIS, IRIS_CLASSES)
    again = classifier(hidden=(8, 4), dropout=0.1).fit(IRIS, IRIS_CLASSES)
    assert np.array_equal(fitted.predict_proba(IRIS), again.predict_proba(IRIS))
    assert sha256(fitted.predict_proba(IRIS).tobytes()).hexdigest()[:16] == "0ae0492e9985e069"
    other = classifier(hidden=(8, 4), dropout=0.1, random_state=1).fit(IRIS, IRIS_CLASSES)
    assert not np.array_equal(fitted.predict_proba(IRIS), other.predict_proba(IRIS))


def test_scores_are_good() -> None:
    assert cross_val_score(TinkerClassifier(epochs=50, random_state=0), IRIS, IRIS_CLASSES).mean() > 0.93
    assert cross_val_score(TinkerRegressor(epochs=20, random_state=0), DIABETES, PROGRESSION).mean() > 0.4


def test_a_search_in_two_processes_over_a_pipeline_finds_the_best_settings() -> None:
    pipeline = make_pipeline(StandardScaler(), classifier())
    grid = {"tinkerclassifier__hidden": [(1,), (16,)], "tinkerclassifier__activation": ["tanh"]}
    search = GridSearchCV(pipeline, grid, n_jobs=2, cv=3).fit(IRIS, IRIS_CLASSES)
    assert search.best_params_["tinkerclassifier__hidden"] == (16,)
    here = GridSearchCV(pipeline, grid, cv=3).fit(IRIS, IRIS_CLASSES)
    assert np.array_equal(search.cv_results_["mean_test_score"], here.cv_results_["mean_test_score"])


def test_a_setting_with_which_training_diverges_does_not_end_a_search() -> None:
    diverging = regressor(learning_rate=1e200, optimizer="sgd")
    with pytest.raises(ValueError, match=r"diverged by epoch \d+ of 442 rows: .* smaller learning_rate than 1e\+200"):
        diverging.fit(DIABETES, PROGRESSION)
    search = GridSearchCV(diverging, {"learning_rate": [1e200, 0.03]}, cv=2, error_score=-1)
    with pytest.warns(match="2 fits failed"):
        search.fit(DIABETES, PROGRESSION)
    assert search.best_params_ == {"learning_rate": 0.03}


@pytest.mark.parametrize("make", [classifier, regressor])
def test_it_is_cloned_pickled_and_stored_by_joblib(make: Any, tmp_path: Path) -> None:
    target = IRIS_CLASSES if make is classifier else IRIS[:, 0]
    fitted = make(hidden=(6,)).fit(IRIS, target)
    assert not hasattr(clone(fitted), "n_iter_")
    assert clone(fitted).get_params() == fitted.get_params()
    joblib.dump(fitted, tmp_path / "fitted")
    for copy in (pickle.loads(pickle.dumps(fitted)), joblib.load(tmp_path / "fitted")):  # noqa: S301 (written just before)
        assert np.array_equal(copy.predict(IRIS), fitted.predict(IRIS))
        assert copy.loss_curve_ == fitted.loss_curve_
    # The rows are not in it.
    assert len(pickle.dumps(fitted)) < IRIS.nbytes


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_it_takes_frames_and_knows_their_names(frame: Any) -> None:
    names = ["sepal length", "sepal width", "petal length", "petal width"]
    rows = frame(dict(zip(names, IRIS.T, strict=True)))
    fitted = classifier().fit(rows, IRIS_CLASSES)
    assert fitted.feature_names_in_.tolist() == names
    assert np.array_equal(fitted.predict_proba(rows), classifier().fit(IRIS, IRIS_CLASSES).predict_proba(IRIS))
    with pytest.raises(ValueError, match="sepal wideness"):
        fitted.predict(frame(dict(zip(["sepal length", "sepal wideness", *names[2:]], IRIS.T, strict=True))))


@pytest.mark.parametrize("output", ["pandas", "polars"])
def test_it_follows_transformers_that_give_frames(output: str) -> None:
    rows = load_wine(as_frame=True)
    chosen = make_column_transformer((StandardScaler(), ["alcohol", "hue", "proline"]), verbose_feature_names_out=False)
    pipeline = make_pipeline(chosen, classifier()).set_output(transform=output)
    pipeline.fit(rows.data, rows.target)
    assert pipeline[-1].feature_names_in_.tolist() == ["alcohol", "hue", "proline"]
    assert pipeline.score(rows.data, rows.target) > 0.7


def test_it_has_any_number_of_columns_classes_and_neurons() -> None:
    rows, target = make_classification(
        120, 2500, n_informative=30, n_classes=15, n_clusters_per_class=1, random_state=0
    )
    fitted = classifier(hidden=(300,), epochs=5).fit(rows, target)
    assert fitted.predict_proba(rows).shape == (120, 15)
    assert fitted.predict_proba(rows).sum(axis=1) == pytest.approx(1)
    assert fitted.score(rows, target) > 0.9
    assert [weights.shape for weights in fitted.weights_] == [(300, 2500), (15, 300)]
    assert [biases.shape for biases in fitted.biases_] == [(300,), (15,)]


def test_classes_may_be_texts() -> None:
    names = np.array(["a", "b", "c"])[IRIS_CLASSES]
    fitted = classifier().fit(IRIS, names)
    assert fitted.classes_.tolist() == ["a", "b", "c"]
    assert fitted.score(IRIS, names) == classifier().fit(IRIS, IRIS_CLASSES).score(IRIS, IRIS_CLASSES)


@pytest.mark.parametrize("loss", ["squared", "cross-entropy", "huber,delta:0.5", "hinge"])
def test_probabilities_of_two_classes_agree_with_the_predicted_class(loss: str) -> None:
    rows, target = IRIS[IRIS_CLASSES > 0], IRIS_CLASSES[IRIS_CLASSES > 0]
    fitted = classifier(loss=loss, epochs=30).fit(rows, target)
    assert fitted.score(rows, target) > 0.8
    if loss == "hinge":
        assert not hasattr(fitted, "predict_proba")
        return
    probabilities = fitted.predict_proba(rows)
    assert probabilities.min() >= 0
    assert probabilities.sum(axis=1) == pytest.approx(1)
    assert np.array_equal(fitted.classes_[probabilities.argmax(axis=1)], fitted.predict(rows))


def test_without_scikit_learn_one_line_says_what_to_install() -> None:
    program = "import sys; sys.modules['sklearn'] = None; import tinkernet; tinkernet.TinkerClassifier"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("sklearn is not installed: pip install 'tinkernet[sklearn]'")
    assert "TinkerClassifier" in tinkernet.__all__
