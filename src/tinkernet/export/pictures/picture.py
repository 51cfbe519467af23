"""A run as a picture: the decision boundary with points, axes and legend, the losses and the loss curve."""

import math
from pathlib import Path

from tinkernet.data.slices import Slice, chosen_slice
from tinkernet.errors import ExperimentError
from tinkernet.export.pictures.colours import HAIRLINE, INK, PAPER, SECOND_INK
from tinkernet.export.pictures.drawing import Drawing, Place, Shape, Strokes, Words, pdf, png, svg
from tinkernet.export.pictures.legend import legend
from tinkernet.export.pictures.losses_part import losses_part
from tinkernet.export.pictures.output_part import output_part
from tinkernet.export.pictures.pen import Pen
from tinkernet.files import write_atomically
from tinkernet.formatting import LEAST_PLAIN, figure, shortened
from tinkernet.network import ACTIVATIONS
from tinkernet.run import Run

WIDTH, HEIGHT = 740, 500
FIELD: Place = (44, 28)
SIDE = 424
COLUMN = 516
COLUMN_WIDTH = 192
CURVE_TOP, CURVE_HEIGHT = 256, 112

KINDS = {".png": png, ".svg": lambda drawing: svg(drawing).encode(), ".pdf": pdf}
"""How a drawing becomes a file, by the end of its name."""


def check_picture_path(path: Path) -> None:
    """Check the file name of a picture.

    Raises:
        ExperimentError: it does not end in .png, .svg or .pdf.
    """
    if path.suffix.lower() not in KINDS:
        raise ExperimentError("picture", str(path), "a file name that ends in .png, .svg or .pdf")


def save_picture(
    run: Run, path: str | Path, *, show_test_data: bool = False, discretize: bool = False, plane: Slice | None = None
) -> None:
    """Writes the picture of a run to a .png, .svg or .pdf file, atomically."""
    path = Path(path)
    check_picture_path(path)
    drawing = picture(run, show_test_data=show_test_data, discretize=discretize, plane=plane)
    write_atomically("picture", path, KINDS[path.suffix.lower()](drawing))


def picture(run: Run, *, show_test_data: bool = False, discretize: bool = False, plane: Slice | None = None) -> Drawing:
    """The picture of a run, to be rendered as SVG or PNG (`drawing.svg`, `drawing.png`).

    `plane` is what is drawn of data with more than two columns, a result of `Dataset.slice`; by default the first two,
    with the others at their median. Points are paler the farther they are from it.
    """
    plane = chosen_slice(plane, run.experiment.plane)
    pen = Pen()
    curve = (COLUMN + 30, CURVE_TOP, COLUMN_WIDTH - 30, CURVE_HEIGHT)
    shapes = [
        *output_part(run, plane, FIELD, SIDE, pen, show_test_data=show_test_data, discretize=discretize),
        *_figures(run),
        *losses_part(run.history, curve, pen),
        *legend(run.experiment, (COLUMN, FIELD[1] + SIDE - 12), COLUMN_WIDTH, show_test_data=show_test_data),
    ]
    return Drawing(WIDTH, HEIGHT, PAPER, title_of(run), shapes)


def number(value: float) -> str:
    """A loss for display: rounded to significant digits, or in words if it is not finite."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinite"
    if 0.01 <= abs(value) < 10_000 or value == 0:
        return f"{value:.4f}"
    if LEAST_PLAIN <= abs(value) < 0.01:
        return figure(value, 3).replace("−", "-")
    mantissa, _, power = f"{value:.3g}".partition("e")
    return f"{mantissa}e{int(power)}" if power else mantissa


# --- Parts --------------------------------------------------------------------


def _figures(run: Run) -> list[Shape]:
    figures = [("Training loss", number(run.train_loss)), ("Test loss", number(run.test_loss))]
    if run.test_accuracy is not None:
        figures.append(("Test accuracy", f"{run.test_accuracy:.1%}".replace("%", " %")))
    shapes: list[Shape] = [
        Words((COLUMN, 40), "Epoch", 12, SECOND_INK),
        Words((COLUMN, 68), f"{run.epoch:,}", 26, INK),
    ]
    right = COLUMN + COLUMN_WIDTH
    for row, (name, value) in enumerate(figures):
        baseline = 108 + 32 * row
        shapes += [
            Words((COLUMN, baseline), name, 13, SECOND_INK),
            Words((right, baseline), value, 17, INK, "end"),
            Strokes([[(COLUMN, baseline + 10), (right, baseline + 10)]], 1, HAIRLINE),
        ]
    lines = in_words(run, 32)
    return shapes + [
        Words((COLUMN, 108 + 32 * len(figures) + 4 + 18 * row), text, 12, SECOND_INK) for row, text in enumerate(lines)
    ]


def in_words(run: Run, most: int) -> tuple[str, str]:
    """The data and the hidden layers, and the inputs, each with at most so many characters."""
    experiment = run.experiment
    inputs = ", ".join(experiment.inputs.feature_of(name).label for name in experiment.features) or "no inputs"
    layers = "-".join(str(count) for count in experiment.hidden)
    labels = list(dict.fromkeys(ACTIVATIONS[name].label for name in experiment.in_layers("activation")))
    hidden = f"{layers} {', '.join(labels)}" if experiment.hidden else "no hidden layer"
    first = f"{experiment.data_label} · {hidden}"
    return shortened(first, most), shortened(inputs, most)


def title_of(run: Run) -> str:
    """What a picture shows, for those who do not see it."""
    losses = f"training loss {number(run.train_loss)}, test loss {number(run.test_loss)}"
    return f"{run.experiment.data_label} after {run.epoch:,} epochs: {losses}"
