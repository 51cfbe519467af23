"""A drawing as pixels."""

import io
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from tinkernet.export.pictures.drawing.shapes import Box, Disc, Drawing, Marker, Place, Raster, Strokes, Words
from tinkernet.export.pictures.drawing.typeface import drawable, font

OVERSAMPLING = 2
"""Shapes are drawn this much larger and scaled down, because Pillow does not antialias."""


def png(drawing: Drawing, density: float = 2) -> bytes:
    """The drawing as a PNG file with `density` pixels for each CSS pixel or point."""
    packed = io.BytesIO()
    dots = density * 72 / drawing.points
    image(drawing, density).save(packed, "PNG", optimize=True, dpi=(dots, dots))
    return packed.getvalue()


def image(drawing: Drawing, density: float = 2) -> Image.Image:
    """The drawing as an image with `density` pixels for each CSS pixel or point."""
    scale = density * OVERSAMPLING
    size = (round(drawing.width * density), round(drawing.height * density))
    canvas = Image.new("RGB", (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING), drawing.paper)
    brush = ImageDraw.Draw(canvas, "RGBA")  # blends colours that are not opaque
    for shape in drawing.shapes:
        PNG[type(shape)](canvas, brush, scale, shape)
    return canvas.resize(size, Image.Resampling.BOX)


def _words(_canvas: Image.Image, brush: ImageDraw.ImageDraw, scale: float, words: Words) -> None:
    x, y = words.place
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[words.anchor]
    place = (x * scale, y * scale)
    brush.text(place, drawable(words.text), fill=words.colour, font=font(words.size * scale), anchor=anchor)


def _strokes(_canvas: Image.Image, brush: ImageDraw.ImageDraw, scale: float, strokes: Strokes) -> None:
    width = strokes.width * scale
    radius, colour = width / 2, _with_opacity(strokes.colour, strokes.opacity)
    for line in strokes.lines:
        for part in [line] if strokes.dashes is None else _dashed(line, *strokes.dashes):
            places = [(x * scale, y * scale) for x, y in part]
            brush.line(places, fill=colour, width=max(1, round(width)), joint="curve")
            # A round end would show twice where the line is not opaque.
            for x, y in (places[0], places[-1]) if strokes.dashes is None and strokes.opacity == 1 else ():
                brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _dashed(places: Sequence[Place], on: float, off: float) -> list[list[Place]]:
    """The dashes of a polyline, each a polyline."""
    dashes: list[list[Place]] = [[places[0]]]
    left, drawing = on, True
    for (x0, y0), (x1, y1) in pairwise(places):
        length = math.hypot(x1 - x0, y1 - y0)
        done = 0.0
        while length - done > left:
            done += left
            at = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if drawing:
                dashes[-1].append(at)
            else:
                dashes.append([at])
            drawing = not drawing
            left = on if drawing else off
        left -= length - done
        if drawing:
            dashes[-1].append((x1, y1))
    return [dash for dash in dashes if len(dash) > 1]


def _disc(_canvas: Image.Image, brush: ImageDraw.ImageDraw, scale: float, disc: Disc) -> None:
    x, y = disc.centre[0] * scale, disc.centre[1] * scale
    # As in SVG, half of the outline's width is outside the circle.
    radius = (disc.radius + disc.ring_width / 2) * scale
    box = (x - radius, y - radius, x + radius, y + radius)
    fill, ring = (_with_opacity(colour, disc.opacity) for colour in (disc.fill, disc.ring))
    brush.ellipse(box, fill=fill, outline=ring, width=max(1, round(disc.ring_width * scale)))


def _marker(_canvas: Image.Image, brush: ImageDraw.ImageDraw, scale: float, marker: Marker) -> None:
    x, y = marker.centre
    # As in SVG, half of the outline's width is outside the polygon.
    for grown, colour in ((marker.ring_width / 2, marker.ring), (-marker.ring_width / 2, marker.fill)):
        reaches = [marker.radius + grown / math.hypot(*corner) for corner in marker.corners]
        places = [
            ((x + dx * reach) * scale, (y + dy * reach) * scale)
            for (dx, dy), reach in zip(marker.corners, reaches, strict=True)
        ]
        brush.polygon(places, fill=_with_opacity(colour, marker.opacity))


def _box(_canvas: Image.Image, brush: ImageDraw.ImageDraw, scale: float, box: Box) -> None:
    (x, y), (width, height) = box.place, box.size
    # Half of the outline's width is outside, also here.
    grown = box.ring_width / 2 if box.ring else 0.0
    corners = ((x - grown) * scale, (y - grown) * scale, (x + width + grown) * scale, (y + height + grown) * scale)
    ring_width = max(1, round(box.ring_width * scale)) if box.ring else 0
    brush.rounded_rectangle(corners, (box.corner + grown) * scale, box.fill, box.ring, ring_width)


def _with_opacity(colour: str, opacity: float) -> str:
    return f"{colour}{round(255 * opacity):02x}"


def _raster(canvas: Image.Image, _brush: ImageDraw.ImageDraw, scale: float, raster: Raster) -> None:
    (x, y), (width, height) = raster.place, raster.size
    method = Image.Resampling.BICUBIC if raster.smooth else Image.Resampling.NEAREST
    left, top = round(x * scale), round(y * scale)
    size = (max(1, round((x + width) * scale) - left), max(1, round((y + height) * scale) - top))
    pixels = Image.fromarray(raster.pixels).resize(size, method)
    if raster.corner == 0 and raster.opacity == 1:
        canvas.paste(pixels, (left, top))
        return
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), raster.corner * scale, fill=255)
    mask = ImageChops.multiply(mask, Image.new("L", size, round(255 * raster.opacity)))
    canvas.paste(pixels, (left, top), mask)


PNG: dict[type, Callable[..., None]] = {
    Words: _words,
    Strokes: _strokes,
    Disc: _disc,
    Marker: _marker,
    Box: _box,
    Raster: _raster,
}
