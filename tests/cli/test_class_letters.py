"""Several classes in a terminal: a letter for each, readable without colour."""

from collections.abc import Iterator

import numpy as np
import pytest
from pies import pie, pies

from tinkernet import Experiment, Run
from tinkernet.cli import class_letters, terminal
from tinkernet.data import Points
from tinkernet.export.pictures.class_colours import class_colours
from tinkernet.export.pictures.fields import OutputField, output_field


@pytest.fixture(autouse=True)
def _pies() -> Iterator[None]:
    with pies():
        yield


def field(outputs: list[list[float]]) -> OutputField:
    """One row of cells: the probabilities of each class."""
    return OutputField(pie(len(outputs)).head, np.array(outputs)[:, None, :])


def test_the_winning_class_has_its_letter_a_close_call_has_none_and_points_are_large() -> None:
    outputs = [[0.9, 0.1, 0.4, np.nan, 0.1], [0.05, 0.2, 0.35, 0.5, 0.8], [0.05, 0.7, 0.25, 0.5, 0.1]]
    points = Points(np.array([[5.0, 0.0], [7.0, 0.0]]), np.array([2.0, 1.0]))
    lines = class_letters.class_boundary(field(outputs), points, terminal.UNICODE)
    assert [line.plain for line in lines] == ["ac·?C"]


def test_letters_stand_on_the_colours_of_their_classes() -> None:
    (line,) = class_letters.class_boundary(field(np.eye(10).tolist()), None, terminal.ASCII)
    assert line.plain == "abcdefghij"
    grounds = [str(span.style).rpartition("on ")[2].upper() for span in line.spans]
    assert grounds == [colour.field for colour in class_colours(10)]


@pytest.mark.parametrize("width", [10, 24, 44])
def test_the_key_names_every_class_in_lines_that_fit(width: int) -> None:
    names = Experiment(dataset="iris").classes
    lines = class_letters.class_boundary_key(names, terminal.UNICODE, None, width)
    text = "   ".join(line.plain for line in lines)
    assert text == "a setosa   b versicolor   c virginica   · a close call"
    assert all(len(line.plain) <= max(width, len("b versicolor"), len("· a close call")) for line in lines)


def test_the_key_says_that_points_are_large_where_there_are_points() -> None:
    names = Experiment(dataset="iris").classes
    points = Points(np.zeros((1, 2)), np.zeros(1))
    assert class_letters.class_boundary_key(names, terminal.ASCII, points, 44)[-1].plain.endswith("A a point of a")


@pytest.mark.parametrize("classes", range(3, 11))
def test_a_trained_network_is_drawn_with_all_its_classes(classes: int) -> None:
    run = Run(pie(classes, learning_rate=0.1, hidden=(8,))).train(60)
    drawn = class_letters.class_boundary(output_field(run, 22, 44), run.train_data, terminal.ASCII)
    letters = {letter for line in drawn for letter in line.plain}
    assert {*class_letters.LETTERS[:classes]} <= letters
    assert {*class_letters.LETTERS[:classes].upper()} <= letters
    assert all(line.cell_len == 44 for line in drawn)
