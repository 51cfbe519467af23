"""The result of training: as a summary, as JSON, and drawn with characters."""

import json
import math
from typing import TYPE_CHECKING, Any

from tinkernet.cli.train.keep import Kept
from tinkernet.cli.train.task import Task
from tinkernet.cli.train.training import Stopwatch, hopeless, reached

if TYPE_CHECKING:
    from rich.console import Console


def link_of(task: Task) -> str:
    """The text after '#' that brings this experiment and its view back."""
    from tinkernet import link

    return link.write(task.run.experiment, task.view)


def as_json(task: Task, watch: Stopwatch, kept: Kept, *, interrupted: bool) -> str:
    """The one object that --json prints, in ASCII: other characters are escaped, so that no encoding changes them."""
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
        "epochs_trained": watch.trained,
        "epochs_per_second": watch.per_second,
        "seed": run.experiment.seed,
        "link": link_of(task),
        "saved": None if kept.saved is None else str(kept.saved),
        "picture": None if kept.picture is None else str(kept.picture),
        "points": None if kept.points is None else str(kept.points),
    }
    return json.dumps({name: _plain(value) for name, value in facts.items()}, allow_nan=False)


def _plain(value: Any) -> Any:
    """JSON has no word for these numbers; the text is what the reference figures of the playground use."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def report(task: Task, watch: Stopwatch, kept: Kept, console: "Console", *, interrupted: bool) -> None:
    """Print the summary, and on a terminal the boundary and the curve."""
    from tinkernet.export.pictures.picture import number

    run = task.run
    if console.is_terminal:
        _draw(task, console)
    how = "Stopped by you" if interrupted else "Trained"
    if hopeless(task):
        how = f"Training diverged and cannot reach a loss of {task.until_loss:g}"
    elif reached(task):
        how = f"Reached a training loss of {task.until_loss:g}"
    elif task.until_loss is not None and not interrupted:
        how = f"Did not reach a training loss of {task.until_loss:g}"
    speed = f" ({watch.trained:,} now, {watch.per_second:,.0f} epochs/s)" if watch.trained else ""
    epochs = "1 epoch" if run.epoch == 1 else f"{run.epoch:,} epochs"
    rows = [
        ("", f"{how}: {epochs}{speed}"),
        ("Training loss", number(run.train_loss) if len(run.train_data) else "no training points"),
        ("Test loss", number(run.test_loss) if len(run.test_data) else "no points held back"),
    ]
    shares = [("training", run.train_accuracy), ("test", run.test_accuracy)]
    right = [f"{share:.1%} {where}" for where, share in shares if share is not None]
    if right:
        rows.append(("Accuracy", ", ".join(right)))
    if run.diverged:
        rows.append(("Diverged", "a loss or a weight is infinite or not a number; try a smaller learning rate"))
    files = [("Saved", kept.saved), ("Picture", kept.picture), ("Points", kept.points)]
    rows += [(name, str(path)) for name, path in files if path is not None]
    rows.append(("Link", f"#{link_of(task)}"))
    for name, text in rows:
        # A link is copied: it is one line, however long.
        console.print(f"{name:<14} {text}" if name else text, markup=False, highlight=False, soft_wrap=True)


def _draw(task: Task, console: "Console") -> None:
    from tinkernet.cli import class_letters, terminal
    from tinkernet.export.pictures.fields import output_field
    from tinkernet.link import plane_of

    run, signs = task.run, terminal.signs_for(console.encoding)
    columns = min(44, console.width)
    rows = max(1, columns // 2)
    plane = plane_of(run.experiment, task.view)
    field = output_field(run, rows, columns, plane)
    # Points of classes show where the boundary fails; of a regression they are many, and only hide the field.
    points = run.train_data if run.train_accuracy is not None else None
    head, classes = run.experiment.head, run.experiment.classes
    if head.several:
        drawing = class_letters.class_boundary(field, points, signs, plane)
        drawing += class_letters.class_boundary_key(classes, signs, points, columns)
    else:
        drawing = terminal.boundary(field.values, points, signs, plane)
        drawing += terminal.boundary_key(signs, points, (head.lowest + head.highest) / 2)
    history = run.history
    beside = console.width - columns - 2
    width, height = (beside, rows + 2) if beside >= columns - 10 else (console.width, 12)
    curve = terminal.curve(history.epochs, history.train_loss, history.test_loss, min(width, 70), height, signs)
    lines = terminal.side_by_side(drawing, curve) if width == beside else [*drawing, *curve]
    for line in lines:
        console.print(line, no_wrap=True, crop=True, highlight=False)
