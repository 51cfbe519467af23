"""Maps as pictures: pixels between two axes, in every style and format."""

import io

import numpy as np
import pytest
from apart import apart, boxes
from PIL import Image

from tinkernet import ExperimentError
from tinkernet.export.pictures.colours import scaled
from tinkernet.export.pictures.drawing import Drawing, Raster
from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.map_picture import ColourBar, map_picture
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.export.pictures.styles import STYLES

WIDE = PictureAxis("learning rate of the input layer", 1e-3, 1e6, log=True)
AXES = {
    "rates": WIDE,
    "few rates": PictureAxis("rate", 0.03, 1, log=True),
    "linear": PictureAxis("noise", 0, 50),
    "negative": PictureAxis("weight", -1.7, 2.4),
    "names": PictureAxis("feature", values=("X1", "X1 times X2", "a name that is much too long for any picture", "X2")),
    "many values": PictureAxis("neurons in each hidden layer", values=[str(k) for k in range(1, 65)]),
    "deep": PictureAxis("rate", 10**1.25, 10**1.25 * (1 + 1e-13), log=True),
    "one value": PictureAxis("only", values=("4, 2",)),
}


def drawn(x: PictureAxis, y: PictureAxis, style: str, bars: int = 1) -> Picture:
    bar = ColourBar("share solved", scaled(np.linspace(-1, 1, 9)), [(0, "none"), (0.5, "half"), (1, "all")])
    words = "Each of so many pixels is a training from the same initial weights, with two rates. " * 3
    return map_picture(scaled(np.eye(8)), x, y, title="A title", words=words, legend=[bar] * bars, style=style)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("bars", [0, 1, 2])
def test_all_text_of_a_map_is_within_the_picture_and_none_lies_on_other_text(style: str, bars: int) -> None:
    for axis in AXES.values():
        apart(drawn(axis, axis, style, bars).drawing)


def corners(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the map."""
    [raster, *_] = [shape for shape in drawing.shapes if isinstance(shape, Raster)]
    (left, top), (width, height) = raster.place, raster.size
    return left, top, left + width, top + height


@pytest.mark.parametrize("style", STYLES)
def test_no_text_lies_on_the_map(style: str) -> None:
    for y in AXES.values():
        drawing = drawn(WIDE, y, style).drawing
        left, top, right, bottom = corners(drawing)
        for text_left, text_top, text_right, text_bottom, text in boxes(drawing):
            assert text_right <= left or text_left >= right or text_bottom <= top or text_top >= bottom, text


def test_numbers_stand_where_their_values_are() -> None:
    share, text = PictureAxis("rate", 1e-3, 1e6, log=True).ticks(10)[3]
    assert share == pytest.approx(1 / 3)
    assert text == "1"
    assert [text for _, text in PictureAxis("rate", 0.03, 1, log=True).ticks(5)] == ["0.05", "0.1", "0.2", "0.5", "1"]
    assert PictureAxis("noise", 0, 50).ticks(3) == [(0.0, "0"), (1.0, "50")]
    assert PictureAxis("weight", -1, 1).ticks(5) == [(0, "−1"), (0.25, "−0.5"), (0.5, "0"), (0.75, "0.5"), (1, "1")]
    assert PictureAxis("width", values=("1", "2", "3", "4")).ticks(2) == [(0.125, "1"), (0.625, "3")]


@pytest.mark.parametrize("most", [2, 5, 9, 40])
@pytest.mark.parametrize("axis", AXES.values(), ids=AXES)
def test_an_axis_has_different_numbers_in_order_and_not_too_many(axis: PictureAxis, most: int) -> None:
    ticks = axis.ticks(most)
    places, texts = [share for share, _ in ticks], [text for _, text in ticks]
    assert min(2, len(axis.values) or 2) <= len(ticks) <= most
    assert places == sorted(set(places))
    assert places[0] >= 0
    assert places[-1] <= 1
    assert len(set(texts)) == len(texts)


def test_the_pixels_of_a_png_are_those_of_the_map() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (4, 8, 3)).astype(np.uint8)
    picture = map_picture(pixels, WIDE, WIDE, title="Noise", style="slide")
    left, top, right, bottom = (round(2 * place) for place in corners(picture.drawing))
    shown = np.asarray(Image.open(io.BytesIO(picture.png)))
    across = np.linspace(left, right, 8, endpoint=False).astype(int) + (right - left) // 16
    down = np.linspace(top, bottom, 4, endpoint=False).astype(int) + (bottom - top) // 8
    assert np.array_equal(shown[np.ix_(down, across)], pixels)


def test_the_same_map_is_written_as_png_svg_and_pdf(tmp_path: object) -> None:
    shown = ShadedMap(np.eye(4), WIDE, WIDE, "Four", legend=[Shading("solved", -1, 1, [(0, "none"), (1, "all")])])
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")):
        path = tmp_path / f"map.{ending}"  # type: ignore[operator] # a Path
        shown.picture("two-columns", path)
        assert path.read_bytes().startswith(start)


def test_a_map_has_the_colours_of_its_style() -> None:
    shown = ShadedMap(np.array([[-1.0, 1.0]]), WIDE, WIDE, "Two")
    for style in ("slide", "dark-slide"):
        scale = STYLES[style].theme.scale
        [raster] = [shape for shape in shown.picture(style).drawing.shapes if isinstance(shape, Raster)]
        assert np.array_equal(raster.pixels, scaled(np.array([[-1.0, 1.0]]), scale))


def test_a_wrong_axis_or_file_is_named() -> None:
    with pytest.raises(ExperimentError, match="high is 1, but must be a number above 2"):
        PictureAxis("noise", 2, 1)
    with pytest.raises(
        ExperimentError, match=r"low is 0.0, but must be a positive number, as the scale is logarithmic"
    ):
        PictureAxis("rate", 0.0, 1, log=True)
    with pytest.raises(ExperimentError, match=r"picture is 'map.gif', but must be a file name that ends in .png"):
        map_picture(scaled(np.eye(2)), WIDE, WIDE, title="Two", path="map.gif")
