"""TinkerClassifier: a network of the playground as a classifier of scikit-learn."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy import ndarray
from sklearn.base import ClassifierMixin
from sklearn.utils.class_weight import compute_class_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets, unique_labels
from sklearn.utils.validation import column_or_1d

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.estimators.defaults import CLASSES_LOSS, INITIALIZER, OPTIMIZER, REGULARIZATION, SCHEDULE
from tinkernet.estimators.estimator import TinkerEstimator
from tinkernet.estimators.fitted import Fitted
from tinkernet.estimators.runs import classes_of
from tinkernet.estimators.settings import STANDARD
from tinkernet.network.activations import RELU
from tinkernet.network.heads import heads_for
from tinkernet.network.problems import CLASSIFICATION
from tinkernet.run import Run

BALANCED = "balanced"


def _has_probabilities(estimator: "TinkerClassifier") -> bool:
    """Whether outputs have limits, between which there are probabilities: not with the hinge loss."""
    loss = str(estimator.loss).partition(",")[0]
    if any(head.loss.name == loss and head.limit is None for head in heads_for(CLASSIFICATION, 2)):
        raise AttributeError(f"predict_proba is not available with loss={loss!r}: its outputs are not probabilities")
    return True


class TinkerClassifier(ClassifierMixin, TinkerEstimator):
    """A network of the playground as a classifier of scikit-learn, for any number of columns and classes.

    Args:
        hidden: number of neurons in each hidden layer.
        activation: activation of the hidden neurons, or one for each layer.
        optimizer: how gradients update the weights, a name, or the result of `tinkernet.Adam(beta1=0.8)`.
        learning_rate: step size of the updates.
        batch_size: number of rows per update; all rows where there are fewer.
        epochs: how many epochs `fit` trains.
        initializer: how initial weights are drawn.
        schedule: how the learning rate changes from epoch to epoch.
        loss: the loss function; the hinge loss has no `predict_proba`.
        dropout: the share of outputs of hidden neurons that are dropped in training, or one for each layer.
        regularization: the penalty on weights.
        regularization_rate: strength of the penalty.
        features: the inputs, names of columns or formulas over the scaled columns, as of an experiment; by default
            all columns.
        scaling: how columns are scaled by the rows of `fit`: "standard" to mean 0 and variance 1; "plane" to −6 … 6, as
            a run does; None leaves them as they are.
        class_weight: a weight for each class, {class: weight}; "balanced" weighs them by how rare they are.
        shuffle: whether each epoch has another order of the rows, and those that do not fill a batch are a smaller last
            one. If not, everything is as in a run, which has one order for all epochs, and `to_run` has the history.
        early_stopping: hold back some rows, stop when their loss has stopped improving, and keep the weights with
            which it was lowest.
        validation_fraction: the share of rows that is held back.
        n_iter_no_change: how many epochs to wait for an improvement.
        tol: the smallest improvement that counts.
        warm_start: whether a further `fit` continues from the weights of the last one.
        random_state: the random seed: the same integer or text gives the same network on every machine.

    Attributes:
        classes_: the classes, sorted.
        n_features_in_: the number of columns.
        feature_names_in_: the names of the columns, where `fit` got a data frame.
        n_iter_: the number of epochs trained.
        loss_curve_: the training loss after each epoch.
        validation_loss_curve_: the loss of the rows held back after each epoch; None without early stopping.
        best_epoch_: the epoch whose weights are kept.
        weights_: the weights, one array [to, from] for each layer after the inputs.
        biases_: the biases, one array for each layer after the inputs.

    Raises:
        ExperimentError: `fit` was given a setting that is not possible; the error names it.

    Example:
        >>> from sklearn.datasets import load_iris
        >>> X, y = load_iris(return_X_y=True)
        >>> classifier = TinkerClassifier(hidden=(8,), epochs=200, random_state=0).fit(X, y)
        >>> classifier.score(X, y) > 0.9
        True
    """

    _problem = CLASSIFICATION
    classes_: ndarray

    def __init__(
        self,
        hidden: Any = (100,),
        activation: Any = RELU.name,
        optimizer: Any = OPTIMIZER,
        learning_rate: float = 0.003,
        batch_size: int = 64,
        epochs: int = 200,
        *,
        initializer: Any = INITIALIZER,
        schedule: Any = SCHEDULE,
        loss: Any = CLASSES_LOSS,
        dropout: Any = 0.0,
        regularization: Any = REGULARIZATION,
        regularization_rate: float = 0.0,
        features: Any = None,
        scaling: str | None = STANDARD,
        class_weight: Any = None,
        shuffle: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 10,
        tol: float = 1e-4,
        warm_start: bool = False,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.initializer = initializer
        self.schedule = schedule
        self.loss = loss
        self.dropout = dropout
        self.regularization = regularization
        self.regularization_rate = regularization_rate
        self.features = features
        self.scaling = scaling
        self.class_weight = class_weight
        self.shuffle = shuffle
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.warm_start = warm_start
        self.random_state = random_state

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803 (scikit-learn's name)
        """Train on the rows of `X` with the classes `y`.

        Args:
            X: numbers, shape (rows, columns): an array or a data frame.
            y: a class for each row.
            sample_weight: what each row counts, relative to the others; by default all count the same.

        Raises:
            ExperimentError: a setting is not possible.
            ValueError: rows are not possible, or training diverged.

        Example:
            >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"]
            >>> TinkerClassifier(hidden=(8,), random_state=0).fit(X, y).classes_.tolist()
            ['no', 'yes']
        """
        first = not (self.warm_start and self.__sklearn_is_fitted__())
        return self._train(X, y, sample_weight, first=first)

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> Self:  # noqa: N803 (the same)
        """Train one epoch on these rows. The first call scales the columns by its rows.

        Args:
            X: numbers, shape (rows, columns).
            y: a class for each row.
            classes: all classes that will ever occur; needed in the first call.
            sample_weight: a factor for the gradient of each row.

        Raises:
            ExperimentError: a setting is not possible.
            ValueError: rows are not possible, or `classes` is missing.

        Example:
            >>> classifier = TinkerClassifier(random_state=0)
            >>> for rows, labels in [([[0, 0], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [1, 1])]:
            ...     _ = classifier.partial_fit(rows, labels, classes=[0, 1])
            >>> classifier.n_iter_
            2
        """
        first = not self.__sklearn_is_fitted__()
        if first and classes is None:
            raise ValueError("classes must be passed on the first call to partial_fit.")
        if not first and classes is not None and not np.array_equal(unique_labels(classes), self.classes_):
            raise ExperimentError("classes", list(classes), f"{self.classes_.tolist()}, as in the first call")
        return self._train(X, y, sample_weight, first=first, partial=True, classes=classes)

    def predict(self, X: Any) -> ndarray:  # noqa: N803 (the same)
        """The most probable class of each row, shape (rows,).

        Args:
            X: numbers, shape (rows, columns), as in `fit`.

        Raises:
            ValueError: the columns are not those of `fit`.
            NotFittedError: `fit` was not called.

        Example:
            >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"]
            >>> TinkerClassifier(hidden=(8,), random_state=0).fit(X, y).predict([[1, 0]]).tolist()
            ['yes']
        """
        found = self._outputs(X)
        classes: ndarray = self.classes_[self._fitted.head.classes_of(found)]
        return classes

    @available_if(_has_probabilities)
    def predict_proba(self, X: Any) -> ndarray:  # noqa: N803 (the same)
        """The probability of each class for each row, shape (rows, classes), in the order of `classes_`.

        With a loss other than cross-entropy, an output from −1 to 1 is taken for the difference of two probabilities.

        Args:
            X: numbers, shape (rows, columns), as in `fit`.

        Raises:
            ValueError: the columns are not those of `fit`.
            NotFittedError: `fit` was not called.

        Example:
            >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"]
            >>> TinkerClassifier(hidden=(8,), random_state=0).fit(X, y).predict_proba(X).shape
            (4, 2)
        """
        found = self._outputs(X)
        head = self._fitted.head
        if head.several:
            return np.ascontiguousarray(found.T)
        second = (found[0] - head.lowest) / (head.highest - head.lowest)
        return np.stack([1.0 - second, second], axis=1)

    # --- For the base class -------------------------------------------------------------------

    def _adopt(self, run: Run, fitted: Fitted) -> None:
        super()._adopt(run, fitted)
        self.classes_ = classes_of(run)

    def _class_names(self) -> list[str]:
        return [str(one) for one in self.classes_.tolist()]

    def _target_of_run(self, target: ndarray) -> ndarray:
        names: ndarray = np.array(self._class_names())[self._codes(target)]
        return names

    def _checked_target(self, given: Any) -> ndarray:
        target: ndarray = column_or_1d(given, warn=True)
        try:
            check_classification_targets(target)
        except TypeError as error:  # labels are sorted
            kinds = " and ".join(sorted({type(label).__name__ for label in target.tolist()}))
            raise ExperimentError("y", kinds, "labels of one type, without missing ones") from error
        return target

    def _begin(self, target: ndarray, classes: Any) -> int:
        found = np.unique(target) if classes is None else unique_labels(classes)
        if len(found) < 2:
            where = "y" if classes is None else "classes"
            what = f"one class: {found.tolist()[0]!r}" if len(found) else "no class"
            raise ValueError(f"{type(self).__name__} needs two or more classes, but {where} has {what}")
        self.classes_ = found
        return len(found)

    def _codes(self, target: ndarray) -> ndarray:
        """The index of each label's class."""
        codes = np.searchsorted(self.classes_, target)
        codes = np.minimum(codes, len(self.classes_) - 1)
        wrong = np.flatnonzero(self.classes_[codes] != target)
        if len(wrong):
            raise ExperimentError("y", target[wrong].tolist()[0], f"one of the classes {self.classes_.tolist()}")
        return codes

    def _labels(self, target: ndarray, fitted: Fitted) -> ndarray:
        codes = self._codes(target).astype(np.float64)
        return 2.0 * codes - 1.0 if fitted.classes == 2 else codes

    def _class_factors(self, target: ndarray, *, partial: bool) -> ndarray | None:
        if self.class_weight is None:
            return None
        if isinstance(self.class_weight, Mapping):
            for label, weight in self.class_weight.items():
                checks.number(f"class_weight of {label!r}", weight, 0)
        elif partial or self.class_weight != BALANCED:
            allowed = "None or a dict for partial_fit" if partial else f"None, {BALANCED!r} or a dict"
            raise ExperimentError("class_weight", self.class_weight, allowed)
        codes = self._codes(target)
        known = np.arange(len(self.classes_))
        if isinstance(self.class_weight, str):
            present = np.unique(codes)
            factors = np.zeros(len(known))
            factors[present] = compute_class_weight(BALANCED, classes=present, y=codes)
        else:
            factors = compute_class_weight(self.class_weight, classes=self.classes_, y=target)
        weights: ndarray = np.asarray(factors, np.float64)[codes]
        return weights
