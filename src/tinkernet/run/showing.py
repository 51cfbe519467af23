"""What a run becomes outside of tinkernet: pictures, animations, plots and tables. Higher packages implement them."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import Any, Protocol

import numpy as np

from tinkernet.data.slices import Slice
from tinkernet.joints import joined
from tinkernet.options import StyleName
from tinkernet.run.editing import EditableRun
from tinkernet.tables import Table


class PictureFile(Protocol):
    """A picture in all of its formats. A notebook shows it as the result of a cell."""

    @property
    def png(self) -> bytes:
        """The PNG file."""

    @property
    def svg(self) -> str:
        """The SVG file."""

    @property
    def pdf(self) -> bytes:
        """The PDF file."""

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to a .png, .svg or .pdf file."""


class ShownRun(EditableRun):
    """The methods of a run that show it, or take its numbers elsewhere."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_chosen: Any) -> dict[str, Any]:
        """What a notebook shows where the run is a cell's last line: its picture, light or dark, and PNG."""
        bundle: dict[str, Any] = joined("run_mimebundle")(self)
        return bundle

    # --- Pictures ----------------------------------------------------------------

    def picture(
        self,
        path: str | PathLike[str] | None = None,
        *,
        style: StyleName = "two-columns",
        show_test_data: bool = False,
        discretize: bool = False,
        plane: Slice | None = None,
    ) -> PictureFile:
        """A picture of the network, the output and the losses, for a paper or a slide.

        Args:
            path: a file to write, which ends in .png, .svg or .pdf; by default none is written.
            style: "one-column" is 3.5 inches wide and "two-columns" 7.2 inches, for a paper; "slide" and "dark-slide"
                have the shape of a screen, 16:9.
            show_test_data: draw the test points, too, as hollow markers.
            discretize: draw one colour for each class, as without a margin.
            plane: what is drawn of data with more than two columns, as in `fields`.

        Raises:
            ExperimentError: the name ends otherwise, the style is unknown, the file cannot be written, or another value
                is of another type.

        Example:
            >>> Run(dataset="circle", seed="0.5").train(20).picture(style="slide")
            Picture('Circle after 20 epochs: training loss 0.4566, test loss 0.4410', 1280 × 720 px)
        """
        picture: PictureFile = joined("picture")(
            self, path, style=style, show_test_data=show_test_data, discretize=discretize, plane=plane
        )
        return picture

    def animate(
        self,
        path: str | PathLike[str],
        *,
        epochs: int | Sequence[int] | None = None,
        seconds: float = 8.0,
        style: StyleName = "slide",
        width: int | None = None,
        show_test_data: bool = False,
        discretize: bool = False,
        plane: Slice | None = None,
        progress: bool | Callable[[int, int], object] | None = None,
    ) -> None:
        """Write an animation of the whole course of training, from epoch 0, edits included.

        Args:
            path: the file to write: .gif, .webp, or .mp4 (`pip install 'tinkernet[video]'`).
            epochs: the epochs to show, in order; a number stands for the epochs up to it. By default up to the current
                one. Of many, so many are shown as fit into the time: more of the beginning, where most happens.
            seconds: the duration, without the last frame, which stays a little longer; at most 120.
            style: as in `picture`.
            width: the width in pixels, from 160 to 1920; by default 640 of a GIF, 800 of a WebP and 1280 of an MP4.
            show_test_data: draw the test points, too.
            discretize: draw one colour for each class.
            plane: what is drawn of data with more than two columns.
            progress: called with the number of frames done and of all frames; with True, or by default on a terminal,
                a bar is shown. What it raises ends the work, and no file is written.

        Raises:
            ExperimentError: the name ends otherwise, an epoch was never reached, a value is out of its range, or the
                file cannot be written.
            MissingExtraError: it is an MP4, and PyAV is not installed.

        Example:
            >>> run = Run(dataset="circle", seed="0.5").train(20)
            >>> run.animate("learning.gif", seconds=0.5, width=160, progress=False)
        """
        joined("animate")(
            self,
            path,
            epochs=epochs,
            seconds=seconds,
            style=style,
            width=width,
            show_test_data=show_test_data,
            discretize=discretize,
            plane=plane,
            progress=progress,
        )

    # --- matplotlib --------------------------------------------------------------

    def plot(self, ax: Any = None, **options: Any) -> Any:
        """Draw the decision boundary and the losses side by side with matplotlib.

        Args:
            ax: two axes, or one that both are drawn within; by default those of a new figure.
            options: as of `plot_boundary`.

        Returns:
            A `RunDisplay` with `.figure_`, and with `.boundary_` and `.history_`, the displays of the parts.

        Raises:
            ExperimentError: `ax` is not matplotlib's axes with x and y, or an option is not possible.
            MissingExtraError: matplotlib is not installed (`pip install 'tinkernet[plot]'`).

        Example:
            >>> display = Run(dataset="circle", seed="0.5").train(20).plot()
            >>> display.figure_.savefig("run.png")
        """
        return joined("plot")(self, ax, **options)

    def plot_boundary(self, ax: Any = None, **options: Any) -> Any:
        """Draw the output over the plane, the decision boundary and the points with matplotlib.

        Args:
            ax: the axes to draw on; by default those of a new figure.
            options: `cells` along a side (200), `show_points`, `show_test_data`, `discretize` and `plane`.

        Returns:
            A `BoundaryDisplay` with `.ax_` and `.figure_`, as scikit-learn's displays, whose `.plot()` draws it again.

        Raises:
            ExperimentError: `ax` is not matplotlib's axes with x and y, or an option is not possible.
            MissingExtraError: matplotlib is not installed (`pip install 'tinkernet[plot]'`).

        Example:
            >>> display = Run(dataset="circle", seed="0.5").train(20).plot_boundary(show_test_data=True)
            >>> _ = display.ax_.set_title("After 20 epochs")
        """
        return joined("plot_boundary")(self, ax, **options)

    def plot_history(self, ax: Any = None) -> Any:
        """Draw both losses over the epochs, on a logarithmic scale, with matplotlib.

        Args:
            ax: the axes to draw on; by default those of a new figure.

        Returns:
            A `HistoryDisplay` with `.ax_` and `.figure_`, whose `.plot()` draws it again.

        Raises:
            ExperimentError: `ax` is not matplotlib's axes with x and y, or an option is not possible.
            MissingExtraError: matplotlib is not installed (`pip install 'tinkernet[plot]'`).

        Example:
            >>> display = Run(dataset="circle", seed="0.5").train(20).plot_history()
            >>> display.ax_.get_yscale()
            'log'
        """
        return joined("plot_history")(self, ax)

    # --- Tables ------------------------------------------------------------------

    def history_table(self) -> Table:
        """The losses as a table: `epoch`, `train_loss` and `test_loss`, a row for each kept epoch.

        Example:
            >>> Run(dataset="xor", seed="1").train(3).history_table().names
            ('epoch', 'train_loss', 'test_loss')
        """
        history = self.history
        columns = {"epoch": history.epochs, "train_loss": history.train_loss, "test_loss": history.test_loss}
        return Table(columns)

    def weights_table(self) -> Table:
        """All weights and biases as a table, layer by layer: `layer`, `neuron`, `source`, `source_name` and `value`.

        `source` is the neuron of the layer before, or the input, that a weight comes from; it is −1 for a bias.
        `source_name` is the input's feature, `neuron 3`, or `bias`.

        Example:
            >>> len(Run(dataset="xor", hidden=(4, 2), seed="1").weights_table())
            25
        """
        columns: dict[str, list[Any]] = {name: [] for name in ("layer", "neuron", "source", "source_name", "value")}
        for layer, (weights, biases) in enumerate(zip(self.weights, self.biases, strict=True)):
            inputs = self.experiment.features if layer == 0 else [f"neuron {k}" for k in range(weights.shape[1])]
            rows = np.column_stack([weights, biases])
            names = [*inputs, "bias"]
            for neuron, values in enumerate(rows.tolist()):
                columns["layer"] += [layer] * len(names)
                columns["neuron"] += [neuron] * len(names)
                columns["source"] += [*range(len(inputs)), -1]
                columns["source_name"] += names
                columns["value"] += values
        return Table(columns)

    def points_table(self) -> Table:
        """All points as a table, in the units of the data, with what the network answers for each.

        Its columns are those of the data, the target (a class by its name), `set` (training or test), the output or a
        probability for each class, and of classes the predicted one.

        Example:
            >>> Run(dataset="xor", seed="1").points_table().names
            ('x', 'y', 'label', 'set', 'output', 'predicted')
        """
        table: Table = joined("points_table")(self)
        return table

    def points_csv(self) -> str:
        """The table of `points_table` as CSV.

        Example:
            >>> Run(dataset="xor", seed="1").points_csv().splitlines()[0]
            'x,y,label,set,output,predicted'
        """
        text: str = joined("points_csv")(self)
        return text

    def save_points(self, path: str | PathLike[str]) -> None:
        """Write `points_table()` to a file, atomically: Parquet if its name ends in .parquet, otherwise CSV.

        Args:
            path: the file, which is replaced if it exists.

        Raises:
            ExperimentError: the file cannot be written.
            MissingExtraError: it is a Parquet file, and pyarrow is not installed.

        Example:
            >>> Run(dataset="xor", seed="1").save_points("points.csv")
        """
        joined("save_points")(self, path)
