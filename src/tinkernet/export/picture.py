"""A run as a picture: the decision boundary with points, axes and legend, the losses and the loss curve."""

import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float
from tinkernet.data import DATASETS
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import Slice, clearness
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.export.class_colours import class_colours
from tinkernet.export.colours import HAIRLINE, INK, PAPER, SECOND_INK, ZERO_LINE, point_colour
from tinkernet.export.drawing import Disc, Drawing, Marker, Place, Raster, Shape, Strokes, Words, png, svg
from tinkernet.export.fields import output_field
from tinkernet.export.legend import legend
from tinkernet.export.marks import SHAPES
from tinkernet.files import write_atomically
from tinkernet.formatting import LEAST_PLAIN, figure, shortened
from tinkernet.network import ACTIVATIONS
from tinkernet.run import Run

CELLS = 200

WIDTH, HEIGHT = 740, 500
FIELD: Place = (44, 28)
SIDE = 424
COLUMN = 516
COLUMN_WIDTH = 192
CURVE_TOP, CURVE_HEIGHT = 256, 112

KINDS = (".png", ".svg")


def check_picture_path(path: Path) -> None:
    """Check the file name of a picture.

    Raises:
        ExperimentError: it ends neither in .png nor in .svg.
    """
    if path.suffix.lower() not in KINDS:
        raise ExperimentError("picture", str(path), "a file name that ends in .png or .svg")


def save_picture(
    run: Run, path: str | Path, *, show_test_data: bool = False, discretize: bool = False, plane: Slice | None = None
) -> None:
    """Writes the picture of a run to a .png or .svg file, atomically."""
    path = Path(path)
    check_picture_path(path)
    drawing = picture(run, show_test_data=show_test_data, discretize=discretize, plane=plane)
    content = svg(drawing).encode() if path.suffix.lower() == ".svg" else png(drawing)
    write_atomically("picture", path, content)


def picture(run: Run, *, show_test_data: bool = False, discretize: bool = False, plane: Slice | None = None) -> Drawing:
    """The picture of a run, to be rendered as SVG or PNG (`drawing.svg`, `drawing.png`).

    `plane` is what is drawn of data with more than two columns, a result of `Dataset.slice`; by default the first two,
    with the others at their median. Points are paler the farther they are from it.
    """
    plane = run.experiment.plane if plane is None else plane
    field = output_field(run, CELLS, CELLS, plane)
    line_colour = INK if run.experiment.head.several else ZERO_LINE
    shapes: list[Shape] = [
        Raster(FIELD, (SIDE, SIDE), field.colours(discretize=discretize), smooth=not discretize),
        Strokes([[_on_cell(place) for place in line] for line in field.lines()], 1.2, line_colour),
        *_axes(run.experiment, plane),
        *_points(run, plane, show_test_data=show_test_data),
        *_figures(run),
        *_curve(run.history.epochs, run.history.train_loss, run.history.test_loss),
        *legend(run.experiment, (COLUMN, FIELD[1] + SIDE - 12), COLUMN_WIDTH, show_test_data=show_test_data),
    ]
    return Drawing(WIDTH, HEIGHT, PAPER, _title(run), shapes)


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


def _on_field(x: float, y: float) -> Place:
    return FIELD[0] + (x + EDGE) / (2 * EDGE) * SIDE, FIELD[1] + (EDGE - y) / (2 * EDGE) * SIDE


def _on_cell(place: Place) -> Place:
    column, row = place
    return FIELD[0] + (column + 0.5) / CELLS * SIDE, FIELD[1] + (row + 0.5) / CELLS * SIDE


def _axes(experiment: Experiment, plane: Slice) -> list[Shape]:
    left, top = FIELD
    bottom = top + SIDE
    across, up = (_scale_of(experiment, plane, side) for side in (0, 1))
    shapes: list[Shape] = []
    for tick in range(-6, 7, 2):
        x, y = _on_field(tick, tick)
        shapes += [
            Strokes([[(x, bottom + 2), (x, bottom + 6)], [(left - 6, y), (left - 2, y)]], 1, HAIRLINE),
            Words((x, bottom + 19), across.at(tick), 11, SECOND_INK, "middle"),
            Words((left - 10, y + 4), up.at(tick), 11, SECOND_INK, "end"),
        ]
    return [
        *shapes,
        Words((left + SIDE / 2, bottom + 36), across.name, 11, SECOND_INK, "middle"),
        Words((left - 10, top - 10), shortened(up.name, 20), 11, SECOND_INK, "start" if len(up.name) > 4 else "end"),
    ]


class _Scale(NamedTuple):
    """A side of the plane: what is along it, and its values at the two ends."""

    name: str
    low: float
    high: float

    def at(self, place: float) -> str:
        """The value at this place of the plane, from −6 to 6."""
        value = self.low + (place + EDGE) / (2 * EDGE) * (self.high - self.low)
        return f"{value:.4g}".replace("-", "−")


def _scale_of(experiment: Experiment, plane: Slice, side: int) -> _Scale:
    if experiment.data is None:
        measured = DATASETS[experiment.dataset].axes
        if not measured:
            return _Scale(("X1", "X2")[side], -EDGE, EDGE)
        axis = measured[side]
        return _Scale(f"{axis.name} {axis.unit}".strip(), axis.low, axis.high)
    drawn = plane.drawn
    if side >= len(drawn):
        return _Scale("", -EDGE, EDGE)
    column = experiment.data.columns[drawn[side]]
    return _Scale(f"{column.name} {column.unit}".strip(), *column.range)


def _points(run: Run, plane: Slice, *, show_test_data: bool) -> list[Shape]:
    """Training points are solid, test points hollow, and both are paler the farther they are from the slice.

    Colour is not needed: of two classes, points of the first have a bar, and of more, each class has a shape.
    """
    shapes: list[Shape] = []
    several = len(run.experiment.classes) if run.experiment.head.several else 0
    sets = [(run.test_data, False), (run.train_data, True)] if show_test_data else [(run.train_data, True)]
    for data, solid in sets:
        scaled = data.scaled
        opacities = clearness(plane.distances(scaled)).tolist()
        for (x, y), label, opacity in zip(plane.places(scaled), data.labels, opacities, strict=True):
            if not max(abs(x), abs(y)) <= EDGE:
                continue
            place = _on_field(float(x), float(y))
            if several:
                shape, colour = SHAPES[int(label)], class_colours(several)[int(label)].point
                fill, ring, width = (colour, PAPER, 1.1) if solid else (PAPER, colour, 1.4)
                shapes.append(Marker(place, 3.2 if solid else 2.9, shape, fill, ring, width, opacity))
                continue
            colour = point_colour(float(label))
            radius, fill, ring, width = (3.2, colour, PAPER, 1.1) if solid else (2.9, PAPER, colour, 1.4)
            shapes.append(Disc(place, radius, fill, ring, width, opacity))
            if label < 0:
                ends = [(place[0] - 1.5, place[1]), (place[0] + 1.5, place[1])]
                shapes.append(Strokes([ends], 1, PAPER if solid else colour, opacity))
    return shapes


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
    lines = _network_in_words(run)
    return shapes + [
        Words((COLUMN, 108 + 32 * len(figures) + 4 + 18 * row), text, 12, SECOND_INK) for row, text in enumerate(lines)
    ]


def _network_in_words(run: Run) -> tuple[str, str]:
    experiment = run.experiment
    inputs = ", ".join(experiment.inputs.feature_of(name).label for name in experiment.features) or "no inputs"
    layers = "-".join(str(count) for count in experiment.hidden)
    labels = list(dict.fromkeys(ACTIVATIONS[name].label for name in experiment.in_layers("activation")))
    hidden = f"{layers} {', '.join(labels)}" if experiment.hidden else "no hidden layer"
    first = f"{experiment.data_label} · {hidden}"
    return shortened(first, 32), shortened(inputs, 32)


def _curve(
    epochs: Float[ndarray, " n"] | ndarray, train: Float[ndarray, " n"], test: Float[ndarray, " n"]
) -> list[Shape]:
    """The losses over the epochs on a logarithmic scale; empty with fewer than two epochs."""
    usable = np.isfinite(train) & np.isfinite(test) & (train > 0) & (test > 0)
    epochs, train, test = np.asarray(epochs)[usable], train[usable], test[usable]
    if len(epochs) <= 1:
        return []
    low = math.floor(math.log10(min(train.min(), test.min())))
    high = max(low + 1, math.ceil(math.log10(max(train.max(), test.max()))))
    left, right = COLUMN + 30, COLUMN + COLUMN_WIDTH

    def height(loss: float) -> float:
        return CURVE_TOP + (high - math.log10(loss)) / (high - low) * CURVE_HEIGHT

    span = max(float(epochs[-1] - epochs[0]), 1.0)
    chosen = np.unique(np.linspace(0, len(epochs) - 1, 2 * (right - left)).astype(int))

    def line(losses: ndarray) -> list[list[Place]]:
        return [
            [(left + (float(epochs[k]) - float(epochs[0])) / span * (right - left), height(losses[k])) for k in chosen]
        ]

    step = max(1, (high - low) // 4)
    shapes: list[Shape] = []
    for power in range(low, high + 1, step):
        y = height(10.0**power)
        shapes += [
            Strokes([[(left, y), (right, y)]], 1, HAIRLINE),
            Words((left - 6, y + 4), f"{10.0**power:g}", 11, SECOND_INK, "end"),
        ]
    return [
        *shapes,
        Strokes(line(train), 1.2, SECOND_INK),
        Strokes(line(test), 2, INK),
        Words((left, CURVE_TOP + CURVE_HEIGHT + 18), f"{int(epochs[0]):,}", 11, SECOND_INK),
        Words((right, CURVE_TOP + CURVE_HEIGHT + 18), f"{int(epochs[-1]):,}", 11, SECOND_INK, "end"),
        *_key(CURVE_TOP + CURVE_HEIGHT + 18, (left + right) / 2),
    ]


def _key(baseline: float, middle: float) -> list[Shape]:
    y = baseline - 4
    return [
        Strokes([[(middle - 50, y), (middle - 36, y)]], 1.2, SECOND_INK),
        Words((middle - 31, baseline), "train", 11, SECOND_INK),
        Strokes([[(middle + 8, y), (middle + 22, y)]], 2, INK),
        Words((middle + 27, baseline), "test", 11, SECOND_INK),
    ]


def _title(run: Run) -> str:
    losses = f"training loss {number(run.train_loss)}, test loss {number(run.test_loss)}"
    return f"{run.experiment.data_label} after {run.epoch:,} epochs: {losses}"
