"""A drawing as SVG."""

import base64
import io
from collections.abc import Callable
from html import escape

from PIL import Image

from tinkernet.export.pictures.drawing.shapes import Box, Disc, Drawing, Marker, Raster, Strokes, Words
from tinkernet.export.pictures.drawing.shapes import short as _n

FONT = "Inter, system-ui, 'Helvetica Neue', Arial, sans-serif"


def svg(drawing: Drawing) -> str:
    """The drawing as a self-contained SVG file."""
    unit = "" if drawing.unit == "px" else drawing.unit
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width}{unit}" height="{drawing.height}{unit}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" role="img" font-family="{FONT}">\n'
        f"<title>{escape(drawing.title)}</title>\n"
        f'<rect width="100%" height="100%" fill="{drawing.paper}"/>\n'
    )
    return head + "\n".join(SVG[type(shape)](shape) for shape in drawing.shapes) + "\n</svg>\n"


def _words(words: Words) -> str:
    x, y = words.place
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    place = f'x="{x:g}" y="{y:g}" font-size="{words.size:g}"{anchor} fill="{words.colour}"'
    return f"<text {place}>{escape(words.text)}</text>"


def _strokes(strokes: Strokes) -> str:
    path = "".join("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in line) for line in strokes.lines)
    style = f'fill="none" stroke="{strokes.colour}" stroke-width="{strokes.width:g}"'
    if strokes.dashes is None:
        ends = ' stroke-linecap="round" stroke-linejoin="round"'
    else:
        ends = f' stroke-dasharray="{strokes.dashes[0]:g} {strokes.dashes[1]:g}"'
    return f'<path d="{path}" {style}{ends}{_opacity(strokes.opacity)}/>'


def _disc(disc: Disc) -> str:
    x, y = disc.centre
    ring = f'stroke="{disc.ring}" stroke-width="{disc.ring_width:g}"'
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{disc.radius:g}" fill="{disc.fill}" {ring}{_opacity(disc.opacity)}/>'


def _marker(marker: Marker) -> str:
    (x, y), radius = marker.centre, marker.radius
    points = " ".join(f"{_n(x + radius * dx)},{_n(y + radius * dy)}" for dx, dy in marker.corners)
    ring = f'stroke="{marker.ring}" stroke-width="{marker.ring_width:g}" stroke-linejoin="round"'
    return f'<polygon points="{points}" fill="{marker.fill}" {ring}{_opacity(marker.opacity)}/>'


def _box(box: Box) -> str:
    (x, y), (width, height) = box.place, box.size
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{box.corner:g}"'
    ring = "" if box.ring is None else f' stroke="{box.ring}" stroke-width="{box.ring_width:g}"'
    fill = 'fill="none"' if box.fill is None else f'fill="{box.fill}"'
    return f"<rect {place} {fill}{ring}/>"


def _raster(raster: Raster) -> str:
    (x, y), (width, height) = raster.place, raster.size
    packed = io.BytesIO()
    Image.fromarray(raster.pixels).save(packed, "PNG", optimize=True)
    data = base64.b64encode(packed.getvalue()).decode()
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" preserveAspectRatio="none"'
    # A clip of CSS needs no name, which would have to differ from those of other pictures in a document.
    styles = ["image-rendering:pixelated"] * (not raster.smooth)
    styles += [f"clip-path:inset(0 round {raster.corner:g}px)"] * (raster.corner > 0)
    style = f' style="{";".join(styles)}"' if styles else ""
    return f'<image {place}{style}{_opacity(raster.opacity)} href="data:image/png;base64,{data}"/>'


def _opacity(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity:.2f}"'


SVG: dict[type, Callable[..., str]] = {
    Words: _words,
    Strokes: _strokes,
    Disc: _disc,
    Marker: _marker,
    Box: _box,
    Raster: _raster,
}
