"""Reading the current state of a run."""

import math
from collections.abc import Sequence

import numpy as np
from numpy import ndarray
from numpy.typing import ArrayLike

from tinkernet import checks, engine
from tinkernet.arrays import Bool, Float32, Float64, Int64
from tinkernet.data import Points
from tinkernet.data.slices import Slice, chosen_slice
from tinkernet.engine import Examples, Rule
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count, figure
from tinkernet.html import table
from tinkernet.network import Layout
from tinkernet.run import holding
from tinkernet.run.events import Event
from tinkernet.run.history import History
from tinkernet.run.past import Past
from tinkernet.run.points import as_points
from tinkernet.run.state import RunState

MOST_CELLS = 1_024


class RunReader:
    """The read-only properties and methods of a run.

    All arrays are read-only and do not change when training continues.
    """

    __slots__ = ("_state",)

    _state: RunState

    # --- State ----------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """The run's current settings, including changes made since epoch 0."""
        return self._state.experiment

    @property
    def epoch(self) -> int:
        """The number of completed epochs."""
        return self._state.epoch

    @property
    def position(self) -> int:
        """The number of training points of the next epoch already used."""
        return self._state.position

    @property
    def layout(self) -> Layout:
        """The network's shape, and the position of each parameter."""
        return self._state.rule.layout

    @property
    def rule(self) -> Rule:
        """The engine's rule for this network."""
        return self._state.rule

    @property
    def train_examples(self) -> Examples:
        """The training data as the network sees it."""
        return self._state.examples

    @property
    def parameters(self) -> Float64[ndarray, " count"]:
        """All weights and biases in one read-only vector, shape (parameters,); `layout` gives their positions."""
        return _read_only(self._state.learner.parameters)

    @property
    def weights(self) -> tuple[Float64[ndarray, "_ _"], ...]:
        """One read-only array per layer after the inputs, shape (neurons, neurons before): `weights[0][to, source]`."""
        return self.layout.weights(self.parameters)

    @property
    def biases(self) -> tuple[Float64[ndarray, " _"], ...]:
        """One read-only array per layer after the inputs, shape (neurons,)."""
        return self.layout.biases(self.parameters)

    @property
    def dead_weights(self) -> int:
        """The number of weights that L1 has set to 0 permanently."""
        return int(np.count_nonzero(self._state.learner.held & engine.DEAD))

    @property
    def train_data(self) -> Points:
        """The training points, in the order in which they are used."""
        return self._state.train_data

    @property
    def test_data(self) -> Points:
        """The test points."""
        return self._state.test_data

    # --- Performance ----------------------------------------------------------

    @property
    def train_loss(self) -> float:
        """The mean loss over the training points; NaN if there are none."""
        return self._state.evaluate(train=True)[0]

    @property
    def test_loss(self) -> float:
        """The mean loss over the test points; NaN if there are none."""
        return self._state.evaluate(train=False)[0]

    @property
    def train_accuracy(self) -> float | None:
        """The share of training points classified correctly; None for regression or without points."""
        return self._accuracy(train=True)

    @property
    def test_accuracy(self) -> float | None:
        """The share of test points classified correctly; None for regression or without points."""
        return self._accuracy(train=False)

    @property
    def diverged(self) -> bool:
        """Whether training has diverged: a weight or a loss is infinite or not a number."""
        state = self._state
        losses = [
            loss
            for loss, examples in ((self.train_loss, state.examples), (self.test_loss, state.test_examples))
            if examples.count
        ]
        return not (np.isfinite(state.learner.parameters).all() and all(map(math.isfinite, losses)))

    @property
    def history(self) -> History:
        """The losses after each epoch: the arrays `.epochs`, `.train_loss` and `.test_loss`, starting at epoch 0."""
        return self._state.history

    @property
    def past(self) -> Past:
        """The checkpoints from which `at` computes all other moments."""
        return self._state.past

    @property
    def events(self) -> tuple[Event, ...]:
        """The changes and edits since epoch 0, each with its `.epoch` and a `.text`."""
        return self._state.events

    def outputs(self, points: ArrayLike) -> tuple[Float64[ndarray, "n _"], ...]:
        """The output of every neuron for each point: one array per layer after the inputs, shape (points, neurons).

        Args:
            points: shape (points, columns), in the units of the data: of built-in data x and y.

        Raises:
            ExperimentError: the points have another number of columns, or a value is not a finite number.

        Example:
            >>> [layer.shape for layer in Run(hidden=(4, 2), seed="1").outputs([[0, 0], [3, -1]])]
            [(2, 4), (2, 2), (2, 1)]
        """
        layers = engine.outputs(self._state.rule, self._state.learner.parameters, self._inputs(points))
        return tuple(np.ascontiguousarray(layer.T) for layer in layers)

    def predict(self, points: ArrayLike) -> Float64[ndarray, "n ..."]:
        """The output of the network for each point: shape (points,), or (points, classes) with more than two classes.

        Of two classes it is from −1 to 1, and positive for the second; with cross-entropy it is the probability of the
        second. Of more classes it has the probability of each. Of a regression it is the number, as the labels have it.

        Args:
            points: as in `outputs`.

        Raises:
            ExperimentError: as in `outputs`.

        Example:
            >>> Run(seed="0.12345").train(100).predict([[0, 0], [5, 0]]).round(2)
            array([ 0.98, -0.95])
        """
        outputs = self.outputs(points)[-1]
        return outputs if self._state.rule.head.several else outputs[:, 0]

    def predicted_classes(self, points: ArrayLike) -> Int64[ndarray, " n"] | None:
        """The class of each point, as its index in `experiment.classes`, shape (points,); None for regression.

        Args:
            points: as in `outputs`.

        Raises:
            ExperimentError: as in `outputs`.

        Example:
            >>> Run(seed="0.12345").train(100).predicted_classes([[0, 0], [5, 0]])
            array([1, 0])
        """
        if self._state.experiment.problem != "classification":
            return None
        outputs = engine.outputs(self._state.rule, self._state.learner.parameters, self._inputs(points))[-1]
        return self._state.rule.head.classes_of(outputs)

    def _inputs(self, points: ArrayLike) -> Float64[ndarray, "features n"]:
        """The inputs of the network for points in the units of the data."""
        experiment = self._state.experiment
        scaled = experiment.scaled(as_points(points, len(experiment.inputs.columns)))
        return experiment.inputs.compute(experiment.features, scaled)

    @property
    def learning_rate_now(self) -> float:
        """The learning rate of the next epoch: the set one, as its schedule changes it."""
        return float(self._state.rule.rates(self.epoch, 1)[0])

    def fields(
        self, cells: int, neurons: Sequence[tuple[int, int] | str] | None = None, *, plane: Slice | None = None
    ) -> Float32[ndarray, "neurons {cells} {cells}"]:
        """The output of neurons over [−6, 6]², in float32, sampled at the centres of cells; the first row is the top.

        Args:
            cells: the number of cells along one side, at most 1,024.
            neurons: each as (layer, neuron), where layer 0 is the first after the inputs, or for an input the name of
                its feature. By default all neurons after the inputs.
            plane: what is drawn of data with more than two columns, a result of `Dataset.slice`; by default the first
                two columns, with the others at their median.

        Returns:
            Shape (neurons, cells, cells).

        Raises:
            ExperimentError: `cells` is not from 1 to 1,024, or there is no such neuron.

        Example:
            >>> Run(hidden=(4, 2), seed="1").fields(20, ["x", (0, 1)]).shape
            (2, 20, 20)
        """
        features, cells = self._state.experiment.features, checks.whole("cells", cells, 1, MOST_CELLS)
        sizes = self.layout.sizes
        wanted = range(sizes[0], sum(sizes)) if neurons is None else [self._row(place) for place in neurons]
        experiment = self._state.experiment
        plane = chosen_slice(plane, experiment.plane)
        parameters = self._state.learner.parameters
        return engine.fields(self._state.rule, parameters, features, cells, wanted, experiment.inputs, plane)

    def output_fields(self, cells: int, *, plane: Slice | None = None) -> Float32[ndarray, "outputs {cells} {cells}"]:
        """The fields of the output neurons, as in `fields`: shape (outputs, cells, cells).

        Args:
            cells: as in `fields`.
            plane: as in `fields`.

        Raises:
            ExperimentError: `cells` is not from 1 to 1,024.

        Example:
            >>> Run(dataset="iris", seed="1").output_fields(20).shape
            (3, 20, 20)
        """
        last = self.layout.layers - 1
        return self.fields(cells, [(last, neuron) for neuron in range(self.layout.sizes[-1])], plane=plane)

    def _row(self, place: object) -> int:
        """The neuron's index among all neurons, starting with the first input."""
        if isinstance(place, str):
            features = self._state.experiment.features
            return features.index(checks.one_of("neurons", place, features))
        pair = checks.sequence(place)
        if pair is None or len(pair) != 2:
            raise ExperimentError("neurons", place, "the name of a feature, or (layer, neuron)")
        layer, neuron = self.layout.checked(pair[0], pair[1])
        return sum(self.layout.sizes[: layer + 1]) + neuron

    # --- Edits --------------------------------------------------------------------

    @property
    def origin(self) -> Experiment:
        """The experiment at epoch 0: training it, with the same events, gives this run again."""
        return self._state.origin

    def is_on(self, layer: int, neuron: int) -> bool:
        """Whether a neuron is switched on; the output always is.

        Args:
            layer: the neuron's layer; 0 is the first after the inputs.
            neuron: the neuron in that layer.

        Raises:
            ExperimentError: there is no such neuron.

        Example:
            >>> Run(seed="1").is_on(0, 2)
            True
        """
        layer, neuron = self.layout.checked(layer, neuron)
        return holding.is_on(self.layout, self._state.learner, layer, neuron)

    @property
    def frozen(self) -> tuple[Bool[ndarray, " _"], ...]:
        """Which neurons are frozen: one array per layer after the inputs, shape (neurons,)."""
        return holding.frozen(self.layout, self._state.learner)

    def __repr__(self) -> str:
        return f"Run({self._state.experiment.short_link!r}, epoch {self.epoch})"

    def _repr_html_(self) -> str:
        rows = {
            "epoch": count(self.epoch),
            "training loss": figure(self.train_loss, 4),
            "test loss": figure(self.test_loss, 4),
        }
        if self.test_accuracy is not None:
            rows["test accuracy"] = f"{self.test_accuracy:.1%}"
        return table(f"Run: {self._state.experiment.short_link}", rows)

    def _accuracy(self, *, train: bool) -> float | None:
        state = self._state
        count = (state.examples if train else state.test_examples).count
        if state.experiment.problem != "classification" or not count:
            return None
        return float(state.evaluate(train=train)[1] / count)


def _read_only(array: ndarray) -> ndarray:
    view = array.view()
    view.flags.writeable = False
    return view
