"""Reads a lesson from its file; docs/lessons.md describes the format. A file is hostile until it has been read."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from markdown_it.token import Token

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.lessons.actions import Action, ChooseAnswer, Repeat, read_action
from tinkernet.lessons.conditions import FACTS, Condition, read_condition
from tinkernet.lessons.errors import LessonError, Place
from tinkernet.lessons.fields import Value, read_yaml
from tinkernet.lessons.figures import Figure, read_figure
from tinkernet.lessons.goal import Goal, Group, Single, conditions_of
from tinkernet.lessons.lesson import Choice, Lesson, Opening, Step
from tinkernet.lessons.markdown import Markdown, inline_of, plain
from tinkernet.lessons.names import name_of
from tinkernet.lessons.parts import all_except, read_control, read_highlight
from tinkernet.protocol.lesson import Block, Image, Inline, Paragraph

LARGEST_BYTES = 500_000
MOST_STEPS = 100
MOST_DEPTH = 5
"""Of groups in a goal, and of repetitions in a solution."""
MOST_REPEATS = 100
MOST_MINUTES = 600
FENCE = "---"
HEAD = {"format": True, "title": True, "minutes": True, "author": True, "language": True}
STEP = {
    "link": False,
    "controls": False,
    "highlight": False,
    "goal": False,
    "hint": False,
    "question": False,
    "answers": False,
    "figures": False,
    "solution": False,
}
Parsed = TypeVar("Parsed")


def read_lesson(path: str | Path) -> Lesson:
    """The lesson in a file.

    Raises:
        LessonError: something in it is not as it must be.
        OSError: it cannot be read.
    """
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise LessonError(Place(1), "a lesson must be smaller than 500 kB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LessonError(Place(line), "this is not UTF-8 text") from error
    return parse_lesson(text, name_of(path), path.parent)


def parse_lesson(text: str, name: str, folder: Path) -> Lesson:
    """The lesson in a text; its images are in the folder.

    Raises:
        LessonError: something in it is not as it must be.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        raise LessonError(Place(1), "a lesson begins with a line of ---, and its title, minutes, author and language")
    end = next((k for k, line in enumerate(lines) if k > 0 and line.rstrip() == FENCE), None)
    if end is None:
        raise LessonError(Place(1), "the head of the lesson has no second line of ---")
    head = read_yaml("\n".join(lines[1:end]), first_line=2)
    if head is None:
        raise LessonError(Place(1), f"the head of the lesson is empty; it needs {', '.join(HEAD)}")
    fields = head.fields("the head of a lesson", HEAD)
    if fields["format"].text("format") != "1":
        raise fields["format"].fail("the format must be 1; a newer lesson needs a newer tinkernet")
    language = fields["language"].text("language", 35)
    if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) is None:
        raise fields["language"].fail("the language must be a code such as en or pt-BR")
    body = Markdown("\n".join(lines[end + 1 :]), end + 1, partial(_load_image, folder))
    return Lesson(
        name=name,
        title=fields["title"].text("title", 100),
        minutes=_whole(fields["minutes"], "minutes", 1, MOST_MINUTES),
        author=fields["author"].text("author", 200),
        language=language,
        steps=_steps(body),
    )


def _load_image(folder: Path, address: str, alt: str) -> Image:
    from tinkernet.lessons.images import load_image  # most lessons need no library for images

    return load_image(folder, address, alt)


# --- Steps ------------------------------------------------------------------------


def _steps(body: Markdown) -> tuple[Step, ...]:
    tokens = body.tokens
    _check_blocks(body)
    starts = [k for k, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    if not starts:
        raise LessonError(body.place(tokens[0]) if tokens else Place(1), "a lesson needs a step, which begins with ##")
    if starts[0] > 0:
        raise LessonError(body.place(tokens[0]), "there must be nothing before the first step, which begins with ##")
    if len(starts) > MOST_STEPS:
        raise LessonError(body.place(tokens[starts[MOST_STEPS]]), f"a lesson can have at most {MOST_STEPS} steps")
    steps: list[Step] = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        before = next((step.opening for step in reversed(steps) if step.opening is not None), None)
        steps.append(_step(body, tokens[start:end], before))
    return tuple(steps)


def _check_blocks(body: Markdown) -> None:
    """Find headings and blocks that would be shown as text though they are meant as steps."""
    for token in body.tokens:
        if token.type == "heading_open" and token.tag != "h2":
            raise LessonError(body.place(token), "a lesson has no other headings than ##, which begins a step")
        label = token.info.strip()
        if token.type == "fence" and label != "step" and label.lower().rstrip("s:") == "step":
            raise LessonError(body.place(token), f"a block marked “{label}” is only shown; mark it as step")
        if token.type == "inline" and re.match(r"##\w", token.content):
            raise LessonError(body.place(token), "write a space after ##, so that it begins a step")
        if token.type == "fence" and token.map is not None and _is_open(body, token):
            raise LessonError(body.place(token), "this block has no line that closes it")


def _is_open(body: Markdown, token: Token) -> bool:
    """Whether a block of code ends only with the file."""
    first, last = token.map or (0, 0)
    return last - first < 2 or not body.lines[last - 1].strip().startswith(token.markup)


def _step(body: Markdown, tokens: Sequence[Token], before: Opening | None) -> Step:
    heading, title, text = tokens[0], tokens[1], tokens[3:]
    blocks = [token for token in text if token.type == "fence" and token.info.strip() == "step"]
    if len(blocks) > 1:
        raise LessonError(body.place(blocks[1]), "a step can have one block marked step only")
    if not plain(body.inline(title)):
        raise LessonError(body.place(heading), "a step needs a title after ##")
    place = body.place(heading)
    value = None
    if blocks:
        value = read_yaml(blocks[0].content, body.place(blocks[0]).line + 1)
    fields = value.fields("a step", STEP) if value is not None else {}
    opening = _opening(fields["link"]) if "link" in fields else None
    if opening is None and before is None:
        raise LessonError(place, "the first step needs a link, so that everybody begins with the same experiment")
    experiment = (opening or before or Opening(Experiment(), link.View())).experiment
    choices = _choices(fields["answers"]) if "answers" in fields else ()
    if ("question" in fields) != bool(choices):
        raise LessonError(place, "a question needs answers, and answers a question")
    step = Step(
        title=plain(body.inline(title)),
        place=place,
        text=tuple(body.blocks([token for token in text if token not in blocks])),
        source="\n".join([*_lines(body, text, blocks), *_asides(value)]),
        opening=opening,
        has_seed="link" in fields and "seed=" in fields["link"].text("link", 20_000),
        hidden_controls=_hidden(fields.get("controls"), opening or before),
        highlights=tuple(
            _parsed(item, "a part of the page", lambda text: read_highlight(text, experiment))
            for item in (fields["highlight"].items("highlight") if "highlight" in fields else [])
        ),
        goal=_group(fields["goal"], "all", 0, 0) if "goal" in fields else None,
        hint=_hint(fields["hint"]) if "hint" in fields else (),
        question=tuple(_inline(fields["question"], "the question")) if "question" in fields else (),
        choices=choices,
        figures=_figures(fields["figures"]) if "figures" in fields else (),
        solution=_actions(fields["solution"], 0) if "solution" in fields else (),
    )
    _check_answers(step, fields.get("solution"))
    if choices and not any(condition == FACTS["answered"] for condition in _conditions(step.goal)):
        raise fields["question"].fail("a step with a question needs “answered” among the conditions of its goal")
    return step


def _lines(body: Markdown, text: Sequence[Token], blocks: Sequence[Token]) -> list[str]:
    """The lines of a step's text, without its block."""
    outer = [token for token in text if token.map is not None and token.level == 0 and token not in blocks]
    return [line for token in outer for line in body.lines[slice(*(token.map or ()))]]


def _asides(value: Value | None) -> list[str]:
    """What there is to read in a step's block: the hint, the question, the answers with their replies."""
    fields = dict(value.fields("a step", STEP)) if value is not None else {}
    asides = [fields[name].text(name) for name in ("hint", "question") if name in fields]
    for item in fields["answers"].items("answers") if "answers" in fields else []:
        asides += [inner.text("an answer") for _, inner in item.pairs("an answer")]
    return asides


def _conditions(goal: Goal | None) -> list[Condition]:
    return [] if goal is None else list(conditions_of(goal))


def _opening(value: Value) -> Opening:
    text = value.text("link", 20_000)
    try:
        link.parse(text)  # which says what is allowed
        opened = link.read(text)
    except ExperimentError as error:
        raise value.fail(str(error)) from error
    if opened.notices:
        # For a visitor a typing error is a notice; in a lesson it would be wrong for everybody.
        raise value.fail(opened.notices[0])
    return Opening(opened.experiment, opened.view)


def _hidden(controls: Value | None, opening: Opening | None) -> tuple[str, ...]:
    by_link = opening.view.hidden_controls if opening is not None else ()
    if controls is None:
        return by_link
    shown = {_parsed(item, "a control", read_control) for item in controls.items("controls")}
    return tuple(dict.fromkeys((*by_link, *all_except(shown))))


def _hint(value: Value) -> tuple[Block, ...]:
    return (Paragraph(words=_inline(value, "the hint")),)


def _inline(value: Value, what: str) -> list[Inline]:
    return inline_of(value.text(what).strip(), value.place)


def _choices(value: Value) -> tuple[Choice, ...]:
    choices = []
    for item in value.items("answers", 12):
        fields = item.fields("an answer", {"right": False, "wrong": False, "because": True})
        if ("right" in fields) == ("wrong" in fields):
            raise item.fail("an answer is either right or wrong")
        words = fields.get("right") or fields["wrong"]
        choices.append(
            Choice(
                tuple(_inline(words, "an answer")), "right" in fields, tuple(_inline(fields["because"], "the reply"))
            )
        )
    if not any(choice.right for choice in choices):
        raise value.fail("one of the answers must be right")
    return tuple(choices)


def _figures(value: Value) -> tuple[Figure, ...]:
    found = []
    for item in value.items("figures"):
        for written, source in item.pairs("a figure"):
            text = written.text("a figure")
            found.append(_parsed(source, "where a figure comes from", partial(read_figure, text)))
    return tuple(found)


# --- Goals and solutions ------------------------------------------------------------


def _group(value: Value, how: str, least: int, depth: int) -> Group:
    if depth > MOST_DEPTH:
        raise value.fail("groups of conditions are nested too deeply")
    parts = tuple(_goal(item, depth) for item in value.items("a group of conditions"))
    if least > len(parts):
        raise value.fail(f"at least {least} of {len(parts)} conditions can never be met")
    return Group(parts, how, least)  # type: ignore[arg-type]


def _goal(item: Value, depth: int) -> Goal:
    """A condition as a text, a condition with its sentence, or a group."""
    if item.is_text:
        condition = _parsed(item, "a condition", read_condition)
        return Single(condition, condition.sentence)
    pairs = list(item.pairs("a condition"))
    if len(pairs) != 1:
        raise item.fail("put a hyphen before each condition")
    key, value = pairs[0]
    name = " ".join(key.text("a condition").split())
    at_least = re.fullmatch(r"at least ([1-9]\d?) of", name)
    if name.startswith("at least ") and at_least is None:
        raise key.fail("a group is written with a digit, as “at least 2 of:”")
    if name in ("all", "any"):
        return _group(value, name, 0, depth + 1)
    if at_least is not None:
        return _group(value, "at least", int(at_least[1]), depth + 1)
    return Single(_parsed(key, "a condition", read_condition), value.text("the sentence of a condition", 200))


def _actions(value: Value, depth: int) -> tuple[Action, ...]:
    if depth > MOST_DEPTH:
        raise value.fail("repetitions are nested too deeply")
    found: list[Action] = []
    for item in value.items("a solution"):
        if item.is_text:
            found.append(_parsed(item, "an action", read_action))
            continue
        pairs = list(item.pairs("an action"))
        key, inner = pairs[0]
        times = re.fullmatch(r"repeat at most (\d{1,3}) times", " ".join(key.text("an action").split()))
        if len(pairs) != 1 or times is None or not 1 <= int(times[1]) <= MOST_REPEATS:
            raise key.fail(f"only “repeat at most N times:”, N up to {MOST_REPEATS}, has a list of actions")
        found.append(Repeat(int(times[1]), _actions(inner, depth + 1)))
    return tuple(found)


def _check_answers(step: Step, solution: Value | None) -> None:
    for action in step.solution:
        if isinstance(action, ChooseAnswer) and action.choice >= len(step.choices) and solution is not None:
            raise solution.fail(f"there is no answer {action.choice + 1}")


# --- Values ---------------------------------------------------------------------------


def _parsed(value: Value, what: str, parse: Callable[[str], Parsed]) -> Parsed:
    try:
        return parse(value.text(what).strip())
    except (ValueError, RecursionError) as error:
        raise value.fail(str(error)) from error


def _whole(value: Value, what: str, least: int, most: int) -> int:
    text = value.text(what)
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    raise value.fail(f"{what} must be a whole number from {least} to {most}")
