"""The decision boundary of three or more classes in a terminal: a letter for each class, large for a point of it."""

import numpy as np
from rich.text import Text

from tinkernet.cli.terminal import BETWEEN, Signs, cells_with_points, lines_of_cells
from tinkernet.data import Points
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.export.pictures.class_colours import class_colours
from tinkernet.export.pictures.fields import OutputField

LETTERS = "abcdefghij"
"""In lower case for the class that wins by a margin of at least BETWEEN; in upper case for a point."""


def class_boundary(field: OutputField, points: Points | None, signs: Signs, plane: Slice = PLANE_SLICE) -> list[Text]:
    """The winning class over the plane, a character a cell, with the points on it; the first line is on top."""
    margins, colours = field.values, class_colours(len(field.outputs))
    letters = np.array(list(LETTERS))[field.winners]
    shown = np.where(np.isnan(margins), signs.no_number, np.where(margins < BETWEEN, signs.between, letters))
    on_top = {} if points is None else cells_with_points(points, plane, *margins.shape)
    marks = {cell: (LETTERS[int(label)].upper(), colours[int(label)].point) for cell, label in on_top.items()}
    return lines_of_cells(shown, field.colours(), marks)


def class_boundary_key(classes: tuple[str, ...], signs: Signs, points: Points | None, width: int) -> list[Text]:
    """What the characters of `class_boundary` mean, in lines of at most this many characters where names allow it."""
    parts = [f"{letter} {name}" for letter, name in zip(LETTERS, classes, strict=False)]
    parts.append(f"{signs.between} a close call")
    if points is not None:
        parts.append(f"{LETTERS[0].upper()} a point of {LETTERS[0]}")
    lines = [parts[0]]
    for part in parts[1:]:
        joined = f"{lines[-1]}   {part}"
        if len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return [Text(line, "dim", no_wrap=True) for line in lines]
