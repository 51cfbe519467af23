"""The legend of a picture: what its colours and its markers mean."""

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.export.pictures.class_colours import class_colours
from tinkernet.export.pictures.colours import scaled
from tinkernet.export.pictures.drawing import Anchor, Marker, Place, Raster, Shape
from tinkernet.export.pictures.drawing.typeface import fitted, width_of
from tinkernet.export.pictures.marks import SHAPES
from tinkernet.export.pictures.pen import Pen

LINE = 14
MEANINGS = ("colour: the class, pale where unsure", "colour: the class")
"""What the colours of several classes mean, the longer one where it fits."""
FEW_CLASSES, FEW_ROWS = 3, 2
"""So many classes have one column of names, more have two; more rows than these reach down to the axis's name."""


def legend(
    experiment: Experiment, place: Place, width: float, *, show_test_data: bool, pen: Pen | None = None
) -> list[Shape]:
    """The legend, whose last line of text is below `place`, the left end of a scale of colours."""
    pen = pen or Pen()
    (left, top), u = place, pen.unit
    words = ["solid: training, hollow: test"] if show_test_data else []
    if experiment.head.several:
        names = _names(experiment.classes, (left, top + 26 * u), width, pen)
        bottom = min(shape.centre[1] for shape in names if isinstance(shape, Marker)) - 14 * u
        words.append(next(text for text in MEANINGS if width_of(text, 11 * u) <= width or text == MEANINGS[-1]))
    else:
        names, bottom = _scale(experiment, place, width, pen), top - 8 * u
        words.append(f"colour: {_meaning(experiment)}")
    above = [
        pen.words((left, bottom - LINE * u * line), fitted(text, 11 * u, width))
        for line, text in enumerate(reversed(words))
    ]
    return [*names, *above]


def _meaning(experiment: Experiment) -> str:
    if experiment.head.draws == "probability":
        return f"the probability of “{experiment.classes[1]}”"
    return "the output"


def _scale(experiment: Experiment, place: Place, width: float, pen: Pen) -> list[Shape]:
    """The colours from the lowest to the highest output."""
    (left, top), u, head = place, pen.unit, experiment.head
    ends: tuple[tuple[float, float, Anchor], ...] = (
        (head.lowest, 0, "start"),
        ((head.lowest + head.highest) / 2, 0.5, "middle"),
        (head.highest, 1, "end"),
    )
    return [
        Raster(place, (width, 10 * u), scaled(np.linspace(-1, 1, int(width / min(u, 1)))[None, :], pen.theme.scale)),
        *(
            pen.words((left + share * width, top + 26 * u), f"{value:g}".replace("-", "−"), anchor=anchor)
            for value, share, anchor in ends
        ),
    ]


def _names(classes: tuple[str, ...], place: Place, width: float, pen: Pen) -> list[Shape]:
    """The marker and the name of each class, column by column; `place` is the start of the last line."""
    (left, bottom), u = place, pen.unit
    columns = 1 if len(classes) <= FEW_CLASSES else 2
    rows = -(-len(classes) // columns)
    bottom += 20 * u if rows > FEW_ROWS else 0
    shapes: list[Shape] = []
    for index, (name, colour) in enumerate(zip(classes, class_colours(len(classes), pen.theme), strict=True)):
        column, row = divmod(index, rows)
        x, y = left + column * width / columns, bottom - LINE * u * (rows - 1 - row)
        shapes += [
            Marker((x + 5 * u, y - 4 * u), 3.6 * u, SHAPES[index], colour.point, pen.theme.paper, 0.5 * u),
            pen.words((x + 14 * u, y), fitted(name, 11 * u, width / columns - 16 * u)),
        ]
    return shapes
