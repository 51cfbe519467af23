"""Plots with matplotlib, as displays in the manner of scikit-learn: data that can be drawn again with `plot`.

A display is made from a run (`from_run`), has the results of its last drawing as `ax_` and `figure_`, and can be drawn
on other axes later: the run may have been trained meanwhile.
"""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64, Int64
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import Slice, chosen_slice, clearness
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.export.pictures.class_colours import class_colours
from tinkernet.export.pictures.colours import INK, PAPER, SECOND_INK, ZERO_LINE, point_colour
from tinkernet.export.pictures.fields import OutputField, output_field
from tinkernet.export.pictures.marks import SHAPES
from tinkernet.export.pictures.output_part import axis_names, axis_ranges
from tinkernet.extras import extra
from tinkernet.run import Run
from tinkernet.run.reader import MOST_CELLS

CELLS = 200
WITHIN = ((0.06, 0.12, 0.38, 0.86), (0.62, 0.12, 0.38, 0.86))
"""Where the two parts of a plot are within one axes, whose numbers have room beside them."""
POINT_AREA = 22.0
"""The area of a marker, in points of 1/72 inch, squared."""


def plot(run: Run, ax: Any = None, **options: Any) -> "RunDisplay":
    """Draw the boundary and the losses side by side; see `Run.plot`."""
    return RunDisplay(BoundaryDisplay.from_run(run, **options), HistoryDisplay.from_run(run)).plot(ax)


def plot_boundary(run: Run, ax: Any = None, **options: Any) -> "BoundaryDisplay":
    """Draw the output, its boundary and the points; see `Run.plot_boundary`."""
    return BoundaryDisplay.from_run(run, **options).plot(ax)


def plot_history(run: Run, ax: Any = None) -> "HistoryDisplay":
    """Draw the losses over the epochs; see `Run.plot_history`."""
    return HistoryDisplay.from_run(run).plot(ax)


@dataclass(eq=False)
class BoundaryDisplay:
    """The output over the plane, the boundary of the classes and the points."""

    experiment: Experiment
    answer: OutputField
    points: Float64[ndarray, "n 4"]
    """Across and up on the plane, label, and opacity of each point, those of training first."""
    train_count: int
    plane: Slice
    discretize: bool = False
    ax_: Any = field(default=None, init=False)
    """The axes that it was drawn on last."""
    figure_: Any = field(default=None, init=False)
    """The figure of these axes."""

    @classmethod
    def from_run(
        cls,
        run: Run,
        *,
        cells: int = CELLS,
        show_points: bool = True,
        show_test_data: bool = False,
        discretize: bool = False,
        plane: Slice | None = None,
    ) -> Self:
        """The display of a run as it is now.

        Raises:
            ExperimentError: `cells` is not from 2 to 1,024, or another value is of another type.
        """
        cells = checks.whole("cells", cells, 2, MOST_CELLS)
        checks.flags(show_points=show_points, show_test_data=show_test_data, discretize=discretize)
        plane = chosen_slice(plane, run.experiment.plane)
        sets = [run.train_data] * show_points + [run.test_data] * (show_points and show_test_data)
        rows = [
            np.column_stack([plane.places(data.scaled), data.labels, clearness(plane.distances(data.scaled))])
            for data in sets
        ]
        points = np.concatenate(rows) if rows else np.zeros((0, 4))
        return cls(
            run.experiment,
            output_field(run, cells, cells, plane),
            points,
            len(rows[0]) if rows else 0,
            plane,
            discretize,
        )

    def plot(self, ax: Any = None) -> Self:
        """Draw it on these axes, or on those of a new figure.

        Raises:
            ExperimentError: it is not matplotlib's axes with x and y.
            MissingExtraError: matplotlib is not installed.
        """
        ax = _axes(ax)
        (left, right), (bottom, top) = axis_ranges(self.experiment, self.plane)
        across, up = axis_names(self.experiment, self.plane)
        ax.imshow(
            self.answer.colours(discretize=self.discretize),
            extent=(left, right, bottom, top),
            aspect="auto",
            interpolation="nearest" if self.discretize else "bilinear",
        )
        self._draw_lines(ax)
        self._draw_points(ax)
        ax.set(xlabel=across, ylabel=up, xlim=(left, right), ylim=(bottom, top))
        ax.set_box_aspect(1)
        self.ax_, self.figure_ = ax, ax.figure
        return self

    def _scaled(self, places: Float64[ndarray, "n 2"]) -> Float64[ndarray, "n 2"]:
        """Places of the plane in the units of the axes."""
        ranges = np.array(axis_ranges(self.experiment, self.plane))
        return np.asarray(ranges[:, 0] + (places + EDGE) / (2 * EDGE) * (ranges[:, 1] - ranges[:, 0]))

    def _draw_lines(self, ax: Any) -> None:
        segments = np.array(self.answer.lines(), dtype=np.float64).reshape(-1, 2, 2)
        rows, columns = self.answer.values.shape
        share = (segments + 0.5) / [columns, rows] * 2 * EDGE
        places = np.stack([share[..., 0] - EDGE, EDGE - share[..., 1]], axis=-1)
        ends = self._scaled(places.reshape(-1, 2)).reshape(-1, 2, 2)
        colour = INK if self.experiment.head.several else ZERO_LINE
        collections = extra("matplotlib.collections", "plot")
        ax.add_collection(collections.LineCollection(ends, colors=colour, linewidths=1.2, capstyle="round"))

    def _draw_points(self, ax: Any) -> None:
        """As in pictures: training points are solid, test points hollow; of more than two classes each has a shape."""
        several = self.experiment.head.several
        inside = np.abs(self.points[:, :2]).max(axis=1, initial=0.0) <= EDGE
        for solid in (False, True):
            of_set = (np.arange(len(self.points)) < self.train_count) == solid
            for kind in range(len(self.experiment.classes) if several else 2):
                labels = self.points[:, 2]
                chosen = inside & of_set & ((labels == kind) if several else ((labels < 0) == (kind == 0)))
                if chosen.any():
                    self._scatter(ax, self.points[chosen], kind, solid=solid, several=several)

    def _scatter(self, ax: Any, points: Float64[ndarray, "n 4"], kind: int, *, solid: bool, several: bool) -> None:
        across, up = self._scaled(points[:, :2]).T
        if several:
            classes = self.experiment.classes
            colours = [class_colours(len(classes))[kind].point] * len(points)
            marker: Any = [(x, -y) for x, y in (*SHAPES[kind], SHAPES[kind][0])]
        else:
            colours, marker = [point_colour(float(label)) for label in points[:, 2]], ("s", "o")[kind]
        ax.scatter(
            across,
            up,
            s=POINT_AREA * (1.0 if solid else 0.8),
            c=colours if solid else PAPER,
            edgecolors=PAPER if solid else colours,
            linewidths=0.8 if solid else 1.1,
            alpha=points[:, 3],
            marker=marker,
            label=self._label(kind) if solid else None,
            zorder=3 + solid,
        )

    def _label(self, kind: int) -> str | None:
        """The name of the class, for `ax.legend()`."""
        classes = self.experiment.classes
        return classes[kind] if classes else None


@dataclass(eq=False)
class HistoryDisplay:
    """Both losses over the epochs."""

    epochs: Int64[ndarray, " n"]
    train_loss: Float64[ndarray, " n"]
    test_loss: Float64[ndarray, " n"]
    ax_: Any = field(default=None, init=False)
    """The axes that it was drawn on last."""
    figure_: Any = field(default=None, init=False)
    """The figure of these axes."""

    @classmethod
    def from_run(cls, run: Run) -> Self:
        """The display of a run as it is now."""
        return cls(run.history.epochs, run.history.train_loss, run.history.test_loss)

    def plot(self, ax: Any = None) -> Self:
        """Draw it on these axes, or on those of a new figure.

        Raises:
            ExperimentError: it is not matplotlib's axes with x and y.
            MissingExtraError: matplotlib is not installed.
        """
        ax = _axes(ax)
        ax.plot(self.epochs, self.train_loss, color=SECOND_INK, linewidth=1.2, label="training")
        ax.plot(self.epochs, self.test_loss, color=INK, linewidth=2, label="test")
        losses = np.concatenate([self.train_loss, self.test_loss])
        if (losses > 0).any():
            ax.set_yscale("log")
        ax.set(xlabel="epoch", ylabel="loss")
        ax.yaxis.grid(alpha=0.3)
        ax.legend(frameon=False)
        self.ax_, self.figure_ = ax, ax.figure
        return self


@dataclass(eq=False)
class RunDisplay:
    """The decision boundary and the losses side by side."""

    boundary_: BoundaryDisplay
    history_: HistoryDisplay
    figure_: Any = field(default=None, init=False)
    """The figure that it was drawn on last."""

    def plot(self, ax: Any = None) -> Self:
        """Draw it on two axes, within one, or on a new figure.

        Raises:
            ExperimentError: it is a sequence of another length, or not matplotlib's axes with x and y.
            MissingExtraError: matplotlib is not installed.
        """
        if ax is None:
            figure = extra("matplotlib.pyplot", "plot").figure(figsize=(9, 4), layout="constrained")
            parts = list(figure.subplots(1, 2, width_ratios=(1, 1.15)))
        elif (given := checks.sequence(ax)) is not None:
            if len(given) != 2:
                raise ExperimentError("ax", f"{len(given)} axes", "two axes, or one that both are drawn within")
            parts = given
        else:
            _axes(ax).set_axis_off()
            parts = [ax.inset_axes(bounds) for bounds in WITHIN]
        self.boundary_.plot(parts[0])
        self.history_.plot(parts[1])
        self.figure_ = parts[0].figure
        return self


def _axes(ax: Any) -> Any:
    """These axes, or those of a new figure.

    Raises:
        ExperimentError: it is something else, or axes of another kind, such as polar ones.
    """
    if ax is None:
        return extra("matplotlib.pyplot", "plot").subplots(layout="constrained")[1]
    if not isinstance(ax, extra("matplotlib.axes", "plot").Axes):
        raise ExperimentError("ax", type(ax).__name__, "matplotlib axes, such as the second result of plt.subplots()")
    if ax.name != "rectilinear":
        raise ExperimentError("ax", f"{ax.name} axes", "axes with a straight x and y")
    return ax
