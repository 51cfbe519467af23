"""The initial state of a run: its data and initial parameters, both drawn from the random stream of the seed."""

from functools import lru_cache
from typing import NamedTuple

from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Points, Stream, make_points
from tinkernet.data.drawing import Painting, paint
from tinkernet.data.points import held
from tinkernet.engine import Examples, Rule
from tinkernet.experiment import Experiment
from tinkernet.network.dropout import key_of
from tinkernet.network.features import check_finite, compute_features
from tinkernet.network.initializers import initial_parameters


class Data(NamedTuple):
    """A run's points, and the state of the random stream after they were drawn."""

    train: Points
    test: Points
    stream: bytes
    painted: int = 0
    """How many of the points were painted."""


def data_of(experiment: Experiment) -> Data:
    """The points of an experiment. Recent ones are cached, because changing the network does not change them."""
    data = _data(experiment.seed, experiment.dataset, experiment.noise, experiment.train_percent)
    if not experiment.drawing:
        return data
    return _painted(*data[:3], experiment.drawing, experiment.seed, experiment.train_percent)


@lru_cache(maxsize=16)
def _data(seed: str, dataset: str, noise: float, train_percent: float) -> Data:
    stream = Stream(seed)
    train, test = make_points(stream, dataset, noise, train_percent)
    return Data(train, test, stream.state())


@lru_cache(maxsize=16)
def _painting(train: Points, test: Points) -> Painting:
    """The points before the first stroke: the same object for the same points, so that strokes on it are cached."""
    return Painting.of((train.points, train.labels), (test.points, test.labels))


@lru_cache(maxsize=16)
def _painted(train: Points, test: Points, stream: bytes, drawing: str, seed: str, train_percent: float) -> Data:
    painting = paint(_painting(train, test), drawing, seed, train_percent)
    parts = [held(*painting.part(train=train)) for train in (True, False)]
    return Data(parts[0], parts[1], stream, int(painting.painted.sum()))


def rule_of(experiment: Experiment) -> Rule:
    """The engine's rule for an experiment."""
    shares = experiment.in_layers("dropout")
    return Rule(
        layout=experiment.layout,
        activations=experiment.in_layers("activation"),
        head=experiment.head,
        loss=experiment.loss,
        learning_rate=experiment.learning_rate,
        batch_size=experiment.batch_size,
        regularization=experiment.regularization,
        regularization_rate=experiment.regularization_rate,
        optimizer=experiment.optimizer,
        schedule=experiment.schedule,
        dropout=shares if any(shares) else (),
        dropout_key=key_of(experiment.seed) if any(shares) else 0,
    )


def examples_of(experiment: Experiment, points: Points) -> Examples:
    """The points as the network sees them: features and labels, one column per point.

    Raises:
        ExperimentError: a formula has no finite value at one of the points.
    """
    check_finite(experiment.features, points.points)
    return Examples(
        compute_features(experiment.features, points.points),
        experiment.head.encode(points.labels, len(experiment.classes)),
    )


def stream_before(experiment: Experiment) -> Stream:
    """The random stream before the experiment's initial weights are drawn: after the points and all earlier starts."""
    stream = Stream.from_state(data_of(experiment).stream)
    stream.skip(experiment.start * experiment.layout.weight_count)
    return stream


def parameters_of(experiment: Experiment, stream: Stream) -> Float64[ndarray, " count"]:
    """The experiment's initial parameters, drawn from this stream."""
    return initial_parameters(experiment.layout, experiment.initializer, stream)
