"""What there is to see of a run as it is now. Nothing here changes it."""

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32, Float64
from numpy import ndarray

from tinkernet import checks, engine
from tinkernet.data import Points
from tinkernet.engine import Examples, Learner, Rule
from tinkernet.experiment import Experiment
from tinkernet.network import Layout
from tinkernet.network.features import compute_features
from tinkernet.run import holding
from tinkernet.run.checks import as_points
from tinkernet.run.events import Event
from tinkernet.run.history import History
from tinkernet.run.past import Past


class Look:
    """The half of a Run that only looks: its network, its points, how well it does, what its neurons make of points."""

    _experiment: Experiment
    _origin: Experiment
    _rule: Rule
    _learner: Learner
    _train_data: Points
    _test_data: Points
    _examples: Examples
    _test_examples: Examples
    _epoch: int
    _position: int
    _events: tuple[Event, ...]
    _history: History
    _judged: dict[str, tuple[float, int]]
    _past: Past

    # --- What it is -----------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """What is tried, as it is now: after a change of the learning rate it has the new one."""
        return self._experiment

    @property
    def epoch(self) -> int:
        """How many times it has gone through all the training points."""
        return self._epoch

    @property
    def position(self) -> int:
        """How many training points of the next epoch it has seen."""
        return self._position

    @property
    def layout(self) -> Layout:
        """The network's shape, and where each parameter stands."""
        return self._rule.layout

    @property
    def rule(self) -> Rule:
        """How its network learns, as the engine takes it."""
        return self._rule

    @property
    def train_examples(self) -> Examples:
        """The training points, as the network sees them."""
        return self._examples

    @property
    def parameters(self) -> Float64[ndarray, " count"]:
        """All weights and biases in one vector, to read only; `layout` tells which is which."""
        return _read_only(self._learner.parameters)

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
        return int(np.count_nonzero(self._learner.held & engine.DEAD))

    @property
    def train_data(self) -> Points:
        """The points that it learns from, in the order in which it goes through them."""
        return self._train_data

    @property
    def test_data(self) -> Points:
        """The points that are held back."""
        return self._test_data

    # --- How well it does -----------------------------------------------------

    @property
    def train_loss(self) -> float:
        """The mean loss over the training points; NaN where there are none."""
        return self._judge("train")[0]

    @property
    def test_loss(self) -> float:
        """The mean loss over the test points; NaN where there are none."""
        return self._judge("test")[0]

    @property
    def train_accuracy(self) -> float | None:
        """The share of training points on the right side of 0; None for regression and without points."""
        return self._accuracy("train")

    @property
    def test_accuracy(self) -> float | None:
        """The share of test points on the right side of 0; None for regression and without points."""
        return self._accuracy("test")

    @property
    def diverged(self) -> bool:
        """Whether its numbers have left all bounds: a weight or a loss is infinite or not a number."""
        losses = [
            loss for name, loss in (("train", self.train_loss), ("test", self.test_loss)) if self._part(name).count
        ]
        return not (np.isfinite(self._learner.parameters).all() and all(map(math.isfinite, losses)))

    @property
    def history(self) -> History:
        """Both losses after each epoch so far: `.epochs`, `.train_loss`, `.test_loss`, arrays that begin at epoch 0."""
        return self._history

    @property
    def past(self) -> Past:
        """The few moments that it keeps, from which `at` computes all others."""
        return self._past

    @property
    def events(self) -> tuple[Event, ...]:
        """What was changed or edited on the way, each with its `.epoch` and a `.text`."""
        return self._events

    def outputs(self, points: Float64[ndarray, "n 2"]) -> tuple[Float64[ndarray, "n _"], ...]:
        """What every neuron makes of each point: one array per layer after the inputs."""
        inputs = compute_features(self._experiment.features, as_points(points))
        layers = engine.outputs(self._rule, self._learner.parameters, inputs)
        return tuple(np.ascontiguousarray(layer.T) for layer in layers)

    def predict(self, points: Float64[ndarray, "n 2"]) -> Float64[ndarray, " n"]:
        """What the network says to each point: the output neuron's value."""
        return self.outputs(points)[-1][:, 0]

    def fields(
        self, cells: int, neurons: Sequence[tuple[int, int]] | None = None
    ) -> Float32[ndarray, "neurons {cells} {cells}"]:
        """Neurons' values over [−6, 6]², in float32: the first row is the top, sampled at the cells' centres.

        `neurons` are (layer, neuron), where here layer 0 is the inputs; if left out, all neurons after the inputs.
        """
        sizes = self.layout.sizes
        first = np.concatenate([[0], np.cumsum(sizes)])
        if neurons is None:
            wanted = list(range(sizes[0], int(first[-1])))
        else:
            for layer, neuron in neurons:
                checks.index("layer", layer, len(sizes))
                checks.index("neuron", neuron, sizes[layer])
            wanted = [int(first[layer]) + neuron for layer, neuron in neurons]
        return engine.fields(self._rule, self._learner.parameters, self._experiment.features, cells, wanted)

    # --- What was done to it ----------------------------------------------------

    @property
    def origin(self) -> Experiment:
        """The experiment as it was at epoch 0: training it, with the events on the way, gives this very run."""
        return self._origin

    def is_on(self, layer: int, neuron: int) -> bool:
        """Whether a neuron has its effect; the output always has."""
        return holding.is_on(self.layout, self._learner, layer, neuron)

    @property
    def frozen(self) -> tuple[Bool[ndarray, " _"], ...]:
        """Which neurons are held, by their bias: one array per layer after the inputs."""
        return holding.frozen(self.layout, self._learner)

    def __repr__(self) -> str:
        return f"Run({self._experiment.to_link()!r}, epoch {self._epoch})"

    def _part(self, name: str) -> Examples:
        return self._examples if name == "train" else self._test_examples

    def _judge(self, name: str) -> tuple[float, int]:
        if name not in self._judged:
            self._judged[name] = engine.evaluate(self._rule, self._learner.parameters, self._part(name))
        return self._judged[name]

    def _accuracy(self, name: str) -> float | None:
        count = self._part(name).count
        if self._experiment.problem != "classification" or not count:
            return None
        _, right = self._judge(name)
        return float(right / count)


def _read_only(array: ndarray) -> ndarray:
    view = array.view()
    view.flags.writeable = False
    return view
