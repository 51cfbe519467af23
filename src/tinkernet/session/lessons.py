"""Lessons: which step of which lesson is open, what the person has done in it, and whether its goal is reached.

The view says which step is open, so the place is kept by all that keeps a view: the link, undo, a restart of the
server. Everything else here begins again with a step.
"""

import math
from typing import Self

import msgspec
from msgspec import structs

from tinkernet.fragment import View
from tinkernet.lessons.evidence import Evidence, Record
from tinkernet.lessons.lesson import Lesson, Step
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.lesson import AnswerFact, GoalRow, LessonFact, LessonProgress, StepFact
from tinkernet.session import sentences
from tinkernet.session.diagnosis import Diagnoser
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.starts.feature import ManyStarts
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace, page_run

PROGRESS_SECONDS = 0.2
"""The least time between two messages with nothing new but measured values."""
NOWHERE = ("", 0)


class LessonChanged(msgspec.Struct, frozen=True):
    """The lesson that comes from a file has been saved by its author."""


class Lessons(SessionFeature):
    """The open lesson, if there is one."""

    def __init__(
        self,
        workspace: Workspace,
        undo: UndoHistory,
        training: Training,
        shelf: Shelf,
        starts: ManyStarts,
        diagnoser: Diagnoser,
    ) -> None:
        self._workspace, self._undo, self._training, self._shelf = workspace, undo, training, shelf
        self._starts, self._diagnoser = starts, diagnoser
        self._starts_before = 0
        """The many starts that were trained before the step: they do not count for its goal."""
        self._lesson: Lesson | None = None
        self._place = NOWHERE
        """The lesson and the step, from 1, that `_record` is about."""
        self._record = Record()
        self._rows_met: list[GoalRow] = []
        """The goal as it was when it was reached; empty until then."""
        self._hidden_before: tuple[str, ...] = ()
        """The controls that were hidden before the lesson."""
        self._lesson_sent: LessonFact | None = NO_LESSON
        self._progress_sent: LessonProgress | None = None
        self._next_progress = -math.inf
        self._values_due = False
        """Whether measured values have changed that were too soon to send."""

    def handlers(self) -> Handlers:
        return {
            intentions.OpenLesson: self._open,
            intentions.GoToStep: lambda message: self._go_to(message.step),
            intentions.Answer: self._answer,
            intentions.LeaveLesson: self._leave,
            LessonChanged: self._changed,
        }

    def copy_state(self, original: Self) -> None:
        """Keep what is hidden outside of the lesson; the step itself begins again, with the view's place."""
        self._hidden_before = original._hidden_before

    @property
    def is_open(self) -> bool:
        """Whether a lesson is open."""
        return self._lesson is not None

    # --- What a person does -----------------------------------------------------

    def _open(self, message: intentions.OpenLesson) -> None:
        lesson = self._shelf.lesson(message.name)
        if lesson is None:
            raise IntentionError(sentences.no_such_lesson(message.name))
        if self._lesson is None:
            self._hidden_before = self._workspace.view.hidden_controls
        self._show(lesson, min(message.step, len(lesson.steps) - 1), sentences.OPEN_LESSON)

    def _go_to(self, step: int) -> None:
        lesson = self._open_lesson()
        step = min(step, len(lesson.steps) - 1)
        self._show(lesson, step, sentences.go_to_step(step + 1))

    def _show(self, lesson: Lesson, step: int, words: str) -> None:
        """Open a step with its experiment; the next step continues with the present run if it has none itself."""
        workspace, shown = self._workspace, lesson.steps[step]
        follows = self._place == (lesson.name, step)  # whose steps count from 1: the one before
        opening = shown.opening if follows else lesson.opening_of(step)
        view = step_view(workspace.view if opening is None else opening.view, workspace.view, lesson, step)
        if opening is None:
            self._undo.change_view(words, view)
        else:
            self._undo.restart(words, page_run(opening.experiment), view)
            self._training.use_normal_speed()
            self._training.clear_limits()
        self._begin(lesson, step)

    def _answer(self, message: intentions.Answer) -> None:
        choices = self._step().choices
        if message.choice >= len(choices):
            raise IntentionError(sentences.NO_ANSWER)
        self._record.choice = message.choice
        self._record.right = choices[message.choice].right

    def _leave(self, _message: intentions.LeaveLesson) -> None:
        self._open_lesson()
        view = self._workspace.view
        before = structs.replace(view, lesson="", lesson_step=0, hidden_controls=self._hidden_before)
        self._undo.change_view(sentences.LEAVE_LESSON, before)
        self._end()

    def _open_lesson(self) -> Lesson:
        if self._lesson is None:
            raise IntentionError(sentences.NO_LESSON)
        return self._lesson

    def _step(self) -> Step:
        return self._open_lesson().steps[self._place[1] - 1]

    def note(self, message: msgspec.Struct) -> None:
        """Record what the person has done; called after a message has been handled."""
        if self._lesson is None:
            return
        record = self._record
        record.sample(self._workspace.run_number, self._workspace.present)
        match message:
            case intentions.Reset():
                record.resets += 1
            case intentions.Undo():
                record.undos += 1
            case intentions.PinRun():
                record.pins += 1
            case intentions.SetWeight(done=True) | intentions.SetBias(done=True):
                record.moves += 1
            case intentions.Watch(focus=focus) if focus is not None and focus.layer >= 0:
                record.viewed.add((focus.layer, focus.neuron))
            case _:
                pass

    # --- Following the view -------------------------------------------------------

    def settle(self) -> None:
        """Follow the view to another step, which a link, undo or the page has brought; called in every turn."""
        view = self._workspace.view
        place = (view.lesson, view.lesson_step)
        if place == self._place:
            if self._lesson is not None:
                self._record.sample(self._workspace.run_number, self._workspace.present)
            return
        if not view.lesson:
            self._end()
            return
        lesson = self._shelf.lesson(view.lesson)
        if lesson is None:
            self._workspace.post(facts.Notice(message=sentences.no_such_lesson(view.lesson)))
            self._workspace.view = structs.replace(view, lesson="", lesson_step=0)
            self._workspace.mark_changed()
            self._end()
        elif view.lesson_step == 0:
            self._begin_at_start(lesson)
        else:
            step = min(view.lesson_step, len(lesson.steps)) - 1
            self._workspace.view = structs.replace(view, lesson_step=step + 1)
            self._begin(lesson, step)

    def _begin_at_start(self, lesson: Lesson) -> None:
        """A link that only names the lesson: its first step's experiment comes instead of the link's."""
        workspace = self._workspace
        opening = lesson.opening_of(0)
        if opening is not None:
            workspace.view = step_view(opening.view, workspace.view, lesson, 0)
            workspace.pause()
            workspace.begin(page_run(opening.experiment))
            workspace.mark_changed()
        self._begin(lesson, 0)

    def _begin(self, lesson: Lesson, step: int) -> None:
        self._lesson, self._place = lesson, (lesson.name, step + 1)
        self._record, self._rows_met, self._starts_before = Record(), [], self._starts.number
        self._record.sample(self._workspace.run_number, self._workspace.present)

    def _end(self) -> None:
        self._lesson, self._place = None, NOWHERE
        self._record, self._rows_met = Record(), []

    def _changed(self, _message: LessonChanged) -> None:
        """The author has saved the file: a step whose experiment or controls are others now begins again."""
        if self._lesson is None or self._lesson.name != self._shelf.own_name:
            return
        lesson, before, step = self._shelf.lesson(self._lesson.name), self._lesson, self._place[1] - 1
        if lesson is None or lesson is before:
            return
        last = len(lesson.steps) - 1
        there, here = before.steps[step], lesson.steps[min(step, last)]
        self._lesson = lesson
        if step > last or (here.opening, here.hidden_controls) != (there.opening, there.hidden_controls):
            self._go_to(min(step, last))

    # --- What the page is sent -----------------------------------------------------

    def page_attached(self) -> None:
        self._lesson_sent, self._progress_sent = None, None

    def due(self) -> float | None:
        """When measured values that have changed can be sent."""
        return self._next_progress if self._values_due else None

    def report(self, page: Page) -> None:
        """Send the lesson, and how much of the goal is reached, where the page does not know it."""
        lesson = NO_LESSON if self._lesson is None else lesson_fact(self._lesson, self._problem())
        if lesson != self._lesson_sent and not (self._lesson_sent is None and lesson is NO_LESSON):
            page.post(facts.text(lesson))
        self._lesson_sent = lesson
        if self._lesson is None:
            self._progress_sent, self._values_due = None, False
            return
        progress, sent, now = self._progress(), self._progress_sent, self._workspace.clock()
        soon = now < self._next_progress and sent is not None and _same_but_values(progress, sent)
        self._values_due = progress != sent and soon
        if progress == sent or soon:
            return
        self._progress_sent, self._next_progress = progress, now + PROGRESS_SECONDS
        page.post(facts.text(progress))

    def _problem(self) -> str:
        return self._shelf.problem if self._place[0] == self._shelf.own_name else ""

    def evidence(self) -> Evidence:
        """What the goal looks at, now."""
        workspace, starts = self._workspace, self._starts.result()
        return Evidence(
            run=workspace.run,
            view=workspace.view,
            record=self._record,
            playing=workspace.playing,
            in_past=workspace.in_past,
            starts=starts if starts is not None and starts.number > self._starts_before else None,
            findings=self._diagnoser.kinds,
        )

    def _progress(self) -> LessonProgress:
        step, record = self._step(), self._record
        rows = []
        if step.goal is not None:
            evidence = self.evidence()
            step.goal.watch(evidence)
            if not self._rows_met and step.goal.met(evidence):
                self._rows_met = step.goal.rows(evidence)
            # What was reached stays as it was then, whatever the person tries next.
            rows = self._rows_met or step.goal.rows(evidence)
        answer = None
        if record.choice is not None:
            reply = list(step.choices[record.choice].because)
            answer = AnswerFact(choice=record.choice, right=record.right, reply=reply)
        name, number = self._place
        return LessonProgress(lesson=name, step=number - 1, met=bool(self._rows_met), rows=rows, answer=answer)


NO_LESSON = LessonFact(name="", title="", minutes=0, author="", language="", steps=[], problem="")


def lesson_fact(lesson: Lesson, problem: str) -> LessonFact:
    """A lesson for the page: what there is to read, without the goals and solutions."""
    return LessonFact(
        name=lesson.name,
        title=lesson.title,
        minutes=lesson.minutes,
        author=lesson.author,
        language=lesson.language,
        steps=[
            StepFact(
                title=step.title,
                text=list(step.text),
                hint=list(step.hint),
                question=list(step.question),
                answers=[list(choice.words) for choice in step.choices],
                has_goal=step.goal is not None,
                highlights=list(step.highlights),
            )
            for step in lesson.steps
        ],
        problem=problem,
    )


def step_view(opened: View, current: View, lesson: Lesson, step: int) -> View:
    """The view of a step: what its link says, in the colours that the person has chosen."""
    return structs.replace(
        opened,
        lesson=lesson.name,
        lesson_step=step + 1,
        hidden_controls=lesson.steps[step].hidden_controls,
        colours=current.colours,
    )


def _same_but_values(one: LessonProgress, other: LessonProgress) -> bool:
    """Whether two messages differ in measured values only."""

    def rest(progress: LessonProgress) -> LessonProgress:
        return structs.replace(progress, rows=[structs.replace(row, measured="") for row in progress.rows])

    return rest(one) == rest(other)
