"""Checks a lesson: each goal is missed at first and reached by its solution, and each figure is right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

from tinkernet.checker.reach import controls_of, shown_controls
from tinkernet.checker.rehearsal import CannotDoError, Rehearsal, from_start
from tinkernet.insight.share import Share, wilson
from tinkernet.lessons.actions import Action, Play, PlayUntil, Repeat, TrainStarts
from tinkernet.lessons.figures import Figure, as_written, numbers_in
from tinkernet.lessons.lesson import Lesson, Step


@dataclass(frozen=True)
class StepReport:
    """What was found about one step."""

    step: Step
    number: int
    """From 1."""
    problems: tuple[str, ...]
    """What is not as it should be; empty if nothing is."""
    works: Share | None
    """How often the solution works from other initial weights; None where that was not tried."""

    @property
    def limited(self) -> bool:
        """Whether the solution mostly ends before it has trained for all these epochs."""
        return any(isinstance(action, PlayUntil | Repeat) for action in self.step.solution)

    @property
    def epochs(self) -> int:
        """For how many epochs the solution trains at most."""
        return epochs_of(self.step.solution)


def check(lesson: Lesson, starts: int) -> Iterator[StepReport]:
    """The reports on the steps, in order; each solution is also tried from so many other initial weights."""
    problems = _rehearsed(lesson)
    works = _tried(lesson, starts)
    for k, step in enumerate(lesson.steps):
        found = [*problems[k], *_out_of_reach(step), *_wrong_figures(lesson, k)]
        share = wilson(works[k], starts) if starts and _depends_on_luck(lesson, k) else None
        yield StepReport(step, k + 1, tuple(found), share)


def wrong_figure(one: Figure, lesson: Lesson, step: int) -> str:
    """What is wrong with a figure of this step; empty if it is right."""
    opening = lesson.opening_of(step)
    if one.measure is None or opening is None:
        return ""
    try:
        value = one.measured(opening.experiment)
    except (IndexError, ValueError) as error:
        return f"{one.written} cannot be measured: {error}"
    return "" if value is None else _compared(one, value)


def _compared(one: Figure, value: float) -> str:
    return "" if one.agrees(value) else f"the figure {one.written} should be {one.nearest(value)} ({one.source})"


def in_words(missing: list[str]) -> str:
    """What is missing, in one line; a group begins with a colon."""
    return ", ".join(missing).replace(":, ", ": ")


def epochs_of(actions: tuple[Action, ...]) -> int:
    """For how many epochs these actions train at most."""
    total = 0
    for action in actions:
        match action:
            case Play():
                total += action.epochs
            case PlayUntil():
                total += action.most
            case Repeat():
                total += action.most * epochs_of(action.actions)
            case _:
                pass
    return total


def _wrong_figures(lesson: Lesson, step: int) -> list[str]:
    figures, known = lesson.steps[step].figures, numbers_in(lesson.steps[step].source)
    wrong = [wrong_figure(one, lesson, step) for one in figures]
    unused = [f"the figure {one.written} is not in the text" for one in figures if one.written not in known]
    return [*filter(None, wrong), *unused]


def _out_of_reach(step: Step) -> list[str]:
    """What the step asks for or marks and hides; and a link that is not the same for everybody."""
    needed = {control: what for action in step.solution for what, control in controls_of(action)}
    needed |= {control: f"marks {part}" for part, control in shown_controls(step.highlights)}
    out = [what for control, what in needed.items() if control in step.hidden_controls]
    found = [f"the step {what}, but hides the control for it" for what in out]
    if step.opening is not None and not step.has_seed:
        found.append("the link has no seed, so everybody gets other points and weights")
    return found


def _rehearsed(lesson: Lesson) -> list[list[str]]:
    """For each step, what is wrong with its goal and its solution, done one after the other."""
    rehearsal = Rehearsal(lesson)
    found: list[list[str]] = []
    for k, step in enumerate(lesson.steps):
        problems: list[str] = []
        found.append(problems)
        try:
            rehearsal.go_to(k)
            if step.goal is not None and rehearsal.met:
                problems.append("the goal is already met when the step begins")
            rehearsal.perform(step.solution)
        except CannotDoError as error:
            problems.append(f"the solution cannot be done: {error}")
            continue
        if step.goal is not None and not step.solution:
            problems.append("there is a goal, but no solution")
        elif step.goal is not None and not rehearsal.met:
            problems.append(f"the solution does not reach the goal; missing: {in_words(rehearsal.missing)}")
        solved = [(one, one.solved) for one in step.figures if one.solved is not None]
        wrong = [_compared(one, as_written(quantity, rehearsal.evidence)) for one, quantity in solved]
        problems.extend(filter(None, wrong))
    return found


def _depends_on_luck(lesson: Lesson, step: int) -> bool:
    """Whether other initial weights can make a difference, and are not what the step itself is about."""
    solution = lesson.steps[step].solution
    return epochs_of(solution) > 0 and not any(isinstance(action, TrainStarts) for action in solution)


def _tried(lesson: Lesson, starts: int) -> list[int]:
    """For each step, from how many other initial weights its solution reaches the goal."""
    lucky = [_depends_on_luck(lesson, k) for k in range(len(lesson.steps))]

    def works(start: int) -> list[bool]:
        rehearsal = Rehearsal(from_start(lesson, start))
        reached = []
        for k, step in enumerate(lesson.steps):
            # A step that follows on from others needs these done; all others are done only where it matters.
            needed = lucky[k] or any(_follows(lesson, k, later) and lucky[later] for later in range(k + 1, len(lucky)))
            if needed:
                try:
                    rehearsal.go_to(k)
                    rehearsal.perform(step.solution)
                except CannotDoError:
                    pass
            reached.append(needed and rehearsal.met)
        return reached

    if starts == 0 or not any(lucky):
        return [0] * len(lesson.steps)
    with ThreadPoolExecutor(cpu_count()) as pool:
        results = list(pool.map(works, range(1, starts + 1)))
    return [sum(column) for column in zip(*results, strict=True)]


def _follows(lesson: Lesson, step: int, later: int) -> bool:
    """Whether a later step continues with the run of this one."""
    return all(one.opening is None for one in lesson.steps[step + 1 : later + 1])
