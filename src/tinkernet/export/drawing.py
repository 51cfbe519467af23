"""A drawing as a list of simple shapes, rendered as SVG or PNG with the same appearance."""

import base64
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from numpy import ndarray
from PIL import Image, ImageDraw, ImageFont

from tinkernet.arrays import UInt8

Place = tuple[float, float]
FONT = "Inter, system-ui, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Words:
    """A line of text; `place` is the start, middle or end of its baseline."""

    place: Place
    text: str
    size: float
    colour: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True)
class Strokes:
    """Polylines of one colour and width."""

    lines: Sequence[Sequence[Place]]
    width: float
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Disc:
    """A filled circle with an outline."""

    centre: Place
    radius: float
    fill: str
    ring: str
    ring_width: float
    opacity: float = 1.0


@dataclass(frozen=True)
class Marker:
    """A filled polygon with an outline; `corners` are around `centre`, in units of `radius`."""

    centre: Place
    radius: float
    corners: Sequence[Place]
    fill: str
    ring: str
    ring_width: float
    opacity: float = 1.0


@dataclass(frozen=True)
class Raster:
    """Pixels scaled to a rectangle with its top left corner at `place`; the first row is the top."""

    place: Place
    size: tuple[float, float]
    pixels: UInt8[ndarray, "rows columns 3"]
    smooth: bool = True


Shape = Words | Strokes | Disc | Marker | Raster


@dataclass(frozen=True)
class Drawing:
    """Shapes on a background, later ones on top; lengths are CSS pixels."""

    width: int
    height: int
    paper: str
    title: str
    shapes: Sequence[Shape]


# --- SVG ----------------------------------------------------------------------


def svg(drawing: Drawing) -> str:
    """The drawing as a self-contained SVG file."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width}" height="{drawing.height}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" role="img" font-family="{FONT}">\n'
        f"<title>{escape(drawing.title)}</title>\n"
        f'<rect width="100%" height="100%" fill="{drawing.paper}"/>\n'
    )
    return head + "\n".join(SVG[type(shape)](shape) for shape in drawing.shapes) + "\n</svg>\n"


def _svg_words(words: Words) -> str:
    x, y = words.place
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    place = f'x="{x:g}" y="{y:g}" font-size="{words.size:g}"{anchor} fill="{words.colour}"'
    return f"<text {place}>{escape(words.text)}</text>"


def _svg_strokes(strokes: Strokes) -> str:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in strokes.lines)
    style = f'fill="none" stroke="{strokes.colour}" stroke-width="{strokes.width:g}"'
    return f'<path d="{path}" {style} stroke-linecap="round" stroke-linejoin="round"{_svg_opacity(strokes)}/>'


def _svg_disc(disc: Disc) -> str:
    x, y = disc.centre
    ring = f'stroke="{disc.ring}" stroke-width="{disc.ring_width:g}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{disc.radius:g}" fill="{disc.fill}" {ring}{_svg_opacity(disc)}/>'


def _svg_marker(marker: Marker) -> str:
    (x, y), radius = marker.centre, marker.radius
    points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in marker.corners)
    ring = f'stroke="{marker.ring}" stroke-width="{marker.ring_width:g}" stroke-linejoin="round"'
    return f'<polygon points="{points}" fill="{marker.fill}" {ring}{_svg_opacity(marker)}/>'


def _svg_opacity(shape: Strokes | Disc | Marker) -> str:
    return "" if shape.opacity == 1 else f' opacity="{shape.opacity:.2f}"'


def _svg_raster(raster: Raster) -> str:
    (x, y), (width, height) = raster.place, raster.size
    packed = io.BytesIO()
    Image.fromarray(raster.pixels).save(packed, "PNG", optimize=True)
    data = base64.b64encode(packed.getvalue()).decode()
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" preserveAspectRatio="none"'
    crisp = "" if raster.smooth else ' style="image-rendering:pixelated"'
    return f'<image {place}{crisp} href="data:image/png;base64,{data}"/>'


SVG: dict[type, Callable[..., str]] = {
    Words: _svg_words,
    Strokes: _svg_strokes,
    Disc: _svg_disc,
    Marker: _svg_marker,
    Raster: _svg_raster,
}

# --- PNG ----------------------------------------------------------------------


OVERSAMPLING = 2
"""Shapes are drawn this much larger and scaled down, because Pillow does not antialias."""


def png(drawing: Drawing, density: int = 2) -> bytes:
    """The drawing as a PNG file with `density` pixels for each CSS pixel."""
    scale = density * OVERSAMPLING
    image = Image.new("RGB", (drawing.width * scale, drawing.height * scale), drawing.paper)
    brush = ImageDraw.Draw(image, "RGBA")  # blends colours that are not opaque
    for shape in drawing.shapes:
        PNG[type(shape)](image, brush, scale, shape)
    image = image.resize((drawing.width * density, drawing.height * density), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _png_words(_image: Image.Image, brush: ImageDraw.ImageDraw, scale: int, words: Words) -> None:
    x, y = words.place
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[words.anchor]
    font = ImageFont.load_default(words.size * scale)
    # Pillow's built-in font, the only one that is always available, has no minus sign.
    text = words.text.replace("−", "-")
    brush.text((x * scale, y * scale), text, fill=words.colour, font=font, anchor=anchor)


def _png_strokes(_image: Image.Image, brush: ImageDraw.ImageDraw, scale: int, strokes: Strokes) -> None:
    width = strokes.width * scale
    radius, colour = width / 2, _with_opacity(strokes.colour, strokes.opacity)
    for line in strokes.lines:
        places = [(x * scale, y * scale) for x, y in line]
        brush.line(places, fill=colour, width=max(1, round(width)), joint="curve")
        for x, y in (places[0], places[-1]):
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _png_disc(_image: Image.Image, brush: ImageDraw.ImageDraw, scale: int, disc: Disc) -> None:
    x, y = disc.centre[0] * scale, disc.centre[1] * scale
    # As in SVG, half of the outline's width is outside the circle.
    radius = (disc.radius + disc.ring_width / 2) * scale
    box = (x - radius, y - radius, x + radius, y + radius)
    fill, ring = (_with_opacity(colour, disc.opacity) for colour in (disc.fill, disc.ring))
    brush.ellipse(box, fill=fill, outline=ring, width=max(1, round(disc.ring_width * scale)))


def _png_marker(_image: Image.Image, brush: ImageDraw.ImageDraw, scale: int, marker: Marker) -> None:
    x, y = marker.centre
    # As in SVG, half of the outline's width is outside the polygon.
    for grown, colour in ((marker.ring_width / 2, marker.ring), (-marker.ring_width / 2, marker.fill)):
        reaches = [marker.radius + grown / math.hypot(*corner) for corner in marker.corners]
        places = [
            ((x + dx * reach) * scale, (y + dy * reach) * scale)
            for (dx, dy), reach in zip(marker.corners, reaches, strict=True)
        ]
        brush.polygon(places, fill=_with_opacity(colour, marker.opacity))


def _with_opacity(colour: str, opacity: float) -> str:
    return f"{colour}{round(255 * opacity):02x}"


def _png_raster(image: Image.Image, _brush: ImageDraw.ImageDraw, scale: int, raster: Raster) -> None:
    (x, y), (width, height) = raster.place, raster.size
    method = Image.Resampling.BICUBIC if raster.smooth else Image.Resampling.NEAREST
    pixels = Image.fromarray(raster.pixels).resize((round(width * scale), round(height * scale)), method)
    image.paste(pixels, (round(x * scale), round(y * scale)))


PNG: dict[type, Callable[..., None]] = {
    Words: _png_words,
    Strokes: _png_strokes,
    Disc: _png_disc,
    Marker: _png_marker,
    Raster: _png_raster,
}
