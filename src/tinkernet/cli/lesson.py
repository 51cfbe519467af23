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
    from tinkernet.lessons.shelf import BUILT_IN, Shelf, built_in_path

    name: str = arguments.lesson
    if not name:
        return _list()
    if name not in BUILT_IN and not is_file(name):
        known = suggestion(name, BUILT_IN)
        output.complain(
            f"neither a file nor a built-in lesson has the name {shown(name)}{known}; tinkernet lesson lists them"
        )
        return output.FAILED
    path = built_in_path(name) if name in BUILT_IN else Path(name)
    if arguments.check:
        return _check(path, arguments.starts)
    if name in BUILT_IN:
        return serve_page(arguments, f"lesson={name}")
    shelf = Shelf(path)
    if shelf.problem:
        # An author who has just begun sees the page, and what is wrong, as soon as there is something to show.
        output.complain(shelf.problem)
        if not shelf.has_own:
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
    print(f"{lesson.title}: {len(lesson.steps)} steps")
    for report in check(lesson, starts):
        print("\n".join(lines(report, starts)), flush=True)
        fine = fine and not report.problems
    return 0 if fine else NOT_AS_SAID


def _starts(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= 1024:
        return int(text)
    raise argparse.ArgumentTypeError(f"{shown(text)} is not a whole number from 0 to 1024")
