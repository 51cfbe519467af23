"""What `tinkernet train` is asked for: its options, and every value of them checked."""

import argparse
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinkernet.errors import ExperimentError
from tinkernet.formula.separation import separated

if TYPE_CHECKING:
    from tinkernet.experiment import Experiment
    from tinkernet.fragment import View
    from tinkernet.run import Run

EPOCHS = 1_000
"""Epochs to train by default."""
EPOCHS_TO_A_LOSS = 100_000
"""Epochs to train at most by default, to reach a loss."""
MOST_EPOCHS = 1_000_000_000
DIVERGED = 3
"""Exit code where training has diverged, so that the loss asked for cannot be reached."""

EPILOG = """\
LINK is a whole playground address, the text after its '#', or a file that --save wrote. Options change what it says.

examples:
  tinkernet train --dataset spiral --features x,y,sinX,sinY --hidden 8,6 --until-loss 0.01
  tinkernet train 'https://playground.tensorflow.org/#dataset=xor&seed=0.5' --epochs 300 --picture xor.png
  tinkernet train --dataset circle --epochs 200 --save circle.tinkernet
  tinkernet train circle.tinkernet --learning-rate 0.01 --json

Ctrl-C, SIGTERM or SIGHUP stops training, not the command: what was learned is saved and reported.
--json prints one object in ASCII; a number that JSON cannot hold is the text "NaN", "Infinity" or "-Infinity", and
the accuracies of a regression are null. "saved" and "picture" name only files that were really written.

exit codes:
  0    trained, whether or not a loss was reached
  2    a wrong value, or a file or the output could not be written; one line on standard error says which
  3    --until-loss cannot be reached, as training has diverged
  128 + the number of the signal that stopped it: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP
  141  nobody reads the output, as after | head; what was to be saved is saved
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `tinkernet train`. Their help is made from the tables."""
    from tinkernet.data import DATASETS
    from tinkernet.network import (
        ACTIVATIONS,
        FEATURES,
        INITIALIZERS,
        LOSSES,
        OPTIMIZERS,
        PROBLEMS,
        REGULARIZATIONS,
        SCHEDULES,
    )

    parser.description = "Train a link, a saved run or a few settings in the terminal, and show the result."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("link", nargs="?", metavar="LINK", help="an address, the text after its '#', or a saved file")

    ending = parser.add_argument_group("how long, and what to keep")
    ending.add_argument("--epochs", metavar="N", help=f"epochs to train (default: {EPOCHS:,})")
    ending.add_argument(
        "--until-loss",
        metavar="X",
        help=f"stop when the training loss is X or less, after {EPOCHS_TO_A_LOSS:,} epochs or --epochs at the latest",
    )
    ending.add_argument("--save", metavar="FILE", help="save the run, to continue it another time")
    ending.add_argument(
        "--picture", metavar="FILE.png|svg|pdf", help="draw the network, its output and the losses into a file"
    )
    ending.add_argument(
        "--points", metavar="FILE.csv", help="write all points with what the network answers for each into a file"
    )
    ending.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    settings = parser.add_argument_group("what to train")

    def choice(option: str, table: dict[str, Any], what: str) -> None:
        # The values are checked by Experiment: one check, one wording, for every way in.
        settings.add_argument(option, metavar="NAME", help=f"{what}: {', '.join(table)}")

    choice("--problem", PROBLEMS, "kind of problem")
    choice("--dataset", DATASETS, "data set")
    settings.add_argument("--data", metavar="FILE.csv", help="your own data: a text file with a table")
    settings.add_argument(
        "--target", metavar="NAME", help="the column of --data that is predicted (default: recognized)"
    )
    settings.add_argument("--noise", metavar="PERCENT", help="noise of the points, 0 to 80")
    settings.add_argument(
        "--train-percent", metavar="PERCENT", help="share of the points used for training; the rest are for testing"
    )
    settings.add_argument(
        "--seed", metavar="TEXT", help="text that determines points and initial weights (default: random)"
    )
    settings.add_argument(
        "--start", metavar="N", help="which initial weights of the seed: 0, and 1 more for each Reset"
    )
    settings.add_argument(
        "--drawing",
        metavar="STROKES",
        help="points to paint and to erase, as in e100,0,0_s1,50,20,0,0; docs/data.md has the notation",
    )
    settings.add_argument(
        "--features",
        metavar="NAMES",
        help=f"the inputs, separated by commas: {', '.join(FEATURES)}, or formulas as sin(3*x)*y",
    )
    settings.add_argument("--hidden", metavar="NUMBERS", help="neurons in each hidden layer, such as 8,6, or none")
    choice("--activation", ACTIVATIONS, "activation of the hidden neurons, or one for each layer, separated by commas")
    choice("--initializer", INITIALIZERS, "initial weights, with parameters as in he-normal,scale:0.5")
    choice("--optimizer", OPTIMIZERS, "how gradients update the weights, with parameters as in adam,beta1:0.8")
    choice("--schedule", SCHEDULES, "how the learning rate changes, with parameters as in cosine,epochs:100")
    choice("--loss", LOSSES, "how the error of an output is measured")
    settings.add_argument(
        "--dropout",
        metavar="SHARES",
        help="share of hidden outputs that are dropped in training, 0 to 0.9, or one for each layer, as in 0.5,0.2",
    )
    settings.add_argument("--learning-rate", metavar="X", help="size of each update")
    settings.add_argument("--batch-size", metavar="N", help="training points for each update")
    choice("--regularization", REGULARIZATIONS, "penalty on the weights")
    settings.add_argument("--regularization-rate", metavar="X", help="strength of the penalty")


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ExperimentError(name, text, "a number") from None


def _whole(name: str, text: str) -> int:
    try:
        return int(text.replace("_", "").replace(",", ""))
    except ValueError:
        raise ExperimentError(name, text, "a whole number") from None


def _names(_name: str, text: str) -> tuple[str, ...]:
    return tuple(separated(text))


def _layers(name: str, text: str) -> tuple[int, ...]:
    if text.strip().lower() == "none":
        return ()
    return tuple(_whole(name, part) for part in text.split(",") if part.strip())


def _name_or_names(name: str, text: str) -> str | tuple[str, ...]:
    names = _names(name, text)
    return names if "," in text else text


def _number_or_numbers(name: str, text: str) -> float | tuple[float, ...]:
    numbers = tuple(_number(name, part) for part in _names(name, text))
    return numbers if "," in text else _number(name, text)


def _text(_name: str, text: str) -> str:
    return text


SETTINGS: dict[str, Callable[[str, str], Any]] = {
    "problem": _text,
    "dataset": _text,
    "noise": _number,
    "train_percent": _number,
    "seed": _text,
    "start": _whole,
    "drawing": _text,
    "features": _names,
    "hidden": _layers,
    "activation": _name_or_names,
    "initializer": _text,
    "optimizer": _text,
    "schedule": _text,
    "loss": _text,
    "dropout": _number_or_numbers,
    "learning_rate": _number,
    "batch_size": _whole,
    "regularization": _text,
    "regularization_rate": _number,
}
"""How the text of each option becomes the value of the Experiment's field of that name."""


@dataclass(frozen=True)
class Task:
    """What one call of the command is to do. `epochs` are further ones, on top of those a saved run has had."""

    run: "Run"
    view: "View"
    epochs: int
    until_loss: float | None
    save: Path | None
    picture: Path | None
    points: Path | None
    json: bool
    notices: tuple[str, ...] = field(default=())


def task_from(arguments: argparse.Namespace) -> Task:
    """Everything checked, before anything is trained.

    Raises:
        ExperimentError: a value is not allowed, or a file can't be read or written.
    """
    changes = {
        name: parse(name, getattr(arguments, name))
        for name, parse in SETTINGS.items()
        if getattr(arguments, name) is not None
    }
    until_loss = None if arguments.until_loss is None else _until_loss(arguments.until_loss)
    epochs = EPOCHS if until_loss is None else EPOCHS_TO_A_LOSS
    if arguments.epochs is not None:
        epochs = _epochs(arguments.epochs)
    save, picture, points = _outputs(arguments.save, arguments.picture, arguments.points)
    data, unusable = _own_data(arguments.data, arguments.target)
    run, view, notices = _run_from(arguments.link, changes | data)
    return Task(run, view, epochs, until_loss, save, picture, points, arguments.json, unusable + notices)


def _own_data(path: str | None, target: str | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The data in a file as a setting, and a sentence on the rows that cannot be used."""
    if path is None:
        if target is not None:
            raise ExperimentError("target", target, "given together with --data")
        return {}, ()
    from tinkernet.data.own import Dataset

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        data = Dataset.from_csv(path, **({} if target is None else {"target": target}))
    sentences = [str(one.message) for one in caught if issubclass(one.category, UserWarning)]
    return {"data": data}, tuple(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _epochs(text: str) -> int:
    epochs = _whole("epochs", text)
    if not 1 <= epochs <= MOST_EPOCHS:
        raise ExperimentError("epochs", text, f"a whole number from 1 to {MOST_EPOCHS:,}")
    return epochs


def _until_loss(text: str) -> float:
    loss = _number("until_loss", text)
    if not (math.isfinite(loss) and loss > 0):
        raise ExperimentError("until_loss", text, "a finite number above 0")
    return loss


def _outputs(save: str | None, picture: str | None, points: str | None) -> tuple[Path | None, Path | None, Path | None]:
    """Where to save and to draw, all checked now: finding out after an hour of training is too late."""
    from tinkernet.export.pictures.picture import check_picture_path
    from tinkernet.files import check_writable

    saved = None if save is None else Path(save)
    drawn = None if picture is None else Path(picture)
    if saved is not None:
        check_writable("save", saved)
    if drawn is not None:
        check_picture_path(drawn)
        check_writable("picture", drawn)
        if saved is not None and saved.resolve() == drawn.resolve():
            raise ExperimentError("picture", picture, "another file than --save writes")
    written = None if points is None else Path(points)
    if written is not None:
        check_writable("points", written)
        if written.resolve() in {path.resolve() for path in (saved, drawn) if path is not None}:
            raise ExperimentError("points", points, "another file than --save and --picture write")
    return saved, drawn, written


def _run_from(source: str | None, changes: dict[str, Any]) -> tuple["Run", "View", tuple[str, ...]]:
    from tinkernet import fragment
    from tinkernet.experiment import Experiment
    from tinkernet.fragment import View
    from tinkernet.run import Run

    if source is None:
        return Run(Experiment(**changes)), View(), ()
    if _is_path(source):
        return _saved_run(Path(source), changes), View(), ()
    if source.strip() and "=" not in source and "#" not in source:
        raise ExperimentError("LINK", source, "a playground address, the text after its '#', or a file that exists")
    # Bytes that are not UTF-8 arrive as lone surrogates, which no link has.
    reading = fragment.read(source.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    run = Run(_changed(Experiment(**reading.settings), changes))
    return run, reading.view, tuple(map(str, reading.remarks))


def _is_path(source: str) -> bool:
    try:
        return bool(source) and Path(source).exists()
    except (OSError, ValueError):  # too long for a name, or with a character that no name has: a link, then
        return False


def _changed(experiment: "Experiment", changes: dict[str, Any]) -> "Experiment":
    return experiment.replace(**changes) if changes else experiment


def _saved_run(path: Path, changes: dict[str, Any]) -> "Run":
    from tinkernet.run import Run

    if path.is_dir():
        raise ExperimentError("LINK", str(path), "a file, not a directory")
    run = Run.load(path)
    if changes:
        run.change(**changes)
    return run
