"""The network in a picture: what each neuron puts out over the plane, and the weights between them, as on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float, Float64, UInt8
from tinkernet.data.slices import Slice
from tinkernet.export.pictures.class_colours import class_colours, colours_of_classes
from tinkernet.export.pictures.colours import scaled
from tinkernet.export.pictures.drawing import Box, Marker, Place, Raster, Shape, Strokes
from tinkernet.export.pictures.drawing.typeface import fitted, width_of
from tinkernet.export.pictures.marks import SHAPES
from tinkernet.export.pictures.pen import Pen, Rect
from tinkernet.formatting import count
from tinkernet.network import ACTIVATIONS
from tinkernet.run import Run

CELLS = 48
"""Of a neuron's field, along a side."""
STAGE_WIDTH, STAGE_HEIGHT = 640.0, 440.0
"""In a network of this size weights are as thick as on the page."""
LEAST_PITCH = 16.0
"""The least distance of two neurons in units; what does not fit is counted."""
MOST_LINKS = 1_500
"""So many weights are drawn, the largest."""
BIAS_ROOM = 9.0
"""Below a neuron, in units."""
STEPS = 18
"""So many straight lines make the curve of a weight."""
NOTHING = 1e-30


@dataclass(frozen=True)
class Tile:
    """A neuron, or an input: its middle and the length of its sides."""

    x: float
    y: float
    size: float


def network_part(run: Run, plane: Slice, rect: Rect, pen: Pen) -> list[Shape]:
    """The network in `rect`: the inputs at the left, with their names, and the outputs at the right."""
    columns = _columns(run, rect, pen)
    weights, biases = [np.nan_to_num(one) for one in run.weights], [np.nan_to_num(one) for one in run.biases]
    shapes: list[Shape] = [*_links(weights, columns, rect, pen)]
    pictures = _fields(run, plane, [len(column) for column in columns], pen)
    for layer, column in enumerate(columns):
        for neuron, (tile, picture) in enumerate(zip(column, pictures[layer], strict=True)):
            on = layer == 0 or run.is_on(layer - 1, neuron)
            shapes += _tile(tile, picture, pen, opacity=1.0 if on else 0.35)
            if layer:
                shapes.append(_bias(tile, float(biases[layer - 1][neuron]), pen))
    return [*shapes, *_names(run, columns, rect, pen), *_counts(run, columns, pen)]


# --- Places -------------------------------------------------------------------


def _columns(run: Run, rect: Rect, pen: Pen) -> list[list[Tile]]:
    """The tiles of every layer, the inputs first; a layer that is too high shows its first neurons."""
    left, top, width, height = rect
    sizes, u = run.layout.sizes, pen.unit
    labels = [width_of(text, 12 * u) for text in _symbols(run, rect, pen)]
    head = max(labels, default=0.0) + 6 * u
    foot = 16 * u if run.experiment.head.several else 0.0
    shown = [min(size, max(1, int(height / (LEAST_PITCH * u)))) for size in sizes]
    room = (width - head - foot) / len(sizes)
    steps = [height / (max(n, 2) if n == size else n + 1) for n, size in zip(shown, sizes, strict=True)]
    usual = [min(step - BIAS_ROOM * u, room * 0.62, height * 0.3, 64 * u) for step in steps]
    # All hidden layers have tiles of one size; the inputs and the outputs are smaller where there are many.
    hidden = min(usual[1:-1], default=usual[-1])
    tiles = [min(usual[0], hidden), *[hidden] * (len(sizes) - 2), min(usual[-1], hidden)]
    first, last = left + head + tiles[0] / 2, left + width - foot - tiles[-1] / 2
    pitch = (last - first) / (len(sizes) - 1)
    middle = top + height / 2
    return [
        [Tile(first + k * pitch, middle + (n - (count - 1) / 2) * step, max(tile, 2 * u)) for n in range(count)]
        for k, (count, step, tile) in enumerate(zip(shown, _steps(steps, tiles, pen), tiles, strict=True))
    ]


def _steps(steps: Sequence[float], tiles: Sequence[float], pen: Pen) -> list[float]:
    """The distances of neurons: not more than twice their size."""
    return [min(step, 1.55 * tile + BIAS_ROOM * pen.unit) for step, tile in zip(steps, tiles, strict=True)]


def _symbols(run: Run, rect: Rect, pen: Pen) -> list[str]:
    inputs = run.experiment.inputs
    most = max(0.17 * rect[2], 20 * pen.unit)
    return [fitted(inputs.feature_of(name).symbol, 12 * pen.unit, most) for name in run.experiment.features]


# --- Weights ------------------------------------------------------------------


def _links(
    weights: Sequence[Float64[ndarray, "_ _"]], columns: Sequence[Sequence[Tile]], rect: Rect, pen: Pen
) -> list[Shape]:
    """The weights between neurons that are shown, small ones first, so that large ones lie on top."""
    scale = max(0.55 * pen.unit, min(rect[2] / STAGE_WIDTH, rect[3] / STAGE_HEIGHT))
    largest = max(len(column) for column in columns)
    density = scale * (0.62 if len(columns) > 6 else 0.85 if largest > 6 else 1.0)
    found = [
        (abs(float(matrix[to, source])), layer, to, source)
        for layer, matrix in enumerate(weights)
        for to in range(len(columns[layer + 1]))
        for source in range(len(columns[layer]))
    ]
    shapes: list[Shape] = []
    for size, layer, to, source in sorted(found)[-MOST_LINKS:]:
        negative = weights[layer][to, source] < 0
        width = max(0.6 * scale, min(7 * scale, (0.6 + 2.1 * size) * density))
        line = _link(columns[layer], columns[layer + 1], source, to)
        dashes = (2.4 * scale + 1.6 * width, 2.2 * scale + 0.9 * width) if negative else None
        colour = pen.theme.negative if negative else pen.theme.positive
        shapes.append(Strokes([line], width, colour, min(1.0, 0.16 + 0.8 * size), dashes))
    return shapes


def _link(sources: Sequence[Tile], targets: Sequence[Tile], source: int, to: int) -> list[Place]:
    """A curve that leaves and arrives level; arrivals are spread over the height of the target."""
    one, other = sources[source], targets[to]
    spread = (source / (len(sources) - 1) - 0.5) * other.size * 0.56 if len(sources) > 1 else 0.0
    x0, y0, x1, y1 = one.x + one.size / 2, one.y, other.x - other.size / 2, other.y + spread
    bend = (x1 - x0) * 0.5
    places = []
    for step in range(STEPS + 1):
        t = step / STEPS
        q = 1 - t
        a, b, c, d = q * q * q, 3 * q * q * t, 3 * q * t * t, t * t * t
        places.append((a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1, (a + b) * y0 + (c + d) * y1))
    return places


# --- Neurons ------------------------------------------------------------------


def _fields(run: Run, plane: Slice, shown: Sequence[int], pen: Pen) -> list[list[UInt8[ndarray, "rows columns 3"]]]:
    """The picture of each neuron that is shown, by layer, the inputs first."""
    experiment, head, scale = run.experiment, run.experiment.head, pen.theme.scale
    features = experiment.features[: shown[0]]
    pictures = []
    if features:
        sizes = [experiment.inputs.feature_of(name).scale for name in features]
        fields = run.fields(CELLS, list(features), plane=plane)
        pictures.append([scaled(field / size, scale) for field, size in zip(fields, sizes, strict=True)])
    else:
        pictures.append([])
    for layer, name in enumerate(experiment.in_layers("activation")):
        limit = ACTIVATIONS[name].limit
        fields = run.fields(CELLS, [(layer, neuron) for neuron in range(shown[layer + 1])], plane=plane)
        pictures.append([scaled(_sized(field, limit), scale) for field in fields])
    outputs = head.drawn_apart(run.output_fields(CELLS, plane=plane))
    if not head.several:
        return [*pictures, [scaled(outputs[0], scale)]]
    number = len(outputs)
    return [
        *pictures,
        [
            colours_of_classes(field, np.full(field.shape, k), number, pen.theme)
            for k, field in enumerate(outputs[: shown[-1]])
        ],
    ]


def _sized(field: Float[ndarray, "rows columns"], limit: float | None) -> Float[ndarray, "rows columns"]:
    """The field on the scale from −1 to 1: by the limit of its activation, or by its own largest size."""
    if limit is None:
        finite = np.abs(field[np.isfinite(field)])
        limit = max(float(finite.max(initial=0.0)), NOTHING)
    return np.asarray(field / field.dtype.type(limit))


def _tile(tile: Tile, picture: UInt8[ndarray, "rows columns 3"], pen: Pen, *, opacity: float) -> list[Shape]:
    place, corner = (tile.x - tile.size / 2, tile.y - tile.size / 2), min(8 * pen.unit, tile.size * 0.18)
    size = (tile.size, tile.size)
    return [
        # What lies below would show through a neuron that is switched off.
        *([Box(place, size, corner, pen.theme.paper)] if opacity < 1 else []),
        Raster(place, size, picture, corner=corner, opacity=opacity),
        Box(place, size, corner, ring=pen.theme.edge, ring_width=pen.unit),
    ]


def _bias(tile: Tile, value: float, pen: Pen) -> Box:
    u = pen.unit
    length = max(2 * u, min(1.0, abs(value) / 1.5) * tile.size / 2)
    place = (tile.x - length if value < 0 else tile.x, tile.y + tile.size / 2 + 3 * u)
    return Box(place, (length, 2.4 * u), 1.2 * u, pen.theme.negative if value < 0 else pen.theme.positive)


# --- Words --------------------------------------------------------------------


def _names(run: Run, columns: Sequence[Sequence[Tile]], rect: Rect, pen: Pen) -> list[Shape]:
    """The inputs' symbols, and the markers of the classes beside their outputs."""
    u = pen.unit
    symbols = zip(columns[0], _symbols(run, rect, pen), strict=False)
    shapes: list[Shape] = [
        pen.words((tile.x - tile.size / 2 - 6 * u, tile.y + 4 * u), text, 12, "end", strong=True)
        for tile, text in symbols
    ]
    if run.experiment.head.several:
        colours = class_colours(len(run.experiment.classes), pen.theme)
        shapes += [
            Marker(
                (tile.x + tile.size / 2 + 9 * u, tile.y), 3.6 * u, SHAPES[k], colours[k].point, pen.theme.paper, u / 2
            )
            for k, tile in enumerate(columns[-1])
        ]
    return shapes


def _counts(run: Run, columns: Sequence[Sequence[Tile]], pen: Pen) -> list[Shape]:
    """How many neurons of a layer are not shown."""
    shapes: list[Shape] = []
    for size, column in zip(run.layout.sizes, columns, strict=True):
        if len(column) < size:
            last = column[-1]
            place = (last.x, last.y + last.size / 2 + 17 * pen.unit)
            shapes.append(pen.words(place, f"+ {count(size - len(column))}", anchor="middle"))
    return shapes
