"""Figures: network, output and losses, in the styles of papers and slides."""

import errno
import io
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from apart import apart, boxes
from own_links import fish
from pies import pie, pies
from PIL import Image

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.export.pictures.colours import DARK, LIGHT, Theme, luminance
from tinkernet.export.pictures.drawing import Disc, Drawing, Marker, Raster, Strokes, Words
from tinkernet.export.pictures.figure import figure
from tinkernet.export.pictures.legend import legend
from tinkernet.export.pictures.losses_part import losses_part
from tinkernet.export.pictures.pen import Pen
from tinkernet.export.pictures.styles import STYLES, Style
from tinkernet.run import History
from tinkernet.run.observed import ObservedRun
from tinkernet.run.showing import PictureFile


def trained(epochs: int = 5, **settings: object) -> Run:
    return Run(Experiment(seed="0.5", **settings)).train(epochs)  # type: ignore[arg-type]


def runs() -> list[Run]:
    with pies():
        return [
            trained(dataset="spiral", hidden=(8, 6), features=("x", "y", "xTimesY", "sinX", "sinY")),
            trained(problem="regression", dataset="reg-gauss", loss="squared"),
            trained(dataset="circle", loss="cross-entropy", hidden=(1,) * 12),
            Run(pie(10)).train(3),
            Run(Experiment.from_link(fish())).train(3),
            trained(dataset="breast-cancer", hidden=(200,)),
        ]


@pytest.mark.parametrize("style", STYLES)
def test_all_text_is_within_the_picture_and_none_lies_on_other_text(style: str) -> None:
    for run in runs():
        with pies():
            drawing = figure(run, STYLES[style], show_test_data=True)
        apart(drawing)


def test_the_picture_has_a_text_description() -> None:
    run = trained(dataset="xor")
    root = ET.fromstring(run.picture().svg)  # noqa: S314 - we wrote it
    texts = [element.text for element in root.iter() if element.text]
    assert f"{run.train_loss:.4f}" in texts
    assert any(text.startswith("XOR after 5 epochs") for text in texts)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_no_names_of_classes_meet_others_or_leave_the_picture(style: Style) -> None:
    pen = Pen(style.theme, style.text / 11)
    for count in range(3, 11):
        with pies():
            shapes = legend(pie(count), style.legend, style.legend_width, show_test_data=True, pen=pen)
        apart(Drawing(style.width, style.height, style.theme.paper, "", shapes))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("decades", [1, 2, 4, 5, 6, 7, 8, 9, 12, 33, 300])
def test_the_numbers_beside_the_losses_are_apart_however_many_decades_they_span(style: Style, decades: int) -> None:
    history = History.of(np.array([[0, 1, 1], [1, 10.0**-decades, 10.0**-decades]]), 1)
    shapes = losses_part(history, style.losses, Pen(style.theme, style.text / 11))
    drawing = Drawing(style.width, style.height, style.theme.paper, "", shapes)
    apart(drawing)
    numbers = [shape for shape in shapes if isinstance(shape, Words) and shape.anchor == "end"][:-1]
    assert len(numbers) >= min(decades + 1, 3)
    assert np.diff([number.place[1] for number in numbers]).max() <= -1.2 * numbers[0].size


@pytest.mark.parametrize(
    ("style", "inches", "dots"), [("one-column", 3.5, 300), ("two-columns", 516 / 72, 300), ("slide", 1280 / 96, 192)]
)
def test_a_png_has_the_size_in_inches_of_its_style(style: str, inches: float, dots: int) -> None:
    image = Image.open(io.BytesIO(trained().picture(style=style).png))  # type: ignore[arg-type]
    assert image.info["dpi"][0] == pytest.approx(dots, abs=0.5)
    assert image.width / dots == pytest.approx(inches, abs=0.01)


def test_a_notebook_shows_a_picture_in_its_own_size() -> None:
    content, size = trained().picture()._repr_png_()  # type: ignore[attr-defined]
    assert content.startswith(b"\x89PNG")
    assert size == {"width": 688, "height": 272}


def test_the_network_has_a_picture_of_every_neuron_and_a_line_for_every_weight() -> None:
    run = trained(dataset="xor", hidden=(4, 3), features=("x", "y", "sinX"))
    shapes = figure(run, STYLES["two-columns"]).shapes
    tiles = [shape for shape in shapes if isinstance(shape, Raster) and shape.corner]
    assert len(tiles) == 3 + 4 + 3 + 1
    lines = [shape for shape in shapes if isinstance(shape, Strokes) and len(shape.lines[0]) == 19]
    assert len(lines) == sum(weights.size for weights in run.weights)
    assert sum(line.dashes is not None for line in lines) == sum(int((weights < 0).sum()) for weights in run.weights)
    assert {line.colour for line in lines if line.dashes} == {LIGHT.negative}
    widths = [line.width for line in lines]
    assert widths == sorted(widths)


def test_a_neuron_that_is_switched_off_is_pale() -> None:
    run = trained(hidden=(3,))
    run.switch(0, 1, on=False)
    tiles = [shape for shape in figure(run, STYLES["slide"]).shapes if isinstance(shape, Raster) and shape.corner]
    assert [tile.opacity for tile in tiles] == [1, 1, 1, 0.35, 1, 1]


def test_of_a_very_high_layer_the_rest_is_counted() -> None:
    drawing = figure(trained(hidden=(200,)), STYLES["slide"])
    tiles = [shape for shape in drawing.shapes if isinstance(shape, Raster) and shape.corner]
    hidden = len(tiles) - 3
    assert f"+ {200 - hidden}" in [text for *_, text in boxes(drawing)]
    tops = [tile.place[1] for tile in tiles]
    assert max(tops) < STYLES["slide"].network[1] + STYLES["slide"].network[3]


@pytest.mark.parametrize("style", STYLES)
def test_runs_without_training_without_layers_and_those_that_diverged_have_pictures(style: str) -> None:
    diverged = trained(200, problem="regression", activation="linear", learning_rate=10.0)
    assert diverged.diverged
    for run in (diverged, Run(seed="0.5"), trained(features=(), hidden=()), trained(dataset="iris", hidden=())):
        picture = run.picture(style=style)  # type: ignore[arg-type]
        ET.fromstring(picture.svg)  # noqa: S314 - we wrote it
        assert picture.pdf.startswith(b"%PDF")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_weights_and_points_stand_out_from_the_paper(theme: Theme) -> None:
    def contrast(colour: str) -> float:
        low, high = sorted([luminance(colour), luminance(theme.paper)])
        return (high + 0.05) / (low + 0.05)

    inks = (theme.ink, theme.second_ink, theme.negative, theme.positive, theme.negative_point, theme.positive_point)
    assert all(contrast(ink) >= 4.5 for ink in inks)


def test_a_dark_slide_is_dark_with_the_classes_apart() -> None:
    run = trained(40, dataset="iris")
    image = Image.open(io.BytesIO(run.picture(style="dark-slide").png))
    assert np.asarray(image)[2, 2].tolist() == [0x0A, 0x0B, 0x0D]
    marks = [shape.fill for shape in figure(run, STYLES["dark-slide"]).shapes if isinstance(shape, Marker)]
    assert len(set(marks)) == 3
    assert all(luminance(mark) > 0.5 for mark in marks)


def test_points_are_drawn_in_each_style_and_test_points_on_request() -> None:
    run = trained(dataset="gauss")
    for style in STYLES.values():
        few, more = (
            [shape for shape in figure(run, style, show_test_data=shown).shapes if isinstance(shape, Disc)]
            for shown in (False, True)
        )
        assert len(few) == (np.abs(run.train_data.points).max(axis=1) <= 6).sum()
        assert len(more) > len(few)


def test_of_a_run_that_a_program_trains_steps_are_counted() -> None:
    run = ObservedRun(Experiment(seed="0.5"))
    run.observe(run.parameters, 0).observe(run.parameters, 1)
    assert "'Circle after 1 step: " in repr(run.picture(style="slide"))
    run.observe(run.parameters, 2000)
    words = [shape.text for shape in figure(run, STYLES["slide"]).shapes if isinstance(shape, Words)]
    assert "Circle after 2,000 steps" in words
    assert "epoch" not in " ".join(words)


def test_a_picture_is_written_as_its_name_says(tmp_path: Path) -> None:
    run = trained()
    for name, start in (("a.png", b"\x89PNG"), ("a.SVG", b"<svg"), ("a.pdf", b"%PDF-1.7")):
        picture = run.picture(tmp_path / name, style="one-column")
        assert (tmp_path / name).read_bytes().startswith(start)
    assert isinstance(picture.png, bytes)
    assert "252 × 280 pt" in repr(picture)


def test_a_wrong_ending_a_wrong_style_and_a_full_disk_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained()
    with pytest.raises(ExperimentError, match=r"\.png, \.svg or \.pdf"):
        run.picture(tmp_path / "a.jpg")
    with pytest.raises(ExperimentError, match=r"style is 'slides', but must be one of .*did you mean slide"):
        run.picture(style="slides")  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match="picture is 3, but must be the path of a file"):
        run.picture(3)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match="show_test_data is 1, but must be True or False"):
        run.picture(show_test_data=1)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match=r"plane is 'x', but must be a result of Dataset.slice"):
        run.picture(plane="x")  # type: ignore[arg-type]
    picture: PictureFile = run.picture(tmp_path / "a.svg")
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(ExperimentError, match="No space left on device"):
        run.train(1).picture(tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == picture.svg
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
