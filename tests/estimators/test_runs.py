"""From runs to estimators and back, and to the page."""

import pickle
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, load_wine

from tinkernet import Dataset, ExperimentError, Run, TinkerClassifier, TinkerRegressor

IRIS, IRIS_CLASSES = load_iris(return_X_y=True)
DIABETES, PROGRESSION = load_diabetes(return_X_y=True)
SETTINGS: dict[str, Any] = {"hidden": (8, 4), "activation": ("relu", "tanh"), "epochs": 15, "random_state": 7}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"scaling": "plane", "regularization": "L1", "regularization_rate": 0.01},
        {"early_stopping": True, "learning_rate": 0.1, "epochs": 100, "n_iter_no_change": 2},
        {"features": ["x1", "x2*x3", "sin(x4)"], "dropout": 0.2, "batch_size": 1000},
    ],
    ids=str,
)
def test_a_run_has_the_bits_and_the_history_of_an_estimator_that_does_not_shuffle(settings: dict[str, Any]) -> None:
    fitted = TinkerClassifier(**(SETTINGS | {"shuffle": False} | settings)).fit(IRIS, IRIS_CLASSES)
    run = fitted.to_run()
    assert run.epoch == fitted.best_epoch_
    assert run.history.train_loss[1:].tolist() == fitted.loss_curve_[: run.epoch]
    assert all(map(np.array_equal, run.weights, fitted.weights_))
    assert all(map(np.array_equal, run.biases, fitted.biases_))
    assert np.array_equal(run.predict(IRIS), fitted.predict_proba(IRIS))
    assert run.experiment.classes == ("0", "1", "2")


def test_a_run_of_a_regression_has_its_bits() -> None:
    fitted = TinkerRegressor(**SETTINGS, shuffle=False).fit(DIABETES, PROGRESSION)
    run = fitted.to_run()
    assert run.history.train_loss[1:].tolist() == fitted.loss_curve_
    data = run.experiment.data
    assert data is not None
    assert np.array_equal(data.target.scaling.backward(run.predict(DIABETES)[:, None])[:, 0], fitted.predict(DIABETES))


@pytest.mark.parametrize(
    "settings", [{}, {"scaling": None}, {"class_weight": {"setosa": 2}, "shuffle": False}], ids=str
)
def test_any_other_run_begins_with_the_weights(settings: dict[str, Any]) -> None:
    names = np.array(["setosa", "versicolor", "virginica"])[IRIS_CLASSES]
    run = (fitted := TinkerClassifier(**SETTINGS, **settings).fit(IRIS, names)).to_run()
    assert run.epoch == 0
    assert run.predict(IRIS) == pytest.approx(fitted.predict_proba(IRIS), abs=1e-12)
    assert run.experiment.classes == ("setosa", "versicolor", "virginica")
    before = run.train_loss
    assert run.train(20).train_loss < before


def test_a_run_of_a_copy_needs_rows() -> None:
    fitted = pickle.loads(pickle.dumps(TinkerClassifier(**SETTINGS).fit(IRIS, IRIS_CLASSES)))  # noqa: S301 (written just before)
    with pytest.raises(ExperimentError, match="X is None, but must be given for an estimator that was not fitted"):
        fitted.to_run()
    run = fitted.to_run(IRIS[::2], IRIS_CLASSES[::2])
    assert len(run.train_data) == 75
    assert np.array_equal(run.predict(IRIS), fitted.predict_proba(IRIS))


def test_labels_without_rows_are_refused() -> None:
    fitted = TinkerClassifier(hidden=(2,), epochs=1).fit([[0], [1]], [0, 1])
    for method in (fitted.to_run, fitted.open):
        with pytest.raises(ExperimentError, match="X is None, but must be given with y"):
            method(y=[0, 1])


def test_what_a_run_cannot_have_is_named() -> None:
    wide = TinkerClassifier(epochs=1).fit(np.eye(400), np.arange(400) % 2)
    with pytest.raises(ExperimentError, match="more than 300 columns"):
        wide.to_run()
    many = TinkerClassifier(epochs=1).fit(IRIS, np.arange(150) % 12)
    with pytest.raises(ExperimentError, match="at most 10 classes"):
        many.to_run()
    large = TinkerClassifier(hidden=(300,), epochs=1).fit(IRIS, IRIS_CLASSES)
    with pytest.raises(ExperimentError, match=r"hidden\[0\] is 300"):
        large.to_run()


def test_the_estimator_of_a_run_predicts_what_it_does() -> None:
    run = Run(dataset="spiral", features=["x", "y", "xSquared", "sin(x*y)"], hidden=(6,), seed="0.5").train(30)
    fitted = TinkerClassifier.from_run(run)
    points = run.train_data.points
    assert np.array_equal(fitted.predict(points), np.array(run.experiment.classes)[run.predicted_classes(points)])
    assert fitted.predict_proba(points)[:, 1] == pytest.approx((run.predict(points) + 1) / 2)
    assert fitted.n_iter_ == 30
    assert fitted.loss_curve_ == run.history.train_loss[1:].tolist()
    back = fitted.to_run()
    assert back.events == run.events
    assert np.array_equal(back.train(5).parameters, run.copy().train(5).parameters)
    again = clone(fitted).fit(points, fitted.predict(points))
    assert all(map(np.array_equal, again.to_run().weights, again.weights_))
    assert again.score(points, fitted.predict(points)) > 0.9


def test_the_estimator_of_a_run_on_own_data_has_its_columns_and_units() -> None:
    wine = load_wine(as_frame=True)
    frame = wine.data.assign(cultivar=wine.target)
    run = Run(data=Dataset.from_frame(frame, target="cultivar"), hidden=(4,), seed="1").train(20)
    fitted = TinkerClassifier.from_run(run)
    assert fitted.feature_names_in_.tolist() == list(wine.data.columns)
    assert fitted.classes_.tolist() == [0, 1, 2]
    assert np.array_equal(fitted.predict_proba(wine.data), run.predict(wine.data.to_numpy()))
    assert fitted.score(wine.data, wine.target) > 0.9
    numbers = Run(data=Dataset.from_arrays(DIABETES, PROGRESSION), hidden=(4,), seed="1").train(20)
    assert TinkerRegressor.from_run(numbers).score(DIABETES, PROGRESSION) > 0.4


def test_only_a_run_of_the_same_problem_becomes_an_estimator() -> None:
    with pytest.raises(ExperimentError, match="run is 'regression', but must be a run of a classification"):
        TinkerClassifier.from_run(Run(problem="regression"))
    with pytest.raises(ExperimentError, match=r"must be a tinkernet\.Run"):
        TinkerRegressor.from_run("circle")  # type: ignore[arg-type]


def test_an_estimator_is_shown_on_the_page() -> None:
    fitted = TinkerClassifier(**SETTINGS).fit(*load_wine(return_X_y=True))
    with fitted.open(browser=False) as page:
        assert fitted.open(browser=False) is page
        assert all(map(np.array_equal, page.run.weights, fitted.weights_))
        assert page.run.experiment.data is not None
        assert len(page.run.experiment.data.names) == 13
