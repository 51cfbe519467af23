"""What the classifier and the regressor share: parameters, checks, training and attributes."""

import numbers
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy import ndarray
from sklearn.base import BaseEstimator
from sklearn.exceptions import NotFittedError
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted

from tinkernet.data.own.limits import LARGEST_VALUE, MOST_COLUMNS, MOST_ROWS, MOST_VALUES
from tinkernet.data.own.scaling import Scaling
from tinkernet.errors import ExperimentError
from tinkernet.estimators import runs
from tinkernet.estimators.columns import columns_of, without_names
from tinkernet.estimators.fitted import Fitted
from tinkernet.estimators.rows import checked_rows
from tinkernet.estimators.settings import Settings
from tinkernet.estimators.training import Losses, examples_of, trained
from tinkernet.experiment.allowed import CHECKS
from tinkernet.options import ProblemName
from tinkernet.run import Run

if TYPE_CHECKING:
    from tinkernet.server.opening import Opening

LARGEST_SEED = 2**31 - 1


class TinkerEstimator(BaseEstimator):
    """Parameters are stored as they are given, and checked by `fit`, as scikit-learn's conventions demand."""

    _problem: ProblemName
    _fitted: Fitted
    _source: Any
    """What a run is made from: the rows of the only fit and their labels, a run, or None."""
    n_iter_: int
    loss_curve_: list[float]
    validation_loss_curve_: list[float] | None
    best_epoch_: int

    # --- What the two kinds do differently ---------------------------------------------

    def _checked_target(self, given: Any) -> ndarray:
        """The target as one-dimensional numbers or labels."""
        raise NotImplementedError

    def _begin(self, target: ndarray, classes: Any) -> int:
        """Learn what classes there are, and return how many; 0 for a regression."""
        raise NotImplementedError

    def _labels(self, target: ndarray, fitted: Fitted) -> ndarray:
        """What the network learns: −1 and 1 for two classes, the class's index for more, scaled numbers."""
        raise NotImplementedError

    def _class_factors(self, _target: ndarray, *, partial: bool) -> ndarray | None:  # noqa: ARG002 (of classes)
        """The weight of each row by its class; None where all are 1."""
        return None

    def _target_scaling(
        self,
        _target: ndarray,
        _weights: ndarray | None,
        _scaling: str | None,
    ) -> Scaling | None:
        """How numbers to predict are scaled."""
        return None

    def _class_names(self) -> list[str]:
        """The classes as the texts that a run has for them; empty for a regression."""
        return []

    def _target_of_run(self, target: ndarray) -> ndarray:
        """The target as a run's data has it: numbers, or the names of classes."""
        return target

    # --- Runs --------------------------------------------------------------------------------

    @classmethod
    def from_run(cls, run: Run) -> Self:
        """An estimator that predicts what the run's network does now, with the settings of its experiment.

        Rows to predict have the columns of the run's data, in their units. Classes are known by their names. A clone of
        it trains a new network with the same settings.

        Args:
            run: the run, which is not changed.

        Raises:
            ExperimentError: `run` is not a run, or of another problem.

        Example:
            >>> import tinkernet
            >>> run = tinkernet.Run(dataset="circle", seed="1").train(50)
            >>> tinkernet.TinkerClassifier.from_run(run).predict([[0, 0], [5, 5]]).tolist()
            ['inside', 'outside']
        """
        if not isinstance(run, Run):
            raise ExperimentError("run", run, "a tinkernet.Run")
        if run.experiment.problem != cls._problem:
            raise ExperimentError("run", run.experiment.problem, f"a run of a {cls._problem}, for {cls.__name__}")
        parameters = runs.parameters_of(run)
        estimator = cls(**parameters)
        estimator._adopt(run, runs.fitted_of(run, estimator.get_params(deep=False)))
        return estimator

    def _adopt(self, run: Run, fitted: Fitted) -> None:
        self._fitted, self._source = fitted, Run.from_checkpoint(run.checkpoint())
        self.n_features_in_ = fitted.columns.count
        if fitted.columns.names is not None and fitted.columns.names != without_names(fitted.columns).shown_names:
            self.feature_names_in_ = np.array(fitted.columns.names, dtype=object)
        self._remember(Losses(run.history.train_loss[1:].tolist(), [], run.epoch), first=True, early=False)

    def to_run(self, X: Any = None, y: Any = None) -> Run:  # noqa: N803 (scikit-learn's name)
        """A run with this network: to look into it, save it, or train it further.

        With `shuffle=False`, which is how a run trains, it has trained on the rows of `fit` for the same epochs from
        the same initial weights, with the same bits. Otherwise, and after sample weights, class weights, several fits
        or `scaling=None`, its history begins with the weights as they are now.

        Args:
            X: the rows of the run's data; by default those of the last fit, which an estimator from a pickle or a copy
                does not have.
            y: the target of these rows.

        Raises:
            NotFittedError: before `fit`.
            ExperimentError: there are no rows, or an experiment cannot have so many columns, classes or neurons.

        Example:
            >>> from sklearn.datasets import load_iris
            >>> from tinkernet import TinkerClassifier
            >>> classifier = TinkerClassifier(hidden=(4,), epochs=20, shuffle=False, random_state=0)
            >>> run = classifier.fit(*load_iris(return_X_y=True)).to_run()
            >>> run.epoch, bool(run.train_loss == classifier.loss_curve_[-1])
            (20, True)
        """
        fitted, source = self._network("run"), self._source
        if X is None and y is not None:
            raise ExperimentError("X", None, "given with y")
        if X is not None:
            rows, target = checked_rows(self, X, y, reset=False, **self._target_options)
            source = (rows, self._checked_target(target), False)
        if isinstance(source, Run):
            return Run.from_checkpoint(source.checkpoint())
        if source is None:
            allowed = (
                f"given for an estimator that was not fitted in this process, or with more than {MOST_COLUMNS} columns"
            )
            raise ExperimentError("X", None, allowed)
        rows, target, replayed = source
        names = self._class_names()
        return runs.run_of(fitted, (rows, self._target_of_run(target)), names, self.best_epoch_ if replayed else None)

    def open(self, X: Any = None, y: Any = None, *, browser: bool = True) -> "Opening":  # noqa: N803 (scikit-learn's name)
        """Show the network on the page, as the run of `to_run`: its neurons, its boundary, and its weights.

        Of more than two columns, the page draws two, which can be chosen there; sliders hold the others.

        Args:
            X: the rows that are shown, as for `to_run`.
            y: the target of these rows.
            browser: whether to open a browser; otherwise `.url` of the result is the address to open.

        Raises:
            NotFittedError: before `fit`.
            ExperimentError: there are no rows, or the page cannot show so many columns, classes or neurons.

        Example:
            >>> from sklearn.datasets import load_wine
            >>> from tinkernet import TinkerClassifier
            >>> classifier = TinkerClassifier(hidden=(4,), epochs=20).fit(*load_wine(return_X_y=True))
            >>> page = classifier.open(browser=False)
            >>> page.close()
        """
        from tinkernet.server.opening import open_run  # needs a moment to import, also in workers that only train

        if X is not None or y is not None:
            return open_run(self.to_run(X, y), browser=browser)
        shown: tuple[Fitted, Run] | None = getattr(self, "_shown", None)
        if shown is None or shown[0] is not self._network("run"):
            # The same network, opened again, is the same page.
            shown = self._shown = (self._network("run"), self.to_run())
        return open_run(shown[1], browser=browser)

    # --- Training ------------------------------------------------------------------------

    def _train(
        self, rows: Any, target: Any, sample_weight: Any, *, first: bool, partial: bool = False, classes: Any = None
    ) -> Self:
        """Train for the set number of epochs, or for one if `partial`; from initial weights if `first`."""
        settings = Settings.of(self.get_params(deep=False))
        if partial and settings.early_stopping:
            raise ExperimentError("early_stopping", value=True, allowed="False for partial_fit, which trains one epoch")
        x, y = checked_rows(self, rows, target, reset=first, **self._target_options)
        y = self._checked_target(y)
        count = self._begin(y, classes) if first else self._fitted.classes
        factors = self._factors(x, y, sample_weight, partial=partial)
        source = (x, y, first and factors is None and not partial) if _fits_a_run(x) else None
        if factors is not None:
            used = factors > 0
            x, y, factors = x[used], y[used], factors[used]
            if not partial:  # a mean of 1: only the proportions count
                factors = factors * (len(factors) / float(np.add.accumulate(factors)[-1]))
        start = self._untrained(settings, count, x, y, factors) if first else self._continued(settings)
        examples, held_back = examples_of(start, x, self._labels(y, start), factors)
        self._fitted, losses = trained(start, examples, held_back, 1 if partial else settings.epochs)
        self._source = source
        self._remember(losses, first=first, early=settings.early_stopping)
        return self

    def _untrained(self, settings: Settings, classes: int, x: ndarray, y: ndarray, factors: ndarray | None) -> Fitted:
        settings.check_loss(self._problem, classes)
        names = getattr(self, "feature_names_in_", None)
        columns = columns_of(
            x, factors, None if names is None else tuple(map(str, names)), settings.scaling, settings.features
        )
        target = self._target_scaling(y, factors, settings.scaling)
        return Fitted.untrained(settings, self._problem, classes, columns, target, self._seed())

    def _continued(self, settings: Settings) -> Fitted:
        """The network of the fit before, with these settings."""
        settings.check_same_network(self._fitted.settings)
        return self._fitted.with_settings(settings)

    def _factors(self, x: ndarray, y: ndarray, sample_weight: Any, *, partial: bool) -> ndarray | None:
        """The weight of each row, from `sample_weight` and its class; None where all are 1."""
        factors = self._class_factors(y, partial=partial)
        if sample_weight is not None:
            given = _check_sample_weight(sample_weight, x, dtype=np.float64, ensure_non_negative=True)
            factors = given if factors is None else factors * given
        if factors is None or np.all(factors == 1.0):
            return None
        counted = factors[factors > 0]
        if not len(counted):
            raise ExperimentError("sample_weight", "0 for every row", "more than 0 for at least one row")
        for extreme in (float(counted.min()), float(counted.max())):
            if not 1 / LARGEST_VALUE <= extreme <= LARGEST_VALUE:
                needs = f"0 for a row, or from {1 / LARGEST_VALUE:g} to {LARGEST_VALUE:g}"
                raise ExperimentError("sample_weight", extreme, needs)
        return factors

    def _seed(self) -> str:
        """The random seed as an experiment has it: the integer `random_state`, or one that is drawn from it."""
        given = self.get_params(deep=False)["random_state"]
        if isinstance(given, str | numbers.Integral):
            seed: Any = CHECKS["seed"]("random_state", given)
            return str(seed)
        try:
            return str(check_random_state(given).randint(LARGEST_SEED))
        except ValueError:
            raise ExperimentError("random_state", given, "an integer, a text, a RandomState, or None") from None

    def _remember(self, losses: Losses, *, first: bool, early: bool) -> None:
        before: list[float] = [] if first else self.loss_curve_
        self.n_iter_ = self._fitted.epoch
        self.loss_curve_ = [*before, *losses.train]
        self.best_epoch_ = losses.best_epoch
        self.validation_loss_curve_ = None
        if early:
            earlier = [] if first else getattr(self, "validation_loss_curve_", None) or []
            self.validation_loss_curve_ = [*earlier, *losses.held_back]

    @property
    def _target_options(self) -> dict[str, bool]:
        """Options of scikit-learn's check of the target."""
        return {}

    # --- Predicting ------------------------------------------------------------------------

    def _outputs(self, rows: Any) -> ndarray:
        check_is_fitted(self)
        return self._fitted.outputs(checked_rows(self, rows, reset=False))

    @property
    def weights_(self) -> tuple[ndarray, ...]:
        """The weights: one array for each layer after the inputs, shape (neurons, neurons before)."""
        return self._network("weights_").rule.layout.weights(self._fitted.learner.parameters.copy())

    @property
    def biases_(self) -> tuple[ndarray, ...]:
        """The biases: one array for each layer after the inputs, shape (neurons,), as `run.biases` has them."""
        return self._network("biases_").rule.layout.biases(self._fitted.learner.parameters.copy())

    def _network(self, name: str) -> Fitted:
        if not self.__sklearn_is_fitted__():
            raise NotFittedError(f"this {type(self).__name__} has no {name} before fit")
        return self._fitted

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_fitted")

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows that it was fitted with: a pickle holds the network only."""
        state: dict[str, Any] = super().__getstate__()
        kept = {name: value for name, value in state.items() if name != "_shown"}
        return kept | {"_source": None} if "_source" in kept else kept


def _fits_a_run(x: ndarray) -> bool:
    """Whether a run may have so many rows and columns; they are kept for `to_run`, without a copy."""
    return x.shape[1] <= MOST_COLUMNS and len(x) <= MOST_ROWS and x.size <= MOST_VALUES
