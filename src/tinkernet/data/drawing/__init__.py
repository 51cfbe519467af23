"""Painting points: strokes on the plane as values, their notation, and what they do to the points of the data.

The text of a drawing is its log: replaying it on the same points with the same random seed gives the same points.
"""

from tinkernet.data.drawing.notation import NO_DRAWING, Drawing, FullError, allowed_labels, check_labels, read, text_of
from tinkernet.data.drawing.replay import PaintedPoints, paint
from tinkernet.data.drawing.strokes import Clear, Dot, Erase, Move, Spray, Stroke

__all__ = [
    "NO_DRAWING",
    "Clear",
    "Dot",
    "Drawing",
    "Erase",
    "FullError",
    "Move",
    "PaintedPoints",
    "Spray",
    "Stroke",
    "allowed_labels",
    "check_labels",
    "paint",
    "read",
    "text_of",
]
