"""Pictures of networks with three to ten classes."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from output_drawings import output_drawing
from pies import pie, pies

from tinkernet import Run
from tinkernet.export.pictures.class_colours import SIX, TEN, ClassColour, class_colours, colours_of_classes
from tinkernet.export.pictures.colours import PAPER, SCALE, channels
from tinkernet.export.pictures.drawing import Disc, Drawing, Marker, Strokes, Words, png, svg
from tinkernet.export.pictures.fields import OutputField, output_field
from tinkernet.export.pictures.marks import SHAPES

PAGE = Path(__file__).resolve().parents[2] / "web" / "src" / "color" / "classes.ts"
COUNTS = range(3, 11)


@pytest.fixture(autouse=True)
def _pies() -> Iterator[None]:
    with pies():
        yield


def trained(classes: int, epochs: int = 30, **settings: object) -> Run:
    return Run(pie(classes, **{"learning_rate": 0.1, **settings})).train(epochs)


def words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in np.array(channels(colour)) / 255]
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear)


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("count", COUNTS)
def test_every_class_has_its_name_its_colour_and_its_shape_in_the_legend(count: int) -> None:
    drawing = output_drawing(trained(count))
    assert [f"slice {k + 1}" for k in range(count)] == [text for text in words(drawing) if text.startswith("slice")]
    marks = [shape for shape in drawing.shapes if isinstance(shape, Marker)][-count:]
    assert [mark.corners for mark in marks] == list(SHAPES[:count])
    assert len({mark.fill for mark in marks}) == count


def test_every_point_is_drawn_with_the_shape_of_its_class_and_test_points_are_hollow() -> None:
    run = trained(4)
    colours = class_colours(4)
    drawing = output_drawing(run, show_test_data=True)
    assert not any(isinstance(shape, Disc) for shape in drawing.shapes)
    marks = [shape for shape in drawing.shapes if isinstance(shape, Marker)][:-4]
    test, train = marks[: len(run.test_data)], marks[len(run.test_data) :]
    assert len(train) == len(run.train_data)
    assert [mark.fill for mark in train] == [colours[int(label)].point for label in run.train_data.labels]
    assert [mark.corners for mark in train] == [SHAPES[int(label)] for label in run.train_data.labels]
    assert {mark.fill for mark in test} == {PAPER}
    assert [mark.ring for mark in test] == [colours[int(label)].point for label in run.test_data.labels]


@pytest.mark.parametrize("count", COUNTS)
def test_lines_lie_where_classes_meet(count: int) -> None:
    field = output_field(trained(count), 40, 40)
    ends = [(place, k) for line in field.lines() for k, place in enumerate(line)]
    assert ends
    for (column, row), _ in ends:
        near = field.winners[int(row) : int(row) + 2, int(column) : int(column) + 2]
        assert len(np.unique(near)) > 1
    # And every pair of neighbours that differ has one between them.
    marked = np.zeros((40, 40), dtype=bool)
    for (column, row), _ in ends:
        marked[int(row), int(column)] = True
    apart = field.winners[:-1, :-1] != field.winners[:-1, 1:]
    assert (marked[:-1, :-1] | ~apart).all()


def test_three_classes_that_meet_in_a_point_have_a_line_between_each_two() -> None:
    head = trained(3).experiment.head
    angle = np.arctan2(*np.mgrid[-1:1:20j, -1:1:20j])
    outputs = np.stack([0.5 + 0.4 * np.cos(angle - turn) for turn in (0, 2 * np.pi / 3, 4 * np.pi / 3)])
    field = OutputField(head, outputs)
    pairs = set()
    for line in field.lines():
        column, row = np.mean(line, axis=0)
        near = field.winners[int(row) : int(row) + 2, int(column) : int(column) + 2]
        pairs |= {tuple(np.unique(near).tolist())}
    assert {(0, 1), (0, 2), (1, 2)} <= pairs


@pytest.mark.parametrize("count", COUNTS)
def test_hue_says_which_class_and_lightness_by_how_much(count: int) -> None:
    winners = np.arange(count)
    sure, unsure = (colours_of_classes(np.full(count, margin), winners, count) for margin in (1.0, 0.3))
    assert [tuple(colour) for colour in sure.tolist()] == [channels(colour.field) for colour in class_colours(count)]
    assert len({tuple(colour) for colour in sure.tolist()}) == count
    assert (unsure.sum(axis=1) > sure.sum(axis=1)).all()
    level = colours_of_classes(np.zeros(count), winners, count)
    assert {tuple(colour) for colour in level.tolist()} == {channels(SCALE[3])}


def test_a_place_without_a_number_is_grey_and_has_no_line() -> None:
    head = trained(3).experiment.head
    outputs = np.full((3, 4, 4), np.nan)
    field = OutputField(head, outputs)
    assert {tuple(colour) for row in field.colours().tolist() for colour in row} == {channels("#D9DADB")}
    assert field.lines() == []


def test_a_discrete_picture_has_one_colour_for_each_class() -> None:
    field = output_field(trained(3), 20, 20)
    found = {tuple(colour) for row in field.colours(discretize=True).tolist() for colour in row}
    assert found == {channels(colour.field) for colour in class_colours(3)}


def test_a_network_that_has_diverged_and_one_without_training_have_pictures() -> None:
    for run in (trained(5, learning_rate=1e300), Run(pie(5)), trained(5, features=(), hidden=())):
        ET.fromstring(svg(output_drawing(run)))  # noqa: S314 - we wrote it
        assert png(output_drawing(run), density=1)


@pytest.mark.parametrize("colour", [*SIX, *TEN], ids=lambda colour: colour.base)
def test_points_stand_out_from_the_field_of_their_class_and_from_paper(colour: ClassColour) -> None:
    assert contrast(colour.point, colour.field) > 1.9
    assert contrast(colour.point, PAPER) > 4.5
    assert contrast(colour.field, SCALE[3]) > 1.75


def test_the_colours_are_those_of_the_page() -> None:
    found = [colour.upper() for colour in re.findall(r"#[0-9a-fA-F]{6}", PAGE.read_text(encoding="utf-8"))]
    assert found == [colour.base for colour in (*SIX[2:], *TEN)]


@pytest.mark.parametrize("count", COUNTS)
def test_up_to_six_classes_have_the_sequence_of_six_more_have_that_of_ten(count: int) -> None:
    assert class_colours(count) == (SIX if count <= 6 else TEN)[:count]
    two = [colour.field for colour in SIX[:2]]
    assert two == [SCALE[0], SCALE[-1]]


@pytest.mark.parametrize("corners", SHAPES, ids=range(10))
def test_all_shapes_are_about_equally_large(corners: tuple[tuple[float, float], ...]) -> None:
    x, y = np.array(corners).T
    area = abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2
    assert 0.55 < area / np.pi < 1.25


def test_lines_of_classes_are_solid_and_dark_enough_to_see() -> None:
    lines = next(shape for shape in output_drawing(trained(3)).shapes if isinstance(shape, Strokes))
    assert all(contrast(lines.colour, colour.field) > 3 for colour in (*SIX, *TEN))


@pytest.mark.parametrize(("loss", "ends"), [("squared", ["−1", "0", "1"]), ("cross-entropy", ["0", "0.5", "1"])])
def test_the_scale_of_a_single_output_has_its_range(loss: str, ends: list[str]) -> None:
    run = Run(dataset="circle", seed="0.5", loss=loss).train(3)
    drawing = output_drawing(run)
    # The last texts are those of the legend, before the line that says what its colours are.
    at = len(words(drawing)) - 4
    assert words(drawing)[at : at + 3] == ends
    probability = "colour: the probability of “inside”" in words(drawing)
    assert probability == (loss == "cross-entropy")
