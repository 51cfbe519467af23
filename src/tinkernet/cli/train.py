"""`tinkernet train`: trains a link, a saved run or a few settings in the terminal, and shows what came of it."""

import argparse
import io
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from tinkernet.errors import ExperimentError

if TYPE_CHECKING:
    from rich.console import Console

    from tinkernet.experiment import Experiment
    from tinkernet.link import View
    from tinkernet.run import Run

EPOCHS = 1_000
"""How long it trains when nothing is said."""
EPOCHS_TO_A_LOSS = 100_000
"""How long it tries at most to reach a loss when nothing else is said."""
MOST_EPOCHS = 1_000_000_000

LOOK_EVERY = 0.1
"""Seconds of training between two looks at how far it is."""
PATIENCE = 2.0
"""Seconds in which an engine that has been compiled before is surely loaded."""
QUICK = 50
"""So few epochs are trained before it is."""
SAME_WISH = 1.0
"""Seconds in which a second Ctrl-C means no more than the first."""
LINES = 10
"""Without a terminal, progress is about this many lines."""

FAILED = 2
INTERRUPTED = 130

EPILOG = """\
LINK is a whole playground address, the text after its '#', or a file that --save wrote. Options change what it says.

examples:
  tinkernet train --dataset spiral --features x,y,sinX,sinY --hidden 8,6 --until-loss 0.01
  tinkernet train 'https://playground.tensorflow.org/#dataset=xor&seed=0.5' --epochs 300 --picture xor.png
  tinkernet train --dataset circle --epochs 200 --save circle.tinkernet
  tinkernet train circle.tinkernet --learning-rate 0.01 --json

Ctrl-C stops training, not the command: what was learned is reported and saved, and the exit code is 130.
--json prints one object; a number that JSON can't hold is the text "NaN", "Infinity" or "-Infinity", and the
accuracies of a regression are null. A wrong value ends in one line on standard error and exit code 2.
"""


# --- What is asked for --------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell a parser the arguments of `tinkernet train`. Their help is made from the tables."""
    from tinkernet.data import DATASETS
    from tinkernet.experiment import PROBLEMS
    from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZATIONS

    parser.description = "Train a link, a saved run or a few settings here in the terminal, and show what came of it."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("link", nargs="?", metavar="LINK", help="an address, the text after its '#', or a saved file")

    ending = parser.add_argument_group("how long, and what to keep")
    ending.add_argument("--epochs", metavar="N", help=f"epochs to train, {EPOCHS:,} if not said")
    ending.add_argument(
        "--until-loss",
        metavar="X",
        help=f"stop when the training loss is X or less, after {EPOCHS_TO_A_LOSS:,} epochs or --epochs at the latest",
    )
    ending.add_argument("--save", metavar="FILE", help="save the run, to go on from it another time")
    ending.add_argument("--picture", metavar="FILE.png|svg", help="draw the decision boundary into a file")
    ending.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    settings = parser.add_argument_group("what to train")

    def choice(option: str, table: dict[str, Any], what: str) -> None:
        # The values are checked by Experiment: one check, one wording, for every way in.
        settings.add_argument(option, metavar="NAME", help=f"{what}: {', '.join(table)}")

    choice("--problem", PROBLEMS, "what is to be learned")
    choice("--dataset", DATASETS, "the points")
    settings.add_argument("--noise", metavar="PERCENT", help="how noisy the points are, 0 to 80")
    settings.add_argument("--train-percent", metavar="PERCENT", help="how many of the points train; the rest test")
    settings.add_argument("--seed", metavar="TEXT", help="a text that fixes points and weights; drawn if not said")
    settings.add_argument("--start", metavar="N", help="which draw of first weights: 0, and one more by each Reset")
    settings.add_argument(
        "--features", metavar="NAMES", help=f"the inputs, separated by commas, out of {', '.join(FEATURES)}"
    )
    settings.add_argument("--hidden", metavar="NUMBERS", help="neurons in each hidden layer, as 8,6; none for no layer")
    choice("--activation", ACTIVATIONS, "of the hidden neurons")
    choice("--initializer", INITIALIZERS, "where the weights begin")
    choice("--optimizer", OPTIMIZERS, "how gradients move the weights")
    choice("--loss", LOSSES, "how wrong an output is")
    settings.add_argument("--learning-rate", metavar="X", help="how far each step goes")
    settings.add_argument("--batch-size", metavar="N", help="how many points make one step")
    choice("--regularization", REGULARIZATIONS, "what pulls on the weights")
    settings.add_argument("--regularization-rate", metavar="X", help="how strongly it pulls")


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
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _layers(name: str, text: str) -> tuple[int, ...]:
    if text.strip().lower() == "none":
        return ()
    return tuple(_whole(name, part) for part in text.split(",") if part.strip())


def _text(_name: str, text: str) -> str:
    return text


SETTINGS: dict[str, Callable[[str, str], Any]] = {
    "problem": _text,
    "dataset": _text,
    "noise": _number,
    "train_percent": _number,
    "seed": _text,
    "start": _whole,
    "features": _names,
    "hidden": _layers,
    "activation": _text,
    "initializer": _text,
    "optimizer": _text,
    "loss": _text,
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
    save, picture = _outputs(arguments.save, arguments.picture)
    run, view, notices = _run_from(arguments.link, changes)
    return Task(run, view, epochs, until_loss, save, picture, arguments.json, notices)


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


def _outputs(save: str | None, picture: str | None) -> tuple[Path | None, Path | None]:
    """Where to save and to draw, both made sure of: finding out after an hour of training is too late."""
    from tinkernet.export.picture import check_picture_path
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
    return saved, drawn


def _run_from(source: str | None, changes: dict[str, Any]) -> tuple["Run", "View", tuple[str, ...]]:
    from tinkernet import link
    from tinkernet.experiment import Experiment
    from tinkernet.link import View
    from tinkernet.run import Run

    if source is None:
        return Run(Experiment(**changes)), View(), ()
    if _is_path(source):
        return _saved_run(Path(source), changes), View(), ()
    if source.strip() and "=" not in source and "#" not in source:
        raise ExperimentError("LINK", source, "a playground address, the text after its '#', or a file that exists")
    # Bytes that are no text come as halves of characters, which no link has.
    reading = link.read(source.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return Run(_changed(reading.experiment, changes)), reading.view, reading.notices


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


# --- Training -----------------------------------------------------------------


class Stop:
    """Whether to stop: set by the first Ctrl-C (or a polite kill); a second one, later, ends the command at once."""

    def __init__(self) -> None:
        self._asked_at: float | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody asked."""
        return self._asked_at is not None

    def __call__(self) -> bool:
        return self.asked

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked_at is None:
            self._asked_at = now
        # Some tools send a signal to the command and to its group: that is one wish, not two.
        elif now - self._asked_at > SAME_WISH:
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator["Stop"]:
        """Take Ctrl-C and a polite kill as the wish to stop, for as long as this lasts."""
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@dataclass
class Pace:
    """How far training is, and how fast it goes."""

    start: int
    began: float = field(default_factory=time.perf_counter)
    trained: int = 0
    seconds: float = 0.0

    def note(self, epoch: int) -> None:
        """It is at this epoch now."""
        self.trained, self.seconds = epoch - self.start, time.perf_counter() - self.began

    @property
    def per_second(self) -> float:
        """Epochs a second, from the beginning on."""
        return self.trained / self.seconds if self.trained else 0.0


def await_engine(task: Task, stop: Callable[[], bool]) -> None:
    """Give the compiled engine a moment to load, where that is quicker than to begin with the slow one."""
    from tinkernet import engine

    engine.prepare()
    limit = time.perf_counter() + PATIENCE
    while task.epochs > QUICK and not engine.compiled_ready() and not stop() and time.perf_counter() < limit:
        time.sleep(0.01)


def train(task: Task, pace: Pace, stop: Callable[[], bool], look: Callable[[Pace], None]) -> None:
    """Train as the task says, note the pace, and call `look` some ten times a second."""
    run, goal = task.run, task.run.epoch + task.epochs
    portion = 1
    while run.epoch < goal and not stop() and not reached(task):
        before, began = run.epoch, time.perf_counter()
        run.train(min(portion, goal - run.epoch), until_loss=task.until_loss, stop=stop)
        pace.note(run.epoch)
        look(pace)
        if run.epoch == before:  # it stopped itself, at a loss or on a wish
            break
        took = time.perf_counter() - began
        portion = max(1, min(4 * portion, int((run.epoch - before) * LOOK_EVERY / max(took, 1e-9))))


def reached(task: Task) -> bool:
    """Whether the training loss is where it was to go."""
    return task.until_loss is not None and task.run.train_loss <= task.until_loss


@contextmanager
def shown_progress(task: Task, console: "Console") -> Iterator[Callable[[Pace], None]]:
    """What to call to show how far training is: nothing for JSON, a bar on a terminal, else a line now and then."""
    if task.json:
        yield lambda _: None
    elif console.is_terminal:
        with _bar(task, console) as look:
            yield look
    else:
        yield _lines(task, console)


@contextmanager
def _bar(task: Task, console: "Console") -> Iterator[Callable[[Pace], None]]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = [
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("epoch {task.fields[epoch]:,}"),
        TextColumn("{task.fields[speed]:,.0f} epochs/s"),
        TextColumn("loss {task.fields[train]} train, {task.fields[test]} test"),
        TimeRemainingColumn(compact=True),
    ]
    from tinkernet.export.picture import number

    run = task.run
    start = run.epoch
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=task.epochs, epoch=start, speed=0.0, train="…", test="…")

        def look(pace: Pace) -> None:
            train, test = number(run.train_loss), number(run.test_loss)
            progress.update(bar, completed=pace.trained, epoch=run.epoch, speed=pace.per_second, train=train, test=test)

        yield look


def _lines(task: Task, console: "Console") -> Callable[[Pace], None]:
    from tinkernet.export.picture import number

    run = task.run
    every = max(1, task.epochs // LINES)
    due = every

    def look(pace: Pace) -> None:
        nonlocal due
        if pace.trained < due:
            return
        due = (pace.trained // every + 1) * every
        losses = f"training loss {number(run.train_loss)}, test loss {number(run.test_loss)}"
        console.print(f"epoch {run.epoch:,}: {losses}, {pace.per_second:,.0f} epochs/s", soft_wrap=True)

    return look


# --- What came of it ----------------------------------------------------------


def link_of(task: Task) -> str:
    """The text after '#' that brings this experiment and its view back."""
    from tinkernet import link

    return link.write(task.run.experiment, task.view)


def as_json(task: Task, pace: Pace, *, interrupted: bool) -> str:
    """The one object that --json prints."""
    run = task.run
    facts: dict[str, Any] = {
        "epoch": run.epoch,
        "train_loss": run.train_loss,
        "test_loss": run.test_loss,
        "train_accuracy": run.train_accuracy,
        "test_accuracy": run.test_accuracy,
        "diverged": run.diverged,
        "dead_weights": run.dead_weights,
        "reached_loss": None if task.until_loss is None else reached(task),
        "interrupted": interrupted,
        "epochs_trained": pace.trained,
        "epochs_per_second": pace.per_second,
        "seed": run.experiment.seed,
        "link": link_of(task),
        "saved": None if task.save is None else str(task.save),
        "picture": None if task.picture is None else str(task.picture),
    }
    return json.dumps({name: _plain(value) for name, value in facts.items()}, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    """JSON has no word for these numbers; the text is what the reference figures of the playground use."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def report(task: Task, pace: Pace, console: "Console", *, interrupted: bool) -> None:
    """The closing words, and on a terminal the boundary and the curve."""
    from tinkernet.export.picture import number

    run = task.run
    if console.is_terminal:
        _draw(task, console)
    how = "Stopped by you" if interrupted else "Trained"
    if reached(task):
        how = f"Reached a training loss of {task.until_loss:g}"
    elif task.until_loss is not None and not interrupted:
        how = f"Did not reach a training loss of {task.until_loss:g}"
    speed = f" ({pace.trained:,} now, {pace.per_second:,.0f} epochs/s)" if pace.trained else ""
    rows = [
        ("", f"{how}: {run.epoch:,} epochs{speed}"),
        ("Training loss", number(run.train_loss) if len(run.train_data) else "no points to learn from"),
        ("Test loss", number(run.test_loss) if len(run.test_data) else "no points held back"),
    ]
    shares = [("in training", run.train_accuracy), ("in the test", run.test_accuracy)]
    right = [f"{share:.1%} {where}" for where, share in shares if share is not None]
    if right:
        rows.append(("Accuracy", ", ".join(right)))
    if run.diverged:
        rows.append(("Diverged", "the losses are no longer numbers that mean anything; try a smaller learning rate"))
    if task.save is not None:
        rows.append(("Saved", str(task.save)))
    if task.picture is not None:
        rows.append(("Picture", str(task.picture)))
    rows.append(("Link", f"#{link_of(task)}"))
    for name, text in rows:
        # A link is copied: it is one line, however long.
        console.print(f"{name:<14} {text}" if name else text, markup=False, highlight=False, soft_wrap=True)


def _draw(task: Task, console: "Console") -> None:
    from tinkernet.cli import terminal
    from tinkernet.export.picture import output_field

    run, signs = task.run, terminal.signs_for(console.encoding)
    columns = min(44, console.width)
    rows = columns // 2
    field = output_field(run, rows, columns)
    # Points of classes show where the boundary fails; of a regression they are many, and only hide the field.
    points = run.train_data if run.train_accuracy is not None else None
    drawing = terminal.boundary(field, points, signs) + terminal.boundary_key(signs, points)
    history = run.history
    beside = console.width - columns - 2
    width, height = (beside, rows + 2) if beside >= columns - 10 else (console.width, 12)
    curve = terminal.curve(history.epochs, history.train_loss, history.test_loss, min(width, 70), height, signs)
    lines = terminal.side_by_side(drawing, curve) if width == beside else [*drawing, *curve]
    for line in lines:
        console.print(line, no_wrap=True, crop=True, highlight=False)


def main(arguments: argparse.Namespace) -> int:
    """Do what the arguments ask for; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A character that an old terminal can't show is a question mark there, and no reason to fail.
            stream.reconfigure(errors="replace")
    try:
        # From here on Ctrl-C waits until there is something to report.
        with Stop().listening() as stop:
            return _carry_out(task_from(arguments), stop)
    except ExperimentError as error:
        _complain(error)
        return FAILED


def _carry_out(task: Task, stop: Stop) -> int:
    console = terminal_or_pipe()
    for notice in task.notices:
        _complain(notice)
    await_engine(task, stop)
    pace = Pace(task.run.epoch)
    problem: ExperimentError | None = None
    try:
        try:
            with shown_progress(task, console) as look:
                train(task, pace, stop, look)
        finally:
            # Whatever happened to the reader of our output, or to the disk: what was learned is kept, and told.
            problem = _keep(task)
        if task.json:
            print(as_json(task, pace, interrupted=stop.asked), flush=True)
        else:
            report(task, pace, console, interrupted=stop.asked)
    except BrokenPipeError:
        # The reader has gone, as `head` does. Python would flush to it once more at its end, and fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    if problem is not None:
        _complain(problem)
        return FAILED
    return INTERRUPTED if stop.asked else 0


def terminal_or_pipe() -> "Console":
    """Where to print: colours and a bar if it is a terminal, and an exception if it is a pipe that nobody reads."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Output(highlight=False)


def _keep(task: Task) -> ExperimentError | None:
    """Save and draw what was asked for; returns what went wrong."""
    from tinkernet.export.picture import save_picture

    try:
        if task.save is not None:
            task.run.save(task.save)
        if task.picture is not None:
            view = task.view
            save_picture(task.run, task.picture, show_test_data=view.show_test_data, discretize=view.discretize)
    except ExperimentError as error:
        return error
    return None


def _complain(what: object) -> None:
    print(f"tinkernet: {what}", file=sys.stderr)
