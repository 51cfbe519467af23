"""A drawing as a list of simple shapes, rendered as SVG, PNG or PDF with the same appearance."""

from tinkernet.export.pictures.drawing.pdf import pdf
from tinkernet.export.pictures.drawing.png import image, png
from tinkernet.export.pictures.drawing.shapes import (
    Anchor,
    Box,
    Disc,
    Drawing,
    Marker,
    Place,
    Raster,
    Shape,
    Strokes,
    Words,
)
from tinkernet.export.pictures.drawing.svg import svg

__all__ = [
    "Anchor",
    "Box",
    "Disc",
    "Drawing",
    "Marker",
    "Place",
    "Raster",
    "Shape",
    "Strokes",
    "Words",
    "image",
    "pdf",
    "png",
    "svg",
]
