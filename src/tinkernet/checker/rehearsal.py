"""Rehearsal: a session without a page and without a clock, in which a lesson's solutions are done."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.lessons.actions import (
    Action,
    ChooseAnswer,
    EditBias,
    EditWeight,
    GoToEpoch,
    Play,
    PlayUntil,
    Press,
    Repeat,
    Set,
    ShowTestData,
    StepEpochs,
    SwitchNeuron,
    TrainStarts,
    ViewNeuron,
)
from tinkernet.lessons.conditions import Condition, Diagnosed, InRange, Once
from tinkernet.lessons.evidence import Evidence
from tinkernet.lessons.goal import conditions_of
from tinkernet.lessons.lesson import Lesson
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol import intentions
from tinkernet.protocol.message import NeuronPlace
from tinkernet.session import sentences
from tinkernet.session.background import Notify
from tinkernet.session.messages import Attached
from tinkernet.session.own_data.room import FileRoom
from tinkernet.session.scheduler import Actor
from tinkernet.session.session import Session

TURN_SECONDS = 1.0
"""By how much the session's clock advances in each turn, so that everything that is due by time is due."""
MOST_TURNS = 1_000_000
DIAGNOSIS_TURNS = 10
"""After each action, where a goal asks for a diagnosis: one that takes long is repeated only some seconds later."""
BUTTONS = {
    "reset": intentions.Reset(),
    "rewind": intentions.Rewind(),
    "new points": intentions.NewPoints(),
    "undo": intentions.Undo(),
    "pin": intentions.PinRun(),
}


class CannotDoError(Exception):
    """An action of the solution cannot be done; the message is what the session said."""


class Rehearsal:
    """A session with this lesson. Deterministic: it depends on no clock and on no other thread."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._now = 0.0
        self._host, self._page = _Host(), _Page()
        self._session = Session.start("", Experiment(), View(), self._host, lambda: self._now, _Only(lesson))
        self._do(Attached(self._page))

    def go_to(self, step: int) -> None:
        """Begin a step, as Next does after the step before."""
        self._page.met = False
        goal = self._lesson.steps[step].goal
        self._host.diagnoses = goal is not None and any(map(_asks_diagnosis, conditions_of(goal)))
        if self._session.lessons.is_open:
            self._do(intentions.GoToStep(step=step))
        else:
            self._do(intentions.OpenLesson(name=self._lesson.name, step=step))

    @property
    def met(self) -> bool:
        """Whether the goal has been reached since the step began."""
        return self._page.met

    @property
    def evidence(self) -> Evidence:
        """What the goal looks at, now."""
        return self._session.lessons.evidence()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the goal, as the page shows them."""
        return self._page.rows

    @property
    def missing(self) -> list[str]:
        """What is missing of the goal, with the measured values: of a group, the conditions that could still count."""
        found: list[str] = []
        groups: dict[int, bool] = {}
        for row in self.rows:
            depth: int = row["depth"]
            groups = {deeper: met for deeper, met in groups.items() if deeper < depth}
            if any(groups.values()):
                continue  # the group is met without it
            if row["heading"]:
                groups[depth] = row["met"]
                found += [] if row["met"] else [f"{row['sentence'][:1].lower()}{row['sentence'][1:]}"]
            elif not row["met"]:
                found.append(f"{row['sentence']} ({row['measured']})" if row["measured"] else row["sentence"])
        return found

    def perform(self, actions: tuple[Action, ...]) -> None:
        """Do all of this, as far as it is needed for the goal: a repetition ends with it.

        Raises:
            CannotDoError: the session refuses something.
        """
        for action in actions:
            self._perform(action)
            for _ in range(DIAGNOSIS_TURNS if self._host.diagnoses else 0):
                self._turn()

    def _perform(self, action: Action) -> None:
        match action:
            case Play():
                self._play(action.epochs)
            case PlayUntil():
                self._play(action.most, action.condition)
            case TrainStarts():
                self._do(intentions.StartMany(n=action.n, epochs=action.epochs))
                self._host.work()
                self._turn()
            case ViewNeuron(layer=layer, neuron=neuron):
                sizes = self.evidence.run.layout.sizes
                if layer + 1 >= len(sizes) or neuron >= sizes[layer + 1]:
                    raise CannotDoError(sentences.NEURON_GONE)
                self._do(*_intentions(action))
            case Repeat():
                for _ in range(action.most):
                    self.perform(action.actions)
                    if self.met:
                        break
            case _:
                self._do(*_intentions(action))

    def _play(self, epochs: int, until: Condition | None = None) -> None:
        """Play until this is met or so many epochs are trained; divergence pauses."""
        end, loss = self.evidence.run.epoch + epochs, _loss_limit(until)
        self._do(intentions.SetSpeed(speed="max"))
        while (now := self.evidence).run.epoch < end and not now.run.diverged:
            if until is not None and until.met(now):
                break
            if until is None or (loss is not None and now.run.train_loss > loss):
                limit = intentions.StopAt(epoch=end, train_loss=loss)
            else:
                limit = intentions.StopAt(epoch=now.run.epoch + 1)
            self._do(limit, intentions.Play())
            while self._session.playing:
                self._turn()
        self._do(intentions.StopAt(), intentions.SetSpeed(speed="epoch"))

    def _do(self, *messages: msgspec.Struct) -> None:
        for message in messages:
            self._session.receive(message)
        self._turn()
        while self._session.waiting:
            self._turn()
        if self._page.troubles:
            raise CannotDoError(self._page.troubles.pop())

    def _turn(self) -> None:
        self._now += TURN_SECONDS
        self._session.turn(TURN_SECONDS)
        self._session.note_drawn(2**32)


def _loss_limit(until: Condition | None) -> float | None:
    """The training loss at which the session itself can pause for this condition."""
    if isinstance(until, InRange) and until.quantity.name == "train_loss" and until.comparison in ("<", "<="):
        return until.value
    return None


def _intentions(action: Action) -> list[msgspec.Struct]:  # noqa: C901, PLR0911 - one line for each kind of action
    """The intentions by which the page does an action that takes no time."""
    match action:
        case StepEpochs():
            return [intentions.Step()] * action.times
        case Press():
            return [BUTTONS[action.button]]
        case Set():
            return [intentions.Change(settings={action.field: _json(action.value)})]
        case EditWeight(layer=layer, to=to, source=source, value=value):
            return [intentions.SetWeight(layer=layer, to=to, source=source, value=value)]
        case EditBias(layer=layer, neuron=neuron, value=value):
            return [intentions.SetBias(layer=layer, neuron=neuron, value=value)]
        case SwitchNeuron(layer=layer, neuron=neuron, on=on):
            return [intentions.Switch(layer=layer, neuron=neuron, on=on)]
        case ViewNeuron(layer=layer, neuron=neuron):
            place = NeuronPlace(layer=layer, neuron=neuron)
            return [intentions.Watch(neuron_cells=0, output_cells=0, focus=place)]
        case GoToEpoch():
            return [intentions.Seek(epoch=action.epoch)]
        case ShowTestData():
            return [intentions.ChangeView(view={"show_test_data": _json(value=True)})]
        case ChooseAnswer():
            return [intentions.Answer(choice=action.choice)]
        case _:
            raise NotImplementedError(action)


def _asks_diagnosis(condition: Condition) -> bool:
    """Whether what the diagnosis says, now or at some moment, matters to this condition."""
    return isinstance(condition.condition if isinstance(condition, Once) else condition, Diagnosed)


def _json(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def from_start(lesson: Lesson, start: int) -> Lesson:
    """The lesson with other initial weights: those after so many resets."""
    steps = tuple(
        step
        if step.opening is None
        else replace(
            step,
            opening=replace(
                step.opening,
                experiment=step.opening.experiment.replace(start=step.opening.experiment.start + start),
            ),
        )
        for step in lesson.steps
    )
    return replace(lesson, steps=steps)


class _Only(Shelf):
    """A shelf with one lesson."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._only = lesson

    def lesson(self, _name: str) -> Lesson | None:
        return self._only


class _Page:
    """Keeps what matters of what a page is sent."""

    def __init__(self) -> None:
        self.met = False
        self.rows: list[dict[str, Any]] = []
        self.troubles: list[str] = []

    def post(self, payload: str | bytes) -> None:
        """Keep progress and troubles."""
        if isinstance(payload, bytes):
            return
        if payload.startswith('{"type":"lesson-progress"'):
            fact = json.loads(payload)
            self.met, self.rows = self.met or fact["met"], fact["rows"]
        elif payload.startswith('{"type":"trouble"'):
            self.troubles.append(json.loads(payload)["message"])


class _Host:
    """Does background work at once; a diagnosis only where it matters, as it takes long."""

    threads = 1

    def __init__(self) -> None:
        self.diagnoses = False
        self.files = FileRoom()
        self._woken: deque[Actor] = deque()

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Keep the workers of many starts; the session itself has its turns anyway."""
        del urgent
        if not isinstance(actor, Session):
            self._woken.append(actor)

    def compute(
        self,
        work: Callable[[], msgspec.Struct],
        failed: msgspec.Struct,
        notify: Notify,
        *,
        asked: bool = True,
        long: bool = False,
    ) -> None:
        """Do it now."""
        del long
        notify(work() if asked or self.diagnoses else failed)

    def work(self) -> None:
        """Give all workers turns until they have finished."""
        for _ in range(MOST_TURNS):
            if not self._woken:
                break
            actor = self._woken.popleft()
            if actor.turn(TURN_SECONDS) is not None:
                self._woken.append(actor)
