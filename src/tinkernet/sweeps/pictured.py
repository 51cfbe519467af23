"""What a sweep can be shown as: a picture, in a file or in a notebook."""

import abc
from os import PathLike

from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.in_notebook import themed


class Pictured(abc.ABC):
    """The base class of results that have a picture."""

    @abc.abstractmethod
    def picture(self, path: str | PathLike[str] | None = None, *, dark: bool = False) -> Picture:
        """The picture: PNG, SVG and PDF; with a path it is written, too."""

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to a file that ends in .png, .svg or .pdf, atomically.

        Args:
            path: the file name.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.01, 0.1], start=range(8), epochs=50)
            >>> found.curve("learning_rate", "loss").save("rates.png")
            >>> found.map("learning_rate", "start").save("map.png")
        """
        self.picture(path)

    def _repr_html_(self) -> str:
        return themed(self.picture(), self.picture(dark=True))
