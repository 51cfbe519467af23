"""`tinkernet train`: trains a link, a saved run or a few settings in the terminal, and shows what came of it."""

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from tinkernet.cli.train.report import as_json, report
from tinkernet.cli.train.task import Task, add_arguments, task_from
from tinkernet.cli.train.training import Pace, Stop, await_engine, shown_progress, train
from tinkernet.errors import ExperimentError

if TYPE_CHECKING:
    from rich.console import Console


__all__ = ["add_arguments", "main"]

FAILED = 2
INTERRUPTED = 130


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
