"""Write the network of a saved run as a program or a file for another library."""

import argparse
from pathlib import Path

from tinkernet.cli import output
from tinkernet.errors import ExperimentError

EPILOG = """\
FILE is a run that `tinkernet train --save` or run.save() wrote.

examples:
  tinkernet export circle.tinkernet --to numpy
  tinkernet export circle.tinkernet --to torch --with-training --output network.py
  tinkernet export circle.tinkernet --to onnx --output network.onnx

A program, JSON or a link is printed where no --output is given.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes. The help on targets is made from their table."""
    from tinkernet.export.networks.targets import TARGETS

    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("file", metavar="FILE", help="a saved run")
    parser.add_argument("--to", metavar="NAME", required=True, help=f"library or format: {', '.join(TARGETS)}")
    parser.add_argument("--output", metavar="FILE", help="where to write it (default: print it, if it is text)")
    parser.add_argument("--dtype", metavar="NAME", help="type of the numbers: float32 or float64")
    parser.add_argument(
        "--with-training",
        action="store_true",
        help="the training as PyTorch code as well: same points, same order, same initial weights",
    )


def main(arguments: argparse.Namespace) -> int:
    """Export the run; the exit code."""
    from tinkernet.extras import MissingExtraError

    try:
        return _export(arguments)
    except (ExperimentError, MissingExtraError) as error:
        output.complain(error)
        return output.FAILED


def _export(arguments: argparse.Namespace) -> int:
    from tinkernet import checks
    from tinkernet.export.networks.targets import TARGETS, export, save
    from tinkernet.run import Run

    target = TARGETS[checks.one_of("to", arguments.to, TARGETS)]
    if target.binary and arguments.output is None:
        raise ExperimentError("output", arguments.output, f"given for {target.label}: --output {target.file}")
    run = Run.load(Path(arguments.file))
    content = export(run, target.name, arguments.dtype, training=arguments.with_training)
    if arguments.output is not None:
        save(content, arguments.output)
    else:
        output.write_bytes(str(content))
    return 0
