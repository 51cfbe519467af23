"""TinkerRegressor: a network of the playground as a regressor of scikit-learn."""

from typing import Any, Self

from numpy import ndarray
from sklearn.base import RegressorMixin
from sklearn.utils.validation import column_or_1d

from tinkernet.data.own.scaling import Scaling
from tinkernet.estimators.columns import target_scaling
from tinkernet.estimators.defaults import INITIALIZER, NUMBERS_LOSS, OPTIMIZER, REGULARIZATION, SCHEDULE
from tinkernet.estimators.estimator import TinkerEstimator
from tinkernet.estimators.fitted import Fitted
from tinkernet.estimators.rows import numbers_of
from tinkernet.estimators.settings import STANDARD
from tinkernet.network.activations import RELU
from tinkernet.network.problems import REGRESSION


class TinkerRegressor(RegressorMixin, TinkerEstimator):
    """A network of the playground as a regressor of scikit-learn, for any number of columns and one target.

    Args:
        hidden: number of neurons in each hidden layer.
        activation: activation of the hidden neurons, or one for each layer.
        optimizer: how gradients update the weights, a name, or the result of `tinkernet.Adam(beta1=0.8)`.
        learning_rate: step size of the updates.
        batch_size: number of rows per update; all rows where there are fewer.
        epochs: how many epochs `fit` trains.
        initializer: how initial weights are drawn.
        schedule: how the learning rate changes from epoch to epoch.
        loss: the loss function, of the scaled target.
        dropout: the share of outputs of hidden neurons that are dropped in training, or one for each layer.
        regularization: the penalty on weights.
        regularization_rate: strength of the penalty.
        features: the inputs, names of columns or formulas over the scaled columns, as of an experiment; by default
            all columns.
        scaling: how columns and target are scaled by the rows of `fit`: "standard" to mean 0 and variance 1; "plane"
            as a run does, columns to −6 … 6 and the target to −1 … 1; None leaves them as they are.
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
        n_features_in_: the number of columns.
        feature_names_in_: the names of the columns, where `fit` got a data frame.
        n_iter_: the number of epochs trained.
        loss_curve_: the training loss after each epoch, of the scaled target.
        validation_loss_curve_: the loss of the rows held back after each epoch; None without early stopping.
        best_epoch_: the epoch whose weights are kept.
        weights_: the weights, one array [to, from] for each layer after the inputs.
        biases_: the biases, one array for each layer after the inputs.

    Raises:
        ExperimentError: `fit` was given a setting that is not possible; the error names it.

    Example:
        >>> from sklearn.datasets import load_diabetes
        >>> X, y = load_diabetes(return_X_y=True)
        >>> regressor = TinkerRegressor(hidden=(8,), epochs=20, random_state=0).fit(X, y)
        >>> regressor.score(X, y) > 0.4
        True
    """

    _problem = REGRESSION

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
        loss: Any = NUMBERS_LOSS,
        dropout: Any = 0.0,
        regularization: Any = REGULARIZATION,
        regularization_rate: float = 0.0,
        features: Any = None,
        scaling: str | None = STANDARD,
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
        self.shuffle = shuffle
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.warm_start = warm_start
        self.random_state = random_state

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803 (scikit-learn's name)
        """Train on the rows of `X` with the numbers `y`.

        Args:
            X: numbers, shape (rows, columns): an array or a data frame.
            y: a number for each row.
            sample_weight: what each row counts, relative to the others; by default all count the same.

        Raises:
            ExperimentError: a setting is not possible.
            ValueError: rows are not possible, or training diverged.

        Example:
            >>> TinkerRegressor(hidden=(8,), random_state=0).fit([[0], [1], [2], [3]], [0, 1, 4, 9]).n_features_in_
            1
        """
        first = not (self.warm_start and self.__sklearn_is_fitted__())
        return self._train(X, y, sample_weight, first=first)

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803 (the same)
        """Train one epoch on these rows. The first call scales columns and target by its rows.

        Args:
            X: numbers, shape (rows, columns).
            y: a number for each row.
            sample_weight: a factor for the gradient of each row.

        Raises:
            ExperimentError: a setting is not possible.
            ValueError: rows are not possible, or training diverged.

        Example:
            >>> regressor = TinkerRegressor(random_state=0)
            >>> for rows, numbers in [([[0], [1]], [0, 1]), ([[2], [3]], [4, 9])]:
            ...     _ = regressor.partial_fit(rows, numbers)
            >>> regressor.n_iter_
            2
        """
        return self._train(X, y, sample_weight, first=not self.__sklearn_is_fitted__(), partial=True)

    def predict(self, X: Any) -> ndarray:  # noqa: N803 (the same)
        """The predicted number for each row, shape (rows,), in the units of `y`.

        Args:
            X: numbers, shape (rows, columns), as in `fit`.

        Raises:
            ValueError: the columns are not those of `fit`.
            NotFittedError: `fit` was not called.

        Example:
            >>> regressor = TinkerRegressor(hidden=(8,), random_state=0).fit([[0], [1], [2], [3]], [0, 1, 4, 9])
            >>> regressor.predict([[1.5], [2.5]]).shape
            (2,)
        """
        found = self._outputs(X)[0]
        scaling = self._fitted.target
        return found if scaling is None else scaling.backward(found[:, None])[:, 0]

    # --- For the base class -------------------------------------------------------------------

    @property
    def _target_options(self) -> dict[str, bool]:
        return {"y_numeric": True}

    def _checked_target(self, given: Any) -> ndarray:
        return numbers_of(column_or_1d(given, warn=True))

    def _begin(self, _target: ndarray, _classes: Any) -> int:
        return 0

    def _labels(self, target: ndarray, fitted: Fitted) -> ndarray:
        return target if fitted.target is None else fitted.target.forward(target[:, None])[:, 0]

    def _target_scaling(self, target: ndarray, weights: ndarray | None, scaling: str | None) -> Scaling | None:
        return target_scaling(target, weights, scaling)
