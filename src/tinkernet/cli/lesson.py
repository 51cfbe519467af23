"""Open a lesson in a browser, with live reload while its file is being written; list the built-in ones; check one."""

import argparse
from pathlib import Path

from tinkernet.checks import suggestion
from tinkernet.cli import output
from tinkernet.cli.page import add_server_arguments, is_file, serve_page
from tinkernet.errors import shown

DEFAULT_STARTS = 64
NOT_AS_SAID = 1
"""Exit code where the check has found something."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "lesson",
        nargs="?",
        default="",
        metavar="LESSON",
        help="a Markdown file, or the name of a built-in lesson",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="do not open it, but prove that each goal is missed at first and reached by its solution",
    )
    parser.add_argument(
        "--starts",
        type=_starts,
        default=DEFAULT_STARTS,
        metavar="N",
        help="with --check: from how many initial weights to try each solution (default: 64)",
    )
    add_server_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """List, check or open; the exit code."""
    name: str = arguments.lesson
    if not name:
        return _list()
    path = _path(name)
    if path is None:
        return output.FAILED
    return _check(path, arguments.starts) if arguments.check else _open(path, arguments)


def _path(name: str) -> Path | None:
    """The file of the lesson that is meant; None, and a line that says why, where there is none."""
    from tinkernet.lessons.shelf import BUILT_IN, built_in_path

    if name in BUILT_IN:
        return built_in_path(name)
    if not is_file(name):
        known = suggestion(name, BUILT_IN)
        output.complain(f"neither a file nor a built-in lesson has the name {shown(name)}{known}")
    elif Path(name).is_dir():
        output.complain(f"{shown(name)} is a folder, not a lesson")
    else:
        return Path(name)
    return None


def _open(path: Path, arguments: argparse.Namespace) -> int:
    from tinkernet.lessons.shelf import BUILT_IN, Shelf

    if arguments.lesson in BUILT_IN:
        return serve_page(arguments, f"lesson={arguments.lesson}")
    shelf = Shelf(path)
    if shelf.problem:
        output.complain(shelf.problem)
        return output.FAILED
    return serve_page(arguments, f"lesson={shelf.own_name}", shelf)


def _list() -> int:
    from tinkernet.lessons.shelf import Shelf

    lessons = Shelf().entries()
    width = max((len(one.name) for one in lessons), default=0)
    for one in lessons:
        print(f"{one.name:<{width}}  {one.title}, {one.minutes} minutes, {one.steps} steps")
    print("\ntinkernet lesson NAME opens one.")
    return 0


def _check(path: Path, starts: int) -> int:
    from tinkernet.checker.check import check
    from tinkernet.checker.report import lines
    from tinkernet.lessons.errors import LessonError
    from tinkernet.lessons.reader import read_lesson

    try:
        lesson = read_lesson(path)
    except LessonError as error:
        output.complain(f"{path.name}, {error}")
        return output.FAILED
    fine = True
    print(f"{lesson.title}: {len(lesson.steps)} step{'s' * (len(lesson.steps) > 1)}")
    for report in check(lesson, starts):
        print("\n".join(lines(report, starts)), flush=True)
        fine = fine and not report.problems
    print("All goals are missed at first and reached by their solutions." if fine else "Not all is as it should be.")
    return 0 if fine else NOT_AS_SAID


def _starts(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= 1024:
        return int(text)
    raise argparse.ArgumentTypeError(f"{shown(text)} is not a whole number from 0 to 1024")
