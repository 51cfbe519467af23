"""The legend of a picture: what its colours and its markers mean."""

from typing import Literal

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.export.class_colours import class_colours
from tinkernet.export.colours import PAPER, SECOND_INK, scaled
from tinkernet.export.drawing import Marker, Place, Raster, Shape, Words
from tinkernet.export.marks import SHAPES
from tinkernet.formatting import shortened

SIZE, LINE = 11, 14
FEW_CLASSES, FEW_ROWS = 3, 2
"""So many classes have one column of names, more have two; more rows than these reach down to the axis's name."""


def legend(experiment: Experiment, place: Place, width: float, *, show_test_data: bool) -> list[Shape]:
    """The legend, whose last line of text is below `place`, the left end of a scale of colours."""
    left, top = place
    words = ["solid: training, hollow: test"] if show_test_data else []
    if experiment.head.several:
        names = _names(experiment.classes, (left, top + 26), width)
        bottom = min(shape.centre[1] for shape in names if isinstance(shape, Marker)) - 14
        words.append("colour: the class, pale where unsure")
    else:
        names, bottom = _scale(experiment, place, width), top - 8
        words.append(f"colour: {_meaning(experiment)}")
    above = [Words((left, bottom - LINE * line), text, SIZE, SECOND_INK) for line, text in enumerate(reversed(words))]
    return [*names, *above]


def _meaning(experiment: Experiment) -> str:
    if experiment.head.draws == "probability":
        return shortened(f"the probability of “{experiment.classes[1]}”", 28)
    return "the output"


def _scale(experiment: Experiment, place: Place, width: float) -> list[Shape]:
    """The colours from the lowest to the highest output."""
    left, top = place
    head = experiment.head
    ends: tuple[tuple[float, float, Literal["start", "middle", "end"]], ...] = (
        (head.lowest, 0, "start"),
        ((head.lowest + head.highest) / 2, 0.5, "middle"),
        (head.highest, 1, "end"),
    )
    return [
        Raster(place, (width, 10), scaled(np.linspace(-1, 1, int(width))[None, :])),
        *(
            Words((left + share * width, top + 26), f"{value:g}".replace("-", "−"), SIZE, SECOND_INK, anchor)
            for value, share, anchor in ends
        ),
    ]


def _names(classes: tuple[str, ...], place: Place, width: float) -> list[Shape]:
    """The marker and the name of each class, column by column; `place` is the start of the last line."""
    left, bottom = place
    columns = 1 if len(classes) <= FEW_CLASSES else 2
    rows = -(-len(classes) // columns)
    bottom += 20 if rows > FEW_ROWS else 0
    shapes: list[Shape] = []
    for index, (name, colour) in enumerate(zip(classes, class_colours(len(classes)), strict=True)):
        column, row = divmod(index, rows)
        x, y = left + column * width / columns, bottom - LINE * (rows - 1 - row)
        shapes += [
            Marker((x + 5, y - 4), 3.6, SHAPES[index], colour.point, PAPER, 0.5),
            Words((x + 14, y), shortened(name, 28 if columns == 1 else 13), SIZE, SECOND_INK),
        ]
    return shapes
