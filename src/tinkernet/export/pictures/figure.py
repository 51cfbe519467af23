"""A run as a figure: its network, its output and its losses, in the style of a paper or a slide."""

from dataclasses import dataclass
from functools import cached_property
from os import PathLike

from tinkernet import checks
from tinkernet.data.slices import Slice, chosen_slice
from tinkernet.export.pictures.drawing import Drawing, Shape, pdf, png, svg
from tinkernet.export.pictures.drawing.typeface import fitted
from tinkernet.export.pictures.legend import legend
from tinkernet.export.pictures.losses_part import losses_key, losses_part
from tinkernet.export.pictures.network_part import network_part
from tinkernet.export.pictures.output_part import output_part
from tinkernet.export.pictures.pen import Pen
from tinkernet.export.pictures.picture import (
    check_picture_path,
    network_in_words,
    number,
    title_of,
    training_of,
    unit_of,
)
from tinkernet.export.pictures.styles import DEFAULT_STYLE, Style, style_of
from tinkernet.files import path_of, write_atomically
from tinkernet.formatting import percent
from tinkernet.run import History, Run


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, SVG and PDF. A notebook shows it as the result of a cell."""

    drawing: Drawing
    density: float = 2.0
    """How many pixels of the PNG a CSS pixel, or a point, has."""

    @cached_property
    def png(self) -> bytes:
        """The PNG file."""
        return png(self.drawing, self.density)

    @cached_property
    def svg(self) -> str:
        """The SVG file."""
        return svg(self.drawing)

    @cached_property
    def pdf(self) -> bytes:
        """The PDF file: one page of the picture's size, with text in an embedded font."""
        return pdf(self.drawing)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to a file that ends in .png, .svg or .pdf, atomically.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.
        """
        path = path_of("picture", path)
        check_picture_path(path)
        match path.suffix.lower():
            case ".svg":
                content = self.svg.encode()
            case ".pdf":
                content = self.pdf
            case _:
                content = self.png
        write_atomically("picture", path, content)

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The PNG, and the size in CSS pixels in which a notebook shows it."""
        scale = self.drawing.points / 0.75
        size = {"width": round(self.drawing.width * scale), "height": round(self.drawing.height * scale)}
        return self.png, size

    def __repr__(self) -> str:
        return f"Picture({self.drawing.title!r}, {self.drawing.width} × {self.drawing.height} {self.drawing.unit})"


def run_picture(
    run: Run,
    path: str | PathLike[str] | None = None,
    *,
    style: str = DEFAULT_STYLE,
    show_test_data: bool = False,
    discretize: bool = False,
    plane: Slice | None = None,
) -> Picture:
    """The picture of a run, which is also written to `path`, if that is given; see `Run.picture`."""
    if path is not None:
        check_picture_path(path_of("picture", path))
    chosen = style_of(style)
    checks.flags(show_test_data=show_test_data, discretize=discretize)
    drawing = figure(run, chosen, show_test_data=show_test_data, discretize=discretize, plane=plane)
    picture = Picture(drawing, chosen.density)
    if path is not None:
        picture.save(path)
    return picture


def figure(
    run: Run,
    style: Style,
    *,
    show_test_data: bool = False,
    discretize: bool = False,
    plane: Slice | None = None,
    whole: History | None = None,
) -> Drawing:
    """The drawing of a run in a style; the axes of the losses are those of the `whole` history."""
    plane = chosen_slice(plane, run.experiment.plane)
    pen = Pen(style.theme, style.text / 11)
    losses = (number(run.train_loss), number(run.test_loss))
    shapes = [
        *_heading(run, style, pen),
        *network_part(run, plane, style.network, pen),
        *output_part(run, plane, style.output, style.side, pen, show_test_data=show_test_data, discretize=discretize),
        *losses_key(style.key, style.key_width, losses, pen),
        *losses_part(run.history, style.losses, pen, whole, unit_of(run)),
        *legend(run.experiment, style.legend, style.legend_width, show_test_data=show_test_data, pen=pen),
    ]
    return Drawing(style.width, style.height, style.theme.paper, title_of(run), shapes, style.unit)


def _heading(run: Run, style: Style, pen: Pen) -> list[Shape]:
    """What is trained and for how long, and how well it does."""
    if style.heading is None:
        return []
    left, baseline = style.heading
    words = [network_in_words(run, 50)]
    if run.test_accuracy is not None:
        words.append(f"{percent(run.test_accuracy)} of test points correct")
    first = f"{run.experiment.data_label} after {training_of(run)}"
    u, room = pen.unit, style.output[0] - 60 * pen.unit - left
    return [
        pen.words((left, baseline), fitted(first, 21 * u, room), 21, strong=True),
        pen.words((left, baseline + 20 * u), fitted("  ·  ".join(words), 11.5 * u, room), 11.5),
    ]
