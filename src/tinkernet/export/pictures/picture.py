"""What a picture says of a run in words, and the names that its file may have."""

import math
from pathlib import Path

from tinkernet.errors import ExperimentError
from tinkernet.formatting import LEAST_PLAIN, figure, shortened
from tinkernet.network import ACTIVATIONS
from tinkernet.run import Run
from tinkernet.run.observed import ObservedRun

ENDINGS = (".png", ".svg", ".pdf")


def check_picture_path(path: Path) -> None:
    """Check the file name of a picture.

    Raises:
        ExperimentError: it does not end in .png, .svg or .pdf.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ExperimentError("picture", str(path), "a file name that ends in .png, .svg or .pdf")


def number(value: float) -> str:
    """A loss for display: rounded to significant digits, or in words if it is not finite."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinite"
    if 0.01 <= abs(value) < 10_000 or value == 0:
        return f"{value:.4f}"
    if LEAST_PLAIN <= abs(value) < 0.01:
        return figure(value, 3).replace("−", "-")
    mantissa, _, power = f"{value:.3g}".partition("e")
    return f"{mantissa}e{int(power)}" if power else mantissa


def unit_of(run: Run) -> str:
    """What a run is trained for a number of: a program's training is counted in steps of its optimizer."""
    return "step" if isinstance(run, ObservedRun) else "epoch"


def training_of(run: Run) -> str:
    """How long a run was trained: "1 epoch"."""
    return f"{run.epoch:,} {unit_of(run)}" + "s" * (run.epoch != 1)


def network_in_words(run: Run, most: int) -> str:
    """The hidden layers and their activations, with at most so many characters."""
    experiment = run.experiment
    if not experiment.hidden:
        return "no hidden layer"
    layers = "-".join(str(count) for count in experiment.hidden)
    labels = dict.fromkeys(ACTIVATIONS[name].label for name in experiment.in_layers("activation"))
    return shortened(f"{layers} {', '.join(labels)}", most)


def title_of(run: Run) -> str:
    """What a picture shows, for those who do not see it."""
    losses = f"training loss {number(run.train_loss)}, test loss {number(run.test_loss)}"
    return f"{run.experiment.data_label} after {training_of(run)}: {losses}"
