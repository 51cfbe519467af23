"""How the estimators train: epochs, weights of rows and classes, early stopping, further training, bad input."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import csr_matrix
from sklearn.datasets import load_diabetes, load_iris, load_wine

from tinkernet import ExperimentError, TinkerClassifier, TinkerRegressor

IRIS, IRIS_CLASSES = load_iris(return_X_y=True)
DIABETES, PROGRESSION = load_diabetes(return_X_y=True)
SMALL: dict[str, Any] = {"hidden": (8,), "epochs": 20, "random_state": 0}


def classifier(**settings: Any) -> TinkerClassifier:
    return TinkerClassifier(**(SMALL | settings))


def regressor(**settings: Any) -> TinkerRegressor:
    return TinkerRegressor(**(SMALL | settings))


def test_the_loss_curve_has_the_loss_after_each_epoch() -> None:
    fitted = regressor().fit(DIABETES, PROGRESSION)
    assert fitted.n_iter_ == len(fitted.loss_curve_) == 20
    scaled = (fitted.predict(DIABETES) - PROGRESSION) / PROGRESSION.std()
    assert fitted.loss_curve_[-1] == pytest.approx((scaled**2).mean() / 2)
    assert fitted.loss_curve_[-1] < fitted.loss_curve_[0]
    assert fitted.validation_loss_curve_ is None


@pytest.mark.parametrize("shuffle", [True, False])
def test_a_warm_start_and_partial_fit_continue_bit_for_bit(shuffle: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    settings: dict[str, Any] = {"shuffle": shuffle, "batch_size": 40, "dropout": 0.1, "schedule": "cosine,epochs:20"}
    long = classifier(**settings).fit(IRIS, IRIS_CLASSES)
    warm = classifier(**settings, warm_start=True, epochs=5).fit(IRIS, IRIS_CLASSES)
    warm.set_params(epochs=15).fit(IRIS, IRIS_CLASSES)
    partly = classifier(**settings)
    for _ in range(20):
        partly.partial_fit(IRIS, IRIS_CLASSES, classes=[0, 1, 2])
    for other in (warm, partly):
        assert other.n_iter_ == 20
        assert other.loss_curve_ == long.loss_curve_
        assert np.array_equal(other.predict_proba(IRIS), long.predict_proba(IRIS))
    cold = classifier(**settings).fit(IRIS, IRIS_CLASSES).fit(IRIS, IRIS_CLASSES)
    assert np.array_equal(cold.predict_proba(IRIS), long.predict_proba(IRIS))


def test_partial_fit_knows_classes_that_come_later() -> None:
    fitted = classifier().partial_fit(IRIS[:100], IRIS_CLASSES[:100], classes=[0, 1, 2])
    for _ in range(30):
        fitted.partial_fit(IRIS, IRIS_CLASSES)
    assert fitted.score(IRIS, IRIS_CLASSES) > 0.6
    with pytest.raises(ExperimentError, match=r"y is 7, but must be one of the classes \[0, 1, 2\]"):
        fitted.partial_fit(IRIS[:1], [7])
    with pytest.raises(ExperimentError, match="classes is"):
        fitted.partial_fit(IRIS, IRIS_CLASSES, classes=[0, 1])
    with pytest.raises(ValueError, match="classes must be passed"):
        classifier().partial_fit(IRIS, IRIS_CLASSES)


def test_another_optimizer_can_continue() -> None:
    fitted = classifier(warm_start=True).fit(IRIS, IRIS_CLASSES)
    before = fitted.loss_curve_[-1]
    fitted.set_params(optimizer="sgd", learning_rate=0.1).fit(IRIS, IRIS_CLASSES)
    assert fitted.loss_curve_[-1] < before


@pytest.mark.parametrize("make", [classifier, regressor])
@pytest.mark.parametrize("scaling", ["standard", "plane", None])
def test_weights_are_repetitions_and_a_weight_of_zero_is_a_row_less(make: Any, scaling: str | None) -> None:
    target = IRIS_CLASSES.astype(float)
    weights = np.random.default_rng(0).integers(0, 4, len(target))
    weighted = make(batch_size=1000, scaling=scaling).fit(IRIS, target, sample_weight=weights)
    repeated = make(batch_size=1000, scaling=scaling).fit(IRIS.repeat(weights, axis=0), target.repeat(weights))
    assert weighted.loss_curve_ == pytest.approx(repeated.loss_curve_)
    assert weighted.predict(IRIS) == pytest.approx(repeated.predict(IRIS))
    some = make(scaling=scaling).fit(IRIS[weights > 0], target[weights > 0])
    assert np.array_equal(make(scaling=scaling).fit(IRIS, target, weights > 0).predict(IRIS), some.predict(IRIS))
    ones = make(scaling=scaling).fit(IRIS, target, np.full(len(target), 1.0))
    assert np.array_equal(ones.predict(IRIS), make(scaling=scaling).fit(IRIS, target).predict(IRIS))


def test_class_weights_are_weights_of_rows() -> None:
    rows, target = IRIS[45:], IRIS_CLASSES[45:]
    balanced = classifier(class_weight="balanced").fit(rows, target)
    counts = np.bincount(target)
    by_row = classifier().fit(rows, target, sample_weight=(len(target) / 3 / counts)[target])
    assert balanced.predict_proba(rows) == pytest.approx(by_row.predict_proba(rows))
    favoured = classifier(class_weight={1: 100.0}).fit(rows, target)
    assert (favoured.predict(rows) == 1).sum() > (balanced.predict(rows) == 1).sum()
    with pytest.raises(ExperimentError, match="class_weight is 'balanced', but must be None or a dict for partial_fit"):
        classifier(class_weight="balanced").partial_fit(rows, target, classes=[0, 1, 2])


@pytest.mark.parametrize("shuffle", [True, False])
def test_early_stopping_keeps_the_best_weights(shuffle: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    settings: dict[str, Any] = {"shuffle": shuffle, "learning_rate": 0.03, "epochs": 300, "early_stopping": True}
    stopped = regressor(**settings, validation_fraction=0.2, n_iter_no_change=5).fit(DIABETES, PROGRESSION)
    curve = stopped.validation_loss_curve_
    assert curve is not None
    assert len(curve) == stopped.n_iter_ < 300
    assert stopped.best_epoch_ == 1 + int(np.argmin(curve))
    shorter = regressor(**(settings | {"epochs": stopped.best_epoch_}), validation_fraction=0.2, n_iter_no_change=999)
    assert np.array_equal(shorter.fit(DIABETES, PROGRESSION).predict(DIABETES), stopped.predict(DIABETES))


def test_columns_in_any_units_are_learned_alike() -> None:
    in_units = IRIS * [1e6, 1e-6, 1, 1] + [0, 0, 1e4, 0]
    plain, other = (classifier().fit(rows, IRIS_CLASSES).predict_proba(rows) for rows in (IRIS, in_units))
    assert other == pytest.approx(plain, abs=1e-6)
    shifted = regressor().fit(IRIS, 1e6 + 1e3 * IRIS[:, 0])
    assert shifted.score(IRIS, 1e6 + 1e3 * IRIS[:, 0]) > 0.6


def test_a_constant_column_and_a_constant_target_are_learned() -> None:
    rows = np.hstack([IRIS, np.full((150, 1), 1e9)])
    assert np.isfinite(classifier().fit(rows, IRIS_CLASSES).predict_proba(rows)).all()
    assert regressor(epochs=100).fit(IRIS, np.full(150, 7.0)).predict(IRIS) == pytest.approx(7, rel=0.2)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"hidden": (0,)}, "hidden[0] is 0, but must be a whole number from 1 to"),
        ({"hidden": 8}, "hidden is 8, but must be at most 64 layers"),
        ({"activation": "rele"}, "activation is 'rele', but must be one of tanh, relu"),
        ({"activation": ("relu", "tanh")}, "activation is ('relu', 'tanh'), but must be one value, or 1"),
        ({"optimizer": "adam,beta:1"}, "a parameter of adam is 'beta'"),
        ({"learning_rate": -1}, "learning_rate is -1, but must be"),
        ({"batch_size": 0}, "batch_size is 0, but must be"),
        ({"epochs": 0}, "epochs is 0, but must be"),
        ({"loss": "squarred"}, "loss is 'squarred', but must be one of"),
        ({"loss": "squared"}, "loss is 'squared', but must be cross-entropy for 3 classes"),
        ({"dropout": 1}, "dropout is 1, but must be"),
        ({"features": ["x1", "sin(x9)"]}, "x9"),
        ({"features": "x1"}, "features is 'x1', but must be None for all columns, or a list"),
        ({"scaling": "minmax"}, "scaling is 'minmax', but must be None, or one of standard, plane"),
        ({"class_weight": "rare"}, "class_weight is 'rare', but must be None, 'balanced' or a dict"),
        ({"class_weight": [1, 2, 1]}, "class_weight is [1, 2, 1], but must be None, 'balanced' or a dict"),
        ({"class_weight": {0: -1, 1: 1, 2: 1}}, "class_weight of 0 is -1, but must be a finite number from 0 up"),
        ({"early_stopping": True, "validation_fraction": 0.999}, "validation_fraction is 0.999, but must be such that"),
        ({"early_stopping": True, "validation_fraction": 1}, "validation_fraction is 1, but must be a number between"),
        ({"random_state": 0.5}, "random_state is 0.5, but must be an integer"),
        ({"warm_start": "yes"}, "warm_start is 'yes', but must be True or False"),
    ],
)
def test_a_setting_that_is_not_possible_is_named(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError) as raised:
        classifier(**settings).fit(IRIS, IRIS_CLASSES)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(TypeError, match="hiden"):
        TinkerClassifier(hiden=(4,))  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="hiden"):
        TinkerClassifier().set_params(hiden=(4,))


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_a_column_of_texts_is_named(frame: Any) -> None:
    rows = frame({"length": [1.0, 2.0, 3.0], "colour": ["red", "blue", "red"]})
    with pytest.raises(ExperimentError, match="column 'colour', row 0, is 'red', but must be a number; encode"):
        classifier().fit(rows, [0, 1, 0])


def test_rows_that_are_not_possible_are_named() -> None:
    fitted = classifier().fit(IRIS, IRIS_CLASSES)
    with pytest.raises(ValueError, match="X has 3 features, but TinkerClassifier is expecting 4"):
        fitted.predict(IRIS[:, :3])
    with pytest.raises(TypeError, match="Sparse data was passed"):
        fitted.fit(csr_matrix(IRIS), IRIS_CLASSES)
    with pytest.raises(ExperimentError, match=r"column 0, row 102, is nan, .*NaN and inf"):
        classifier().fit(np.where(IRIS > 7, np.nan, IRIS), IRIS_CLASSES)
    dates = pd.DataFrame({"width": [1.0, 2.0], "day": pd.date_range("2026-01-01", periods=2)})
    with pytest.raises(ExperimentError, match="column 'day', row 0, is Timestamp"):
        classifier().fit(dates, [0, 1])
    with pytest.raises(ExperimentError, match="columns is 'a twice', but must be of different names"):
        classifier().fit(pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]), [0, 1])
    with pytest.raises(ExperimentError, match=r"column 2 in row 1 is 1e\+300"):
        classifier().fit(np.where(np.arange(600).reshape(IRIS.shape) == 2, 1e300, IRIS), IRIS_CLASSES)
    with pytest.raises(ValueError, match="two or more classes, but y has one"):
        classifier().fit(IRIS, np.zeros(150))
    with pytest.raises(ValueError, match=r"(?i)sample.weight"):
        classifier().fit(IRIS, IRIS_CLASSES, np.zeros(150))
    with pytest.raises(ExperimentError, match=r"sample_weight is 1e\+308, but must be 0 for a row, or from 1e-150"):
        classifier().fit(IRIS, IRIS_CLASSES, np.full(150, 1e308))
    with pytest.raises(ExperimentError, match="y is 'NoneType and str', but must be labels of one type"):
        classifier().fit(IRIS[:2], np.array(["a", None], dtype=object))
    with pytest.raises(ValueError, match="classes has no class"):
        classifier().partial_fit(IRIS, IRIS_CLASSES, classes=[])
    for texts in (np.array(["1", "b"]), pd.Series(["1", "b"], dtype=object)):
        with pytest.raises(ExperimentError, match=r"y, row [01], is '[1b]', but must be a number; for classes use"):
            TinkerRegressor().fit(IRIS[:2], texts)


def test_a_warm_start_with_another_network_is_an_error() -> None:
    fitted = classifier(warm_start=True).fit(IRIS, IRIS_CLASSES).set_params(hidden=(3,))
    with pytest.raises(ExperimentError, match=r"hidden is \(3,\), but must be \(8,\), as in the fit"):
        fitted.fit(IRIS, IRIS_CLASSES)
    fitted.set_params(warm_start=False).fit(IRIS, IRIS_CLASSES)
    with pytest.raises(ValueError, match="13 features"):
        fitted.set_params(warm_start=True).fit(*load_wine(return_X_y=True))
