"""The built-in lessons as pages of the site, made from their files."""

from functools import cache

import glossary_places

from tinkernet import link
from tinkernet.lessons.goal import Goal, Group, Single
from tinkernet.lessons.lesson import Lesson, Step
from tinkernet.lessons.shelf import BUILT_IN, built_in
from tinkernet.protocol.lesson import Block, CodeBlock, Image, Inline, Listing, Paragraph, TermWords

MARKS = {"plain": "", "emphasis": "*", "strong": "**"}


def navigation() -> list[str]:
    """The pages in their order."""
    return ["lessons/index.md", *(f"lessons/{name}.md" for name in BUILT_IN)]


@cache
def pages() -> dict[str, str]:
    """The list of lessons, and a page for each."""
    return {"lessons/index.md": _index(), **{f"lessons/{name}.md": _lesson(name, built_in(name)) for name in BUILT_IN}}


def _index() -> str:
    rows = "\n".join(
        f"| {number} | [{lesson.title}]({name}.md) | {lesson.minutes} minutes | {len(lesson.steps)} |"
        for number, (name, lesson) in enumerate(((name, built_in(name)) for name in BUILT_IN), 1)
    )
    return (
        "# Lessons\n\n"
        "A lesson opens beside the playground, says what to try, and notices when you have done it. Open one from the "
        "menu of the page, or with `tinkernet lesson first-steps`. Here you can read what is in them.\n\n"
        f"| | lesson | takes | steps |\n| --- | --- | --- | --- |\n{rows}\n\n"
        "You can [write a lesson yourself](../lessons.md): it is a Markdown file, and "
        "`tinkernet lesson FILE.md --check` proves that it works.\n"
    )


def _lesson(name: str, lesson: Lesson) -> str:
    head = (
        f"# {lesson.title}\n\n{lesson.minutes} minutes, {len(lesson.steps)} steps. To do it beside the playground:\n\n"
        f"```sh\ntinkernet lesson {name}\n```\n"
    )
    return "\n".join([head, *(_step(step) for step in lesson.steps)])


def _step(step: Step) -> str:
    parts = [f"## {step.title}", _blocks(step.text)]
    if step.opening is not None:
        command = f"tinkernet '{link.write(step.opening.experiment, step.opening.view)}'"
        parts.append('??? example "The experiment of this step"\n\n' + _indented(f"```sh\n{command}\n```"))
    if step.goal is not None:
        parts.append(f'!!! success "Goal"\n\n{_indented(_goal(step.goal))}')
    if step.hint:
        parts.append(f'??? tip "Hint"\n\n{_indented(_blocks(step.hint))}')
    if step.question:
        parts.append(f"**{_words(step.question)}**")
        parts.extend(
            f'??? question "{_plain(choice.words)}"\n\n'
            + _indented(f"{'Right' if choice.right else 'Not quite'}. {_words(choice.because)}")
            for choice in step.choices
        )
    return "\n\n".join(parts) + "\n"


def _goal(goal: Goal, depth: int = 0) -> str:
    """The conditions as a list; a group inside another has a heading and is indented."""
    indent = "    " * depth
    if isinstance(goal, Group):
        outermost = depth == 0 and goal.how == "all"
        inner = "\n".join(_goal(part, depth if outermost else depth + 1) for part in goal.parts)
        return inner if outermost else f"{indent}- {goal.heading}\n{inner}"
    if not isinstance(goal, Single):
        raise TypeError(goal)
    return f"{indent}- {goal.sentence}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


# --- Text -----------------------------------------------------------------------


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _words(block.words)
        case Listing():
            marks = [f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1)]
            return "\n".join(f"{mark} {_words(item)}" for mark, item in zip(marks, block.items, strict=True))
        case CodeBlock():
            return f"```text\n{block.text.rstrip()}\n```"
        case Image():
            return f"![{block.alt}]({block.source})"


def _words(words: tuple[Inline, ...] | list[Inline]) -> str:
    return "".join(_inline(one) for one in words)


def _inline(one: Inline) -> str:
    if isinstance(one, TermWords):
        return f"[{escaped(one.text)}](../{glossary_places.link(one.term)})"
    if one.style == "code":
        return f"`{one.text}`"
    inner = one.text.strip()
    if not inner:
        return one.text
    mark = MARKS[one.style]
    return one.text.replace(inner, f"{mark}{escaped(inner)}{mark}")


def _plain(words: tuple[Inline, ...]) -> str:
    """For the title of a block that opens, which stands in quotes."""
    return _words(words).replace('"', "&quot;")


def escaped(text: str) -> str:
    """The text with what Markdown would read as markup made harmless."""
    return "".join(
        f"\\{sign}" if sign in "\\`*_[]" else sign for sign in text.replace("&", "&amp;").replace("<", "&lt;")
    )
