"""The initial state of a run: its data and initial parameters, both drawn from the random stream of the seed."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Points, Stream, make_points, own_points
from tinkernet.data.drawing import PaintedPoints, paint
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.points import read_only
from tinkernet.engine import Examples, Rule
from tinkernet.experiment import Experiment
from tinkernet.network.dropout import key_of
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
    if experiment.data is not None:
        data = _own_data(experiment.seed, experiment.data, experiment.train_percent)
    else:
        data = _data(experiment.seed, experiment.dataset, experiment.noise, experiment.train_percent)
    if not experiment.drawing:
        return data
    return _painted(*data[:3], experiment.drawing, experiment.seed, experiment.train_percent)


@lru_cache(maxsize=16)
def _data(seed: str, dataset: str, noise: float, train_percent: float) -> Data:
    stream = Stream(seed)
    train, test = make_points(stream, dataset, noise, train_percent)
    return Data(train, test, stream.state())


@lru_cache(maxsize=2)
def _own_data(seed: str, dataset: Dataset, train_percent: float) -> Data:
    stream = Stream(seed)
    train, test = own_points(stream, dataset, train_percent)
    return Data(train, test, stream.state())


@lru_cache(maxsize=16)
def _painting(train: Points, test: Points) -> PaintedPoints:
    """The points before the first stroke: the same object for the same points, so that strokes on it are cached."""
    return PaintedPoints.of((train.scaled, train.labels), (test.scaled, test.labels))


@lru_cache(maxsize=16)
def _painted(train: Points, test: Points, stream: bytes, drawing: str, seed: str, train_percent: float) -> Data:
    painting = paint(_painting(train, test), drawing, seed, train_percent)
    parts = [_in_units(*painting.part(train=part), (train, test)) for part in (True, False)]
    return Data(parts[0], parts[1], stream, int(painting.painted.sum()))


def _in_units(places: ndarray, labels: ndarray, rows: ndarray, before: tuple[Points, Points]) -> Points:
    """Points at these places of the plane, in the units of the data; rows of the data keep all of their bits."""
    names, scaling = before[0].names, before[0].scaling
    if scaling is None:
        return read_only(places, labels)
    values, there = scaling.backward(places), rows >= 0
    values[there] = np.concatenate([points.points for points in before])[rows[there]]
    return read_only(values.reshape(-1, 2), labels, names, scaling)


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
    inputs = experiment.inputs
    inputs.check_finite(experiment.features, points.scaled)
    return Examples(
        inputs.compute(experiment.features, points.scaled),
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
