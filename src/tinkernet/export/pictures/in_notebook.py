"""A run or an experiment as the result of a notebook's cell: one picture, light and dark."""

import base64
import dataclasses
from html import escape

from tinkernet.experiment import Experiment
from tinkernet.export.pictures.colours import DARK, LIGHT, Theme
from tinkernet.export.pictures.drawing import png
from tinkernet.export.pictures.figure import Picture, figure
from tinkernet.export.pictures.picture import title_of
from tinkernet.export.pictures.styles import DEFAULT_STYLE, style_of
from tinkernet.run import Run

POINT = 4 / 3
"""A point in CSS pixels; the picture has as many, as it is drawn each time that the cell is run."""
MOST_PARAMETERS = 20_000
"""A larger network takes too long to draw for the result of each cell."""

# How JupyterLab, Notebook, VS Code and marimo say that they are dark. Without styles the light picture stays.
DARK_NOTEBOOKS = ("[data-jp-theme-light=false]", ".vscode-dark", ".dark", "[data-theme=dark]")


def png_of(run: Run, theme: Theme = LIGHT) -> str:
    """The picture of a run as a PNG file in base64."""
    drawing = figure(run, dataclasses.replace(style_of(DEFAULT_STYLE), theme=theme))
    return base64.b64encode(png(drawing, POINT)).decode()


def run_mimebundle(run: Run) -> dict[str, object]:
    """The picture of a run as HTML, which is light or dark as its notebook is, and as PNG for what shows no HTML."""
    plain = {"text/plain": repr(run)}
    if run.layout.count > MOST_PARAMETERS:
        return {**plain, "text/html": run._repr_html_()}
    light, dark = png_of(run), png_of(run, DARK)
    width = round(style_of(DEFAULT_STYLE).width * POINT)
    return {**plain, "text/html": light_and_dark(light, dark, width, title_of(run)), "image/png": light}


def themed(light: Picture, dark: Picture) -> str:
    """Two pictures of the same as HTML, of which a notebook shows the one that it is like."""
    width = light._repr_png_()[1]["width"]
    bright, dim = (base64.b64encode(picture.png).decode() for picture in (light, dark))
    return light_and_dark(bright, dim, width, light.drawing.title)


def light_and_dark(light: str, dark: str, width: int, title: str) -> str:
    """Two PNG files in base64 as HTML, of which a notebook shows the one that it is like."""
    title = escape(title)
    images = "".join(
        f'<img class="{name}" style="display:{display};max-width:100%" width="{width}" alt="{title}" '
        f'src="data:image/png;base64,{content}">'
        for name, display, content in (("light", "block", light), ("dark", "none", dark))
    )
    rules = "".join(
        f"{notebook} .tinkernet-picture .{name}{{display:{display}!important}}"
        for notebook in DARK_NOTEBOOKS
        for name, display in (("light", "none"), ("dark", "block"))
    )
    return f'<div class="tinkernet-picture"><style>{rules}</style>{images}</div>'


def experiment_mimebundle(experiment: Experiment) -> dict[str, object]:
    """The picture of a new run of this experiment."""
    plain = {"text/plain": repr(experiment)}
    if experiment.layout.count > MOST_PARAMETERS:
        return {**plain, "text/html": experiment._repr_html_()}
    return {**run_mimebundle(Run(experiment)), **plain}
