"""What there is to read of a run as it is now."""

import math
from collections.abc import Sequence

import numpy as np
from numpy import ndarray
from numpy.typing import ArrayLike

from tinkernet import checks, engine
from tinkernet.arrays import Bool, Float32, Float64
from tinkernet.data import Points
from tinkernet.engine import Examples, Rule
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count, figure
from tinkernet.html import table
from tinkernet.network import Layout
from tinkernet.network.features import compute_features
from tinkernet.run import holding
from tinkernet.run.events import Event
from tinkernet.run.history import History
from tinkernet.run.past import Past
from tinkernet.run.points import as_points
from tinkernet.run.state import RunState

MOST_CELLS = 1_024


class RunReader:
    """What there is to read of a run. Nothing here changes it.

    All arrays are read-only, and stay as they are while the run goes on.
    """

    __slots__ = ("_state",)

    _state: RunState

    # --- What it is -----------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """What is tried, as it is now: after a change of the learning rate it has the new one."""
        return self._state.experiment

    @property
    def epoch(self) -> int:
        """How many times it has gone through all the training points."""
        return self._state.epoch

    @property
    def position(self) -> int:
        """How many training points of the next epoch it has seen."""
        return self._state.position

    @property
    def layout(self) -> Layout:
        """The network's shape, and where each parameter stands."""
        return self._state.rule.layout

    @property
    def rule(self) -> Rule:
        """How its network learns, as the engine takes it."""
        return self._state.rule

    @property
    def train_examples(self) -> Examples:
        """The training points, as the network sees them."""
        return self._state.examples

    @property
    def parameters(self) -> Float64[ndarray, " count"]:
        """All weights and biases in one vector, to read only; `layout` says which is which."""
        return _read_only(self._state.learner.parameters)

    @property
    def weights(self) -> tuple[Float64[ndarray, "_ _"], ...]:
        """One array [to, from] per layer, to read only."""
        return self.layout.weights(self.parameters)

    @property
    def biases(self) -> tuple[Float64[ndarray, " _"], ...]:
        """One array per layer after the inputs, to read only."""
        return self.layout.biases(self.parameters)

    @property
    def dead_weights(self) -> int:
        """How many weights L1 has switched off for good."""
        return int(np.count_nonzero(self._state.learner.held & engine.DEAD))

    @property
    def train_data(self) -> Points:
        """The points that it learns from, in the order in which it goes through them."""
        return self._state.train_data

    @property
    def test_data(self) -> Points:
        """The points that are held back."""
        return self._state.test_data

    # --- How well it does -----------------------------------------------------

    @property
    def train_loss(self) -> float:
        """The mean loss over the training points; NaN where there are none."""
        return self._state.evaluate(train=True)[0]

    @property
    def test_loss(self) -> float:
        """The mean loss over the test points; NaN where there are none."""
        return self._state.evaluate(train=False)[0]

    @property
    def train_accuracy(self) -> float | None:
        """The share of training points on the right side of 0; None for regression and without points."""
        return self._accuracy(train=True)

    @property
    def test_accuracy(self) -> float | None:
        """The share of test points on the right side of 0; None for regression and without points."""
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
        """Both losses after each epoch so far: `.epochs`, `.train_loss`, `.test_loss`, arrays that begin at epoch 0."""
        return self._state.history

    @property
    def past(self) -> Past:
        """The few moments that it keeps, from which `at` computes all others."""
        return self._state.past

    @property
    def events(self) -> tuple[Event, ...]:
        """What was changed or edited on the way, each with its `.epoch` and a `.text`."""
        return self._state.events

    def outputs(self, points: ArrayLike) -> tuple[Float64[ndarray, "n _"], ...]:
        """The output of every neuron for each point (n, 2): one array [point, neuron] per layer after the inputs."""
        inputs = compute_features(self._state.experiment.features, as_points(points))
        layers = engine.outputs(self._state.rule, self._state.learner.parameters, inputs)
        return tuple(np.ascontiguousarray(layer.T) for layer in layers)

    def predict(self, points: ArrayLike) -> Float64[ndarray, " n"]:
        """The output of the network for each point (n, 2)."""
        return self.outputs(points)[-1][:, 0]

    def fields(
        self, cells: int, neurons: Sequence[tuple[int, int] | str] | None = None
    ) -> Float32[ndarray, "neurons {cells} {cells}"]:
        """The output of neurons over [−6, 6]², in float32: the first row is the top, sampled at the cells' centres.

        Args:
            cells: how many cells along one side, at most 1,024.
            neurons: which, as (layer, neuron), where layer 0 is the first after the inputs; an input is the name of its
                feature. All neurons by default.
        """
        features, cells = self._state.experiment.features, checks.whole("cells", cells, 1, MOST_CELLS)
        sizes = self.layout.sizes
        wanted = range(sizes[0], sum(sizes)) if neurons is None else [self._row(place) for place in neurons]
        return engine.fields(self._state.rule, self._state.learner.parameters, features, cells, wanted)

    def _row(self, place: object) -> int:
        """Which of all neurons this is, counted from the first input on."""
        if isinstance(place, str):
            features = self._state.experiment.features
            return features.index(checks.one_of("neurons", place, features))
        pair = checks.sequence(place)
        if pair is None or len(pair) != 2:
            raise ExperimentError("neurons", place, "the name of a feature, or (layer, neuron)")
        layer, neuron = self.layout.checked(pair[0], pair[1])
        return sum(self.layout.sizes[: layer + 1]) + neuron

    # --- What was done to it ----------------------------------------------------

    @property
    def origin(self) -> Experiment:
        """The experiment as it was at epoch 0: training it, with the events on the way, gives this very run."""
        return self._state.origin

    def is_on(self, layer: int, neuron: int) -> bool:
        """Whether a neuron has its effect; the output always has."""
        layer, neuron = self.layout.checked(layer, neuron)
        return holding.is_on(self.layout, self._state.learner, layer, neuron)

    @property
    def frozen(self) -> tuple[Bool[ndarray, " _"], ...]:
        """Which neurons are held, by their bias: one array per layer after the inputs."""
        return holding.frozen(self.layout, self._state.learner)

    def __repr__(self) -> str:
        return f"Run({self._state.experiment.to_link()!r}, epoch {self.epoch})"

    def _repr_html_(self) -> str:
        rows = {
            "epoch": count(self.epoch),
            "training loss": figure(self.train_loss, 4),
            "test loss": figure(self.test_loss, 4),
        }
        if self.test_accuracy is not None:
            rows["test accuracy"] = f"{self.test_accuracy:.1%}"
        return table(f"Run: {self._state.experiment.to_link()}", rows)

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
