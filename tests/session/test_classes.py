"""Networks with an output for each class: what the page is sent of them."""

from typing import Any

import numpy as np
import pytest
from playing_alone import Alone, alone
from wire_reading import Frame, PinPicture, Wall, read

from tinkernet import Experiment, Run
from tinkernet.insight.starts import Starts
from tinkernet.protocol import intentions
from tinkernet.protocol.message import NeuronPlace
from tinkernet.session.starts.training import StartsTraining

THREE: dict[str, Any] = {"dataset": "iris", "hidden": (4, 3), "learning_rate": 0.1, "seed": "0.5"}
TWO = {**THREE, "dataset": "circle"}


def watched(settings: dict[str, Any], epochs: int = 0, **watch: Any) -> tuple[Alone, Frame]:
    """A session after so many epochs, and its latest frame."""
    page = alone(**settings)
    page.do(intentions.Watch(neuron_cells=6, output_cells=10))
    for _ in range(epochs):
        page.do(intentions.Step())
    page.do(intentions.Watch(**{"neuron_cells": 6, "output_cells": 10, **watch}))
    return page, latest(page, Frame)


def latest(page: Alone, kind: type) -> Any:
    """The newest binary message of a kind."""
    return next(message for data in reversed(page.page.binary) if isinstance(message := read(data), kind))


def run_of(settings: dict[str, Any], epochs: int = 0) -> Run:
    run = Run(Experiment(**settings))
    return run.train(epochs) if epochs else run


def probabilities(run: Run, cells: int) -> np.ndarray:
    """The outputs over the plane: [class, row, column]."""
    return run.fields(cells, [(2, k) for k in range(3)])


def test_every_output_neuron_has_a_field_with_its_probability() -> None:
    _, frame = watched(THREE, 5)
    assert frame.fields.shape == (4 + 3 + 3, 6, 6)
    assert frame.scales[7:].tolist() == [1, 1, 1, 1]
    shown = frame.fields[7:] / 127.5 - 1
    assert shown == pytest.approx(probabilities(run_of(THREE, 5), 6), abs=1 / 127)


def test_without_a_focus_the_large_picture_is_the_margin_and_says_which_class_wins() -> None:
    _, frame = watched(THREE, 5)
    outputs = probabilities(run_of(THREE, 5), 10)
    ordered = np.sort(outputs, axis=0)
    assert not frame.focused
    assert frame.output / 127.5 - 1 == pytest.approx(ordered[2] - ordered[1], abs=1 / 127)
    assert np.array_equal(frame.winners, outputs.argmax(axis=0))
    assert len(np.unique(frame.winners)) > 1


@pytest.mark.parametrize("neuron", [0, 2])
def test_a_focused_output_neuron_shows_its_probability_and_no_winners(neuron: int) -> None:
    _, frame = watched(THREE, 5, focus=NeuronPlace(2, neuron))
    assert frame.focused
    assert frame.focus == (2, neuron)
    assert frame.winners.size == 0
    assert frame.output / 127.5 - 1 == pytest.approx(probabilities(run_of(THREE, 5), 10)[neuron], abs=1 / 127)


@pytest.mark.parametrize("focus", [None, NeuronPlace(2, 0), NeuronPlace(2, 1)])
def test_the_only_output_neuron_is_the_whole_network(focus: NeuronPlace | None) -> None:
    _, frame = watched(TWO, focus=focus)
    assert not frame.focused
    assert frame.focus == (2, 0)
    assert frame.winners.size == 0
    assert frame.fields.shape == (4 + 3 + 1, 6, 6)


@pytest.mark.parametrize("focus", [NeuronPlace(0, 1), NeuronPlace(-1, 1)])
def test_a_focused_neuron_before_the_outputs_has_no_winners(focus: NeuronPlace) -> None:
    _, frame = watched(THREE, focus=focus)
    assert frame.focused
    assert frame.focus == (focus.layer, focus.neuron)
    assert frame.winners.size == 0


@pytest.mark.parametrize("loss", ["squared", "cross-entropy", "hinge", "huber"])
def test_predicted_classes_of_two_agree_with_the_accuracy(loss: str) -> None:
    settings = {**TWO, "loss": loss}
    _, frame = watched(settings, 20, predictions=True)
    run = run_of(settings, 20)
    expected = np.concatenate([run.train_data.labels, run.test_data.labels]) > 0
    right = frame.predicted == expected
    assert set(frame.predicted) == {0, 1}
    assert right[: len(run.train_data)].mean() == run.train_accuracy
    assert right[len(run.train_data) :].mean() == run.test_accuracy


def test_predicted_classes_of_three_agree_with_the_accuracy() -> None:
    _, frame = watched(THREE, 20, predictions=True)
    run = run_of(THREE, 20)
    right = frame.predicted == np.concatenate([run.train_data.labels, run.test_data.labels])
    assert set(frame.predicted) == {0, 1, 2}
    assert right[: len(run.train_data)].mean() == run.train_accuracy
    assert right[len(run.train_data) :].mean() == run.test_accuracy


@pytest.mark.parametrize(
    ("settings", "watch"), [(THREE, {}), (TWO, {}), ({**TWO, "dataset": "reg-plane"}, {"predictions": True})]
)
def test_nothing_is_predicted_unasked_or_for_a_regression(settings: dict[str, Any], watch: dict[str, Any]) -> None:
    _, frame = watched(settings, **watch)
    assert frame.predicted.size == 0


@pytest.mark.parametrize("train_percent", [0, 100])
def test_without_training_or_test_points_those_of_the_other_kind_are_predicted(train_percent: float) -> None:
    _, frame = watched({**THREE, "train_percent": train_percent}, predictions=True)
    assert len(frame.predicted) == 150


def test_an_output_of_a_network_that_has_diverged_is_drawn_all_the_same() -> None:
    _, frame = watched({**THREE, "learning_rate": 1e308, "activation": "relu"}, 3, predictions=True)
    assert frame.diverged
    assert frame.winners.shape == (10, 10)
    assert frame.winners.max() < 3
    assert frame.predicted.max() < 3


def test_a_pinned_run_has_its_margin_and_its_winners() -> None:
    page, _ = watched(THREE, 5)
    page.do(intentions.PinRun())
    picture = latest(page, PinPicture)
    cells = len(picture.picture)
    outputs = probabilities(run_of(THREE, 5), cells)
    ordered = np.sort(outputs, axis=0)
    assert picture.picture / 127.5 - 1 == pytest.approx(ordered[2] - ordered[1], abs=1 / 127)
    assert np.array_equal(picture.winners, outputs.argmax(axis=0))
    assert picture.classes == 3


def test_a_pinned_run_with_one_output_has_no_winners() -> None:
    page, _ = watched(TWO)
    page.do(intentions.PinRun())
    assert latest(page, PinPicture).winners.size == 0
    assert latest(page, PinPicture).classes == 0
    assert latest(page, PinPicture).picture.size > 0


def test_the_output_of_a_state_has_the_names_of_the_classes_and_the_losses_that_fit() -> None:
    output = alone(**THREE).state["output"]
    assert output["draws"] == "classes"
    assert output["classes"] == ["setosa", "versicolor", "virginica"]
    assert output["losses"] == ["cross-entropy"]
    assert (output["lowest"], output["highest"]) == (0, 1)


def test_many_starts_have_a_margin_and_winners_each() -> None:
    many = Starts(Experiment(**THREE), n=3).train(5)
    training = StartsTraining(
        1,
        3,
        5,
        many.experiment,
        new_points=False,
        plane=lambda: many.experiment.plane,
        workers_wanted=lambda: 1.0,
        progressed=lambda: None,
        opened=lambda *_: None,
        clock=lambda: 0.0,
    )
    training.draw(many)
    wall = read(training.pictures[0])
    assert isinstance(wall, Wall)
    assert wall.classes == 3
    cells = wall.pictures.shape[1]
    for k, run in enumerate(many):
        outputs = probabilities(run, cells)
        ordered = np.sort(outputs, axis=0)
        assert wall.pictures[k] / 127.5 - 1 == pytest.approx(ordered[2] - ordered[1], abs=1 / 127)
        assert np.array_equal(wall.winners[k], outputs.argmax(axis=0))


def test_a_report_says_which_class_a_neuron_separates() -> None:
    page, _ = watched(THREE, 60)
    page.do(intentions.AskNeuron(layer=2, neuron=1))
    report = page.page.last("neuron-report")
    assert report["separates_class"] == 1
    assert 0.5 < report["separates"] <= 1
    assert report["loss_without"] is None
    page, _ = watched(TWO, 5)
    page.do(intentions.AskNeuron(layer=0, neuron=1))
    assert page.page.last("neuron-report")["separates_class"] is None
