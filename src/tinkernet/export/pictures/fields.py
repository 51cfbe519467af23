"""A network's answer over the plane as a picture shows it: values, colours, and the lines where classes meet."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float, Float64, Int64, UInt8
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import Slice
from tinkernet.export.pictures.class_colours import colours_of_classes
from tinkernet.export.pictures.colours import LIGHT, Theme, scaled
from tinkernet.export.pictures.contour import zero_line
from tinkernet.export.pictures.drawing import Place
from tinkernet.network import OutputHead
from tinkernet.run import Run


@dataclass(frozen=True, eq=False)
class OutputField:
    """The outputs at the centres of cells over the plane: [output, row, column]; the first row is the top."""

    head: OutputHead
    outputs: Float64[ndarray, "outputs rows columns"]

    @cached_property
    def values(self) -> Float[ndarray, "rows columns"]:
        """The output on the scale from −1 to 1; of several, the margin of the largest."""
        return self.head.drawn(self.outputs)[0]

    @cached_property
    def winners(self) -> Int64[ndarray, "rows columns"]:
        """The index of the class that each cell is put into."""
        outputs, rows, columns = self.outputs.shape
        return self.head.classes_of(self.outputs.reshape(outputs, -1)).reshape(rows, columns)

    def colours(self, *, discretize: bool = False, theme: Theme = LIGHT) -> UInt8[ndarray, "rows columns 3"]:
        """The colour of each cell; with `discretize` only one colour for each class."""
        if not self.head.several:
            return scaled(np.sign(self.values) if discretize else self.values, theme.scale)
        margins = np.where(np.isnan(self.values), np.nan, 1.0) if discretize else self.values
        return colours_of_classes(margins, self.winners, len(self.outputs), theme)

    def lines(self) -> list[tuple[Place, Place]]:
        """Line segments where classes meet, as pairs of (column, row) in cells; (0, 0) is the first cell's centre."""
        if not self.head.several:
            return zero_line(self.values)
        present = np.unique(self.winners).tolist()
        # Where two classes meet, either of them leads by 0. So the last needs no lines: each other one has its own.
        return [line for k in present[:-1] for line in zero_line(self._lead(k))]

    def _lead(self, k: int) -> Float64[ndarray, "rows columns"]:
        """By how much this output exceeds the largest other one."""
        return np.asarray(self.outputs[k] - np.delete(self.outputs, k, axis=0).max(axis=0))


def output_field(run: Run, rows: int, columns: int, plane: Slice | None = None) -> OutputField:
    """The network's outputs over the plane; of data with more than two columns, over this slice."""
    x = ((np.arange(columns) + 0.5) / columns * 2 - 1) * EDGE
    y = (1 - (np.arange(rows) + 0.5) / rows * 2) * EDGE
    grid = np.stack([np.tile(x, rows), np.repeat(y, columns)], axis=1)
    experiment = run.experiment
    points = experiment.unscaled((plane or experiment.plane).points(grid))
    return OutputField(experiment.head, run.outputs(points)[-1].T.reshape(-1, rows, columns))
