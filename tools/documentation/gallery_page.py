"""The gallery: pictures that tinkernet makes while the site is built, each in light and in dark."""

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tinkernet import Run
from tinkernet.options import StyleName

STYLES: dict[str, StyleName] = {"light": "slide", "dark": "dark-slide"}
"""The style of a picture for each theme of the site."""


@dataclass(frozen=True)
class Exhibit:
    """A picture: what is trained for how many epochs, and what there is to see."""

    name: str
    title: str
    words: str
    epochs: int
    settings: dict[str, Any]

    @property
    def code(self) -> str:
        """The program that makes the picture."""
        settings = ", ".join(f"{name}={value!r}" for name, value in self.settings.items())
        return f'Run({settings}).train({self.epochs}).picture("{self.name}.svg", style="slide")'


EXHIBITS = (
    Exhibit(
        "spiral",
        "The spiral",
        "Two hidden layers and two sines as inputs wind the boundary around both arms.",
        400,
        {"dataset": "spiral", "features": ("x", "y", "sinX", "sinY"), "hidden": (8, 6), "seed": "0.35022"},
    ),
    Exhibit(
        "circle",
        "Three lines around a circle",
        "Each neuron of the hidden layer is a straight line; three of them enclose the middle.",
        200,
        {"dataset": "circle", "hidden": (3,), "seed": "1"},
    ),
    Exhibit(
        "xor",
        "XOR without a hidden layer",
        "One input, the product of both coordinates, does all the work.",
        100,
        {"dataset": "xor", "features": ("xTimesY",), "hidden": (), "seed": "0.12345"},
    ),
    Exhibit(
        "moons",
        "Moons, in straight pieces",
        "With ReLU the boundary has corners: one where a neuron switches on.",
        200,
        {"dataset": "moons", "activation": "relu", "hidden": (8,), "noise": 10, "seed": "3"},
    ),
    Exhibit(
        "rings",
        "Rings by formula",
        "A formula is an input, too: the sine of the distance from the middle.",
        200,
        {"dataset": "rings", "features": ("x", "y", "sin(2*r)"), "hidden": (6,), "seed": "2"},
    ),
    Exhibit(
        "three-spirals",
        "Three arms, three classes",
        "Hue is the predicted class, lightness how sure the network is; lines are where classes meet.",
        400,
        {
            "dataset": "three-spirals",
            "features": ("x", "y", "sinX", "sinY"),
            "hidden": (10, 6),
            "optimizer": "adam",
            "learning_rate": 0.01,
            "seed": "1",
        },
    ),
    Exhibit(
        "iris",
        "Iris",
        "Measured data: two measures of three kinds of flowers, in centimetres.",
        200,
        {"dataset": "iris", "hidden": (6,), "seed": "0.5"},
    ),
    Exhibit(
        "hills",
        "Hills and valleys",
        "A regression: the network predicts a number for every position.",
        300,
        {"problem": "regression", "dataset": "reg-gauss", "hidden": (8, 4), "seed": "0.12345"},
    ),
    Exhibit(
        "overfitting",
        "Overfitting",
        "Many neurons, few points and much noise: the training loss falls, the test loss rises.",
        800,
        {
            "dataset": "moons",
            "noise": 60,
            "train_percent": 20,
            "hidden": (12, 8),
            "optimizer": "adam",
            "learning_rate": 0.03,
            "seed": "2",
        },
    ),
)


@cache
def files() -> dict[str, str | bytes]:
    """The page and its pictures."""
    made: dict[str, str | bytes] = {"gallery.md": _page()}
    with TemporaryDirectory() as folder:
        for exhibit in EXHIBITS:
            run = Run(**exhibit.settings).train(exhibit.epochs)
            for theme, style in STYLES.items():
                path = Path(folder) / f"{exhibit.name}-{theme}.svg"
                run.picture(path, style=style)
                made[f"gallery/{path.name}"] = path.read_bytes()
    return made


def _page() -> str:
    figures = "\n\n".join(_figure(exhibit) for exhibit in EXHIBITS)
    return (
        "# Gallery\n\n"
        "These pictures are made by tinkernet while this site is built; below each is its code.\n\n"
        f"{figures}\n"
    )


def _figure(exhibit: Exhibit) -> str:
    pictures = "\n".join(
        f"![{escape(exhibit.title)}](gallery/{exhibit.name}-{theme}.svg#only-{theme}){{ loading=lazy }}"
        for theme in STYLES
    )
    return (
        f"<figure markdown>\n{pictures}\n<figcaption markdown>\n**{exhibit.title}.** {exhibit.words}\n</figcaption>\n"
        f'</figure>\n\n??? example "Code: {exhibit.title}"\n\n    ```python\n    from tinkernet import Run\n\n'
        f"    {exhibit.code}\n    ```"
    )
