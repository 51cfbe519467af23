"""Train an experiment with many different settings, which a TOML file lists, and keep what becomes of each run."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tinkernet.cli import output
from tinkernet.errors import ExperimentError, shown
from tinkernet.extras import MissingExtraError
from tinkernet.formatting import count

if TYPE_CHECKING:
    from tinkernet.sweeps.running import Sweep

LOOK_EVERY = 0.2
"""Seconds between two lines of progress on a terminal."""
LINE_EVERY = 10.0
"""Seconds between two lines of progress elsewhere."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE.toml", help="what is trained, and which settings vary")
    parser.add_argument(
        "--folder",
        metavar="FOLDER",
        help="where results are kept as they come; by default named after the file. A sweep that is there continues",
    )
    parser.add_argument(
        "--cores", type=int, metavar="N", help="how many processor cores to use (default: all that are usable)"
    )
    places = parser.add_mutually_exclusive_group()
    places.add_argument(
        "--processes", action="store_true", help="compute in processes (default: in what is faster, they or threads)"
    )
    places.add_argument(
        "--cluster", metavar="ADDRESS", help="compute on the Dask cluster whose scheduler has this address, tcp://…"
    )


def main(arguments: argparse.Namespace) -> int:
    """Begin or continue the sweep, and show its progress; the exit code."""
    try:
        executor = arguments.cluster if arguments.cluster is not None else "processes" if arguments.processes else None
        sweep = _opened(Path(arguments.file), arguments.folder, arguments.cores, executor)
        return _followed(sweep)
    except (ExperimentError, MissingExtraError) as error:
        output.complain(error)
        return output.FAILED


def _opened(file: Path, folder: str | None, cores: int | None, executor: str | None) -> "Sweep":
    """The sweep of the file, or the rest of it where its folder exists."""
    from msgspec.structs import replace

    from tinkernet.sweeps.executors.choice import executor_for
    from tinkernet.sweeps.file import read_plan
    from tinkernet.sweeps.results import PLAN, InFolder
    from tinkernet.sweeps.running import Sweep
    from tinkernet.sweeps.start import begin

    plan = read_plan(file)
    place = Path(folder) if folder is not None else file.with_suffix("")
    if place == file:
        raise ExperimentError("file", str(file), "a name that ends in .toml, or --folder for its results")
    if not (place / PLAN).is_file():
        return begin(plan, place, cores, executor)
    store, begun = InFolder.open(place)
    if replace(plan, block=begun.block) != begun:
        raise ExperimentError("folder", str(place), f"a new folder: its results are not those of {shown(file.name)}")
    return Sweep(begun, store, executor_for(begun, executor, cores))


def _followed(sweep: "Sweep") -> int:
    """Show progress until the sweep is over; Ctrl-C ends it, and it can be continued."""
    lively = sys.stderr.isatty()
    shown_at = time.monotonic()
    try:
        while not sweep.over:
            time.sleep(LOOK_EVERY)
            if lively:
                print(f"\r\x1b[K{sweep.progress}", end="", file=sys.stderr, flush=True)
            elif time.monotonic() - shown_at >= LINE_EVERY:
                print(sweep.progress, file=sys.stderr, flush=True)
                shown_at = time.monotonic()
        sweep.wait()
    except KeyboardInterrupt:
        sweep.stop()
        kept = f"{count(sweep.done)} of {count(sweep.runs)} runs are kept"
        print(f"\n{kept}; the same command continues.", file=sys.stderr)
        raise
    finally:
        if lively:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    _summary(sweep)
    return 0


def _summary(sweep: "Sweep") -> None:
    print(f"{count(sweep.runs)} runs. The lowest test loss:")
    best = sweep.best
    for name, text in best.texts.items():
        print(f"  {name:<20} {text}")
    print(f"  {'link':<20} {best.experiment.to_link()}")
