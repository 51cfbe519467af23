"""`tinkernet train`: trains a link, a saved run or a few settings in the terminal, and shows the result."""

import argparse
from typing import TYPE_CHECKING

from tinkernet.cli import output
from tinkernet.cli.train.keep import Kept, keep
from tinkernet.cli.train.report import as_json, report
from tinkernet.cli.train.task import DIVERGED, Task, add_arguments, task_from
from tinkernet.cli.train.training import Stop, Stopwatch, await_engine, hopeless, shown_progress, train
from tinkernet.errors import ExperimentError

if TYPE_CHECKING:
    from rich.console import Console


__all__ = ["add_arguments", "main"]


def main(arguments: argparse.Namespace) -> int:
    """Do what the arguments ask for; returns the exit code."""
    # From here on the first signal waits until there is something to report.
    with Stop().listening() as stop:
        try:
            return _carry_out(task_from(arguments), stop)
        except ExperimentError as error:
            output.complain(error)
            return output.FAILED
        except KeyboardInterrupt:  # a second signal
            return stop.exit_code


def _carry_out(task: Task, stop: Stop) -> int:
    console = terminal_or_pipe()
    for notice in task.notices:
        output.complain(notice)
    await_engine(task, stop)
    watch, kept = Stopwatch(task.run.epoch), Kept()
    try:
        try:
            with shown_progress(task, console) as look:
                train(task, watch, stop, look)
        finally:
            # Whatever happened to the reader of our output: what was learned is saved, and failures are reported.
            with stop.held():
                kept = keep(task)
                for problem in kept.problems:
                    output.complain(problem)
        if task.json:
            output.write_bytes(as_json(task, watch, kept, interrupted=stop.asked) + "\n")
        else:
            report(task, watch, kept, console, interrupted=stop.asked)
    except OSError as error:
        failure = output.failed(error)
        return stop.exit_code or failure
    if kept.problems:
        return output.FAILED
    return stop.exit_code or (DIVERGED if hopeless(task) else 0)


def terminal_or_pipe() -> "Console":
    """Where to print: colours and a bar if it is a terminal, and an exception if it is a pipe that nobody reads."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Output(highlight=False)
    if console.width < 1:  # a terminal that does not know its size says 0
        console.width = 80
    return console
