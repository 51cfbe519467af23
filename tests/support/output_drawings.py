"""The output of a network with its legend as a drawing, without the rest of a picture."""

from tinkernet import Run
from tinkernet.data.slices import Slice
from tinkernet.export.pictures.colours import PAPER
from tinkernet.export.pictures.drawing import Drawing
from tinkernet.export.pictures.legend import legend
from tinkernet.export.pictures.output_part import output_part
from tinkernet.export.pictures.pen import Pen
from tinkernet.export.pictures.picture import title_of

SIDE = 424


def output_drawing(run: Run, *, show_test_data: bool = False, plane: Slice | None = None) -> Drawing:
    """The output, whose field begins at (44, 28), and the legend to its right."""
    plane = run.experiment.plane if plane is None else plane
    shapes = [
        *output_part(run, plane, (44, 28), SIDE, Pen(), show_test_data=show_test_data, discretize=False),
        *legend(run.experiment, (516, 440), 192, show_test_data=show_test_data),
    ]
    return Drawing(740, 500, PAPER, title_of(run), shapes)
