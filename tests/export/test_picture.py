"""Pictures: the decision boundary as PNG and SVG."""

import io
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from own_links import fish
from PIL import Image

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.data.slices import clearness
from tinkernet.export.pictures.colours import SCALE, channels, scaled
from tinkernet.export.pictures.contour import joined, zero_line
from tinkernet.export.pictures.drawing import Disc, Drawing, Marker, Raster, Words, png, svg
from tinkernet.export.pictures.fields import output_field
from tinkernet.export.pictures.picture import picture, save_picture


def trained(epochs: int = 5, **settings: object) -> Run:
    return Run(Experiment(seed="0.5", **settings)).train(epochs)  # type: ignore[arg-type]


def test_the_picture_has_a_text_description() -> None:
    run = trained(dataset="xor")
    root = ET.fromstring(svg(picture(run)))  # noqa: S314 - we wrote it
    texts = [element.text for element in root.iter() if element.text]
    assert f"{run.train_loss:.4f}" in texts
    assert any(text.startswith("XOR after 5 epochs") for text in texts)


def test_every_training_point_is_drawn_and_test_points_on_request() -> None:
    run = trained(dataset="gauss")
    drawn = [shape for shape in picture(run).shapes if isinstance(shape, Disc)]
    inside = np.abs(run.train_data.points).max(axis=1) <= 6
    assert len(drawn) == inside.sum()
    with_test = [shape for shape in picture(run, show_test_data=True).shapes if isinstance(shape, Disc)]
    assert len(with_test) > len(drawn)


@pytest.mark.parametrize("problem", ["classification", "regression"])
def test_a_png_has_the_colours_of_the_scale(problem: str) -> None:
    image = Image.open(io.BytesIO(png(picture(trained(50, problem=problem)), density=1)))
    assert image.size == (740, 500)
    red, _, blue = np.asarray(image.convert("RGB"), dtype=float)[300:340, 60:100].mean(axis=(0, 1))
    assert red != blue


def test_a_diverged_run_and_an_untrained_run_have_pictures() -> None:
    diverged = trained(200, problem="regression", activation="linear", learning_rate=10.0)
    assert diverged.diverged
    for run in (diverged, Run(Experiment(seed="0.5")), trained(features=(), hidden=())):
        ET.fromstring(svg(picture(run)))  # noqa: S314 - we wrote it
        assert png(picture(run), density=1)


def test_colours_are_those_of_the_scale_and_nan_is_grey() -> None:
    found = scaled(np.array([-5.0, 0.0, 1.0, np.nan, np.inf]))
    expected = [SCALE[0], SCALE[3], SCALE[-1], "#D9DADB", SCALE[-1]]
    assert found.tolist() == [list(channels(colour)) for colour in expected]


def test_the_zero_line_follows_the_sign_change_of_the_field() -> None:
    columns = np.tile(np.arange(5.0) - 1.25, (4, 1))
    lines = zero_line(columns)
    assert len(lines) == 3
    assert {round(column, 6) for line in lines for column, _ in line} == {1.25}


def test_there_is_no_zero_line_through_nan() -> None:
    assert zero_line(np.array([[1.0, np.nan], [-1.0, -1.0]])) == []


def test_a_picture_needs_a_known_file_extension(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"\.png, \.svg or \.pdf"):
        save_picture(trained(), tmp_path / "picture.jpg")


def test_a_picture_shows_a_slice_of_data_with_many_columns(tmp_path: Path) -> None:
    run = Run(Experiment.from_link(fish())).train(20)
    assert run.experiment.data is not None
    plane = run.experiment.data.slice(("depth", "length"), {"weight": 30, "share": 0.9})
    drawing = picture(run, plane=plane)
    raster = next(shape for shape in drawing.shapes if isinstance(shape, Raster))
    winners = run.output_fields(200, plane=plane).argmax(axis=0)
    assert np.array_equal(raster.pixels, output_field(run, 200, 200, plane).colours())
    assert np.array_equal(output_field(run, 200, 200, plane).winners, winners)
    assert {"depth", "length"} <= {shape.text for shape in drawing.shapes if isinstance(shape, Words)}
    inside = np.abs(plane.places(run.train_data.scaled)).max(axis=1) <= 6
    markers = [shape for shape in drawing.shapes if isinstance(shape, Marker)][: inside.sum()]
    assert [marker.opacity for marker in markers] == clearness(plane.distances(run.train_data.scaled))[inside].tolist()
    save_picture(run, tmp_path / "slice.svg", plane=plane)
    assert (tmp_path / "slice.svg").read_text(encoding="utf-8") == svg(drawing)


def test_paler_shapes_let_what_is_below_them_through() -> None:
    def middle(opacity: float) -> tuple[int, ...]:
        drawing = Drawing(9, 9, "#ffffff", "", [Disc((4.5, 4.5), 4, "#000000", "#000000", 1, opacity)])
        return tuple(np.asarray(Image.open(io.BytesIO(png(drawing, density=1))))[4, 4].tolist())

    assert middle(1.0) == (0, 0, 0)
    assert middle(0.5) == pytest.approx((127, 127, 127), abs=3)
    assert 'opacity="0.50"' in svg(Drawing(9, 9, "#fff", "", [Disc((4, 4), 4, "#000", "#000", 1, 0.5)]))


def test_the_axes_of_measured_data_have_names_and_units() -> None:
    texts = {shape.text for shape in picture(trained(dataset="iris")).shapes if isinstance(shape, Words)}
    assert {"petal length cm", "petal width cm"} <= texts
    assert not {"X1", "X2"} & texts


def test_segments_are_joined_to_lines_that_are_as_long_as_possible() -> None:
    across, down = np.meshgrid(np.arange(30.0) - 14.3, np.arange(30.0) - 14.7)
    ring = across * across + down * down - 80
    segments = zero_line(ring)
    (line,) = joined(segments)
    assert len(line) == len(segments) + 1
    assert line[0] == pytest.approx(line[-1])
    pairs = {frozenset(np.round(pair, 6).ravel().tolist()) for pair in pairwise(line)}
    assert pairs == {frozenset(np.round(pair, 6).ravel().tolist()) for pair in segments}
    two = np.abs(across) - 5
    assert len(joined(zero_line(two))) == 2
    assert joined([]) == []
