"""The output in a picture: its colours, points, lines and axes."""

import io
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from output_drawings import output_drawing
from own_links import fish
from PIL import Image

from tinkernet import Experiment, Run
from tinkernet.data.slices import clearness
from tinkernet.export.pictures.colours import SCALE, channels, scaled
from tinkernet.export.pictures.contour import joined, zero_line
from tinkernet.export.pictures.drawing import Disc, Drawing, Marker, Raster, Words, png, svg
from tinkernet.export.pictures.fields import output_field


def trained(epochs: int = 5, **settings: object) -> Run:
    return Run(Experiment(seed="0.5", **settings)).train(epochs)  # type: ignore[arg-type]


@pytest.mark.parametrize("problem", ["classification", "regression"])
def test_a_png_has_the_colours_of_the_scale(problem: str) -> None:
    image = Image.open(io.BytesIO(png(output_drawing(trained(50, problem=problem)), density=1)))
    assert image.size == (740, 500)
    red, _, blue = np.asarray(image.convert("RGB"), dtype=float)[300:340, 60:100].mean(axis=(0, 1))
    assert red != blue


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


def test_a_picture_shows_a_slice_of_data_with_many_columns(tmp_path: Path) -> None:
    run = Run(Experiment.from_link(fish())).train(20)
    assert run.experiment.data is not None
    plane = run.experiment.data.slice(("depth", "length"), {"weight": 30, "share": 0.9})
    drawing = output_drawing(run, plane=plane)
    raster = next(shape for shape in drawing.shapes if isinstance(shape, Raster))
    winners = run.output_fields(200, plane=plane).argmax(axis=0)
    assert np.array_equal(raster.pixels, output_field(run, 200, 200, plane).colours())
    assert np.array_equal(output_field(run, 200, 200, plane).winners, winners)
    assert {"depth", "length"} <= {shape.text for shape in drawing.shapes if isinstance(shape, Words)}
    inside = np.abs(plane.places(run.train_data.scaled)).max(axis=1) <= 6
    markers = [shape for shape in drawing.shapes if isinstance(shape, Marker)][: inside.sum()]
    assert [marker.opacity for marker in markers] == clearness(plane.distances(run.train_data.scaled))[inside].tolist()
    for name in ("one", "other"):
        run.picture(tmp_path / f"{name}.svg", plane=plane if name == "one" else None)
    assert (tmp_path / "one.svg").read_bytes() != (tmp_path / "other.svg").read_bytes()


def test_paler_shapes_let_what_is_below_them_through() -> None:
    def middle(opacity: float) -> tuple[int, ...]:
        drawing = Drawing(9, 9, "#ffffff", "", [Disc((4.5, 4.5), 4, "#000000", "#000000", 1, opacity)])
        return tuple(np.asarray(Image.open(io.BytesIO(png(drawing, density=1))))[4, 4].tolist())

    assert middle(1.0) == (0, 0, 0)
    assert middle(0.5) == pytest.approx((127, 127, 127), abs=3)
    assert 'opacity="0.50"' in svg(Drawing(9, 9, "#fff", "", [Disc((4, 4), 4, "#000", "#000", 1, 0.5)]))


def test_the_axes_of_measured_data_have_names_and_units() -> None:
    texts = {shape.text for shape in output_drawing(trained(dataset="iris")).shapes if isinstance(shape, Words)}
    assert {"petal length cm", "petal width cm"} <= texts
    assert not {"x₁", "x₂"} & texts


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
