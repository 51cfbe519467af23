"""The output in a picture: the field with its lines, the points, and the axes."""

import math
from collections.abc import Callable
from typing import NamedTuple

from tinkernet.data import DATASETS
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import Slice, clearness
from tinkernet.experiment import Experiment
from tinkernet.export.pictures.class_colours import class_colours
from tinkernet.export.pictures.colours import point_colour
from tinkernet.export.pictures.contour import joined
from tinkernet.export.pictures.drawing import Disc, Marker, Place, Raster, Shape, Strokes
from tinkernet.export.pictures.drawing.typeface import fitted, width_of
from tinkernet.export.pictures.fields import output_field
from tinkernet.export.pictures.marks import SHAPES
from tinkernet.export.pictures.pen import Pen
from tinkernet.run import Run

CELLS = 200
USUAL_SIDE = 424
"""In a square of this size, in units, points have their usual size."""
MOST_TICKS = 7
LONGEST_NAME = 120
"""The room for the name of the vertical axis, in units."""


def output_part(
    run: Run, plane: Slice, place: Place, side: float, pen: Pen, *, show_test_data: bool, discretize: bool = False
) -> list[Shape]:
    """The output in a square with its top left corner at `place`, and what is around it."""
    field = output_field(run, CELLS, CELLS, plane)
    theme = pen.theme
    line_colour = theme.ink if run.experiment.head.several else theme.zero_line
    pixels = field.colours(discretize=discretize, theme=theme)
    scale = _fineness(side, pen)

    def on_cell(cell: Place) -> Place:
        column, row = cell
        return place[0] + (column + 0.5) / CELLS * side, place[1] + (row + 0.5) / CELLS * side

    return [
        Raster(place, (side, side), pixels, smooth=not discretize),
        Strokes([[on_cell(cell) for cell in line] for line in joined(field.lines())], 1.2 * scale, line_colour),
        *_axes(run.experiment, plane, place, side, pen),
        *_points(run, plane, place, side, pen, show_test_data=show_test_data),
    ]


def _fineness(side: float, pen: Pen) -> float:
    """How large points and lines are: in a small square less so, but not in proportion, or they could not be seen."""
    return float(pen.unit * min(1.0, side / (USUAL_SIDE * pen.unit) + 0.25))


def _on_field(x: float, y: float, place: Place, side: float) -> Place:
    return place[0] + (x + EDGE) / (2 * EDGE) * side, place[1] + (EDGE - y) / (2 * EDGE) * side


def _axes(experiment: Experiment, plane: Slice, place: Place, side: float, pen: Pen) -> list[Shape]:
    (left, top), u = place, pen.unit
    bottom = top + side
    across, up = (_scale_of(experiment, plane, which) for which in (0, 1))
    shapes: list[Shape] = []
    for share, text in _ticks(across, lambda texts: max(width_of(text, 11 * u) for text in texts) * 1.3 / side):
        x = left + share * side
        shapes += [
            pen.hairline([(x, bottom + 2 * u), (x, bottom + 6 * u)]),
            pen.words((x, bottom + 19 * u), text, anchor="middle"),
        ]
    for share, text in _ticks(up, lambda _: 16 * u / side):
        y = bottom - share * side
        shapes += [
            pen.hairline([(left - 6 * u, y), (left - 2 * u, y)]),
            pen.words((left - 10 * u, y + 4 * u), text, anchor="end"),
        ]
    name = fitted(up.name, 11 * u, LONGEST_NAME * u)
    return [
        *shapes,
        pen.words((left + side / 2, bottom + 36 * u), fitted(across.name, 11 * u, side), anchor="middle"),
        pen.words((left - 10 * u, top - 10 * u), name, anchor="start" if len(up.name) > 4 else "end"),
    ]


def _ticks(scale: "_Scale", needed: Callable[[list[str]], float]) -> list[tuple[float, str]]:
    """The ticks of an axis with round numbers, each with its place from 0 to 1, as near as their numbers allow.

    `needed` is how much room numbers need from tick to tick, as a share of the axis.
    """
    width = scale.high - scale.low
    if not width > 0 or not math.isfinite(width):
        return []
    power = 10.0 ** math.floor(math.log10(width / MOST_TICKS))
    for step in (power * size for size in (1, 2, 5, 10, 20, 50, 100)):
        first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
        ticks = [(k * step, f"{k * step:.6g}".replace("-", "−")) for k in range(first, last + 1)]
        if len(ticks) <= MOST_TICKS + 1 and (len(ticks) < 2 or needed([text for _, text in ticks]) <= step / width):
            return [((value - scale.low) / width, text) for value, text in ticks]
    return []


class _Scale(NamedTuple):
    """A side of the plane: what is along it, and its values at the two ends."""

    name: str
    low: float
    high: float


def axis_names(experiment: Experiment, plane: Slice) -> tuple[str, str]:
    """What is along the two sides of the plane, with units."""
    return _scale_of(experiment, plane, 0).name, _scale_of(experiment, plane, 1).name


def axis_ranges(experiment: Experiment, plane: Slice) -> tuple[tuple[float, float], tuple[float, float]]:
    """The values at the ends of the two sides of the plane."""
    across, up = (_scale_of(experiment, plane, which) for which in (0, 1))
    return (across.low, across.high), (up.low, up.high)


def _scale_of(experiment: Experiment, plane: Slice, side: int) -> _Scale:
    if experiment.data is None:
        measured = DATASETS[experiment.dataset].axes
        if not measured:
            return _Scale(("x₁", "x₂")[side], -EDGE, EDGE)
        axis = measured[side]
        return _Scale(f"{axis.name} {axis.unit}".strip(), axis.low, axis.high)
    drawn = plane.drawn
    if side >= len(drawn):
        return _Scale("", -EDGE, EDGE)
    column = experiment.data.columns[drawn[side]]
    return _Scale(f"{column.name} {column.unit}".strip(), *column.range)


def _points(run: Run, plane: Slice, corner: Place, side: float, pen: Pen, *, show_test_data: bool) -> list[Shape]:
    """Training points are solid, test points hollow, and both are paler the farther they are from the slice.

    Colour is not needed: of two classes, points of the first have a bar, and of more, each class has a shape.
    """
    shapes: list[Shape] = []
    theme, u = pen.theme, _fineness(side, pen)
    several = len(run.experiment.classes) if run.experiment.head.several else 0
    colours = class_colours(several, theme)
    sets = [(run.test_data, False), (run.train_data, True)] if show_test_data else [(run.train_data, True)]
    for data, solid in sets:
        scaled = data.scaled
        opacities = clearness(plane.distances(scaled)).tolist()
        for (x, y), label, opacity in zip(plane.places(scaled), data.labels, opacities, strict=True):
            if not max(abs(x), abs(y)) <= EDGE:
                continue
            place = _on_field(float(x), float(y), corner, side)
            colour = colours[int(label)].point if several else point_colour(float(label), theme)
            radius, width = (3.2 * u, 1.1 * u) if solid else (2.9 * u, 1.4 * u)
            fill, ring = (colour, theme.paper) if solid else (theme.paper, colour)
            if several:
                shapes.append(Marker(place, radius, SHAPES[int(label)], fill, ring, width, opacity))
                continue
            shapes.append(Disc(place, radius, fill, ring, width, opacity))
            if label < 0:
                ends = [(place[0] - 1.5 * u, place[1]), (place[0] + 1.5 * u, place[1])]
                shapes.append(Strokes([ends], u, theme.paper if solid else colour, opacity))
    return shapes
