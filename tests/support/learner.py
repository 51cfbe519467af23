"""A learner in a browser: does the actions of a lesson's solution with the mouse and the keyboard."""

import math
import re
from decimal import Decimal
from typing import Any

from browsing import Tab
from playwright.sync_api import Locator, expect

from tinkernet.data import DATASETS
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
from tinkernet.lessons.conditions import InRange
from tinkernet.lessons.lesson import Lesson
from tinkernet.network import FEATURES

LONG = 90_000.0
"""Milliseconds for the longest training of a lesson."""
CHOICES = {
    "learning_rate": "Learning rate",
    "activation": "Activation",
    "regularization": "Regularization",
    "regularization_rate": "Regularization rate",
    "problem": "Problem",
}
SLIDERS = {"noise": "Noise", "train_percent": "Training data", "batch_size": "Batch size"}
BUTTONS = {"reset": "Reset", "rewind": "Rewind", "new points": "New points", "undo": "Undo", "pin": "Pin run"}

ENOUGH = """([epoch, loss, least]) => {
  const number = (name) => Number(document.querySelector(`[data-testid=${name}]`).dataset.value);
  return (
    number("epoch") >= epoch ||
    !Number.isFinite(number("train-loss")) ||
    (loss !== null && number(loss) <= least) ||
    document.querySelector("[data-goal=met]") !== null ||
    document.querySelector("[aria-label=Play]") !== null
  );
}"""


class Learner:
    """Follows a lesson that is open in a tab."""

    def __init__(self, tab: Tab, lesson: Lesson) -> None:
        self.tab, self.lesson = tab, lesson

    @property
    def panel(self) -> Locator:
        """The lesson."""
        return self.tab.page.get_by_role("complementary")

    def begin(self, step: int) -> None:
        """See the step's title, which is there after Next."""
        expect(self.panel.get_by_role("heading", name=self.lesson.steps[step].title, exact=True)).to_be_visible()

    def done(self) -> bool:
        """Whether the goal is reached."""
        return self.panel.locator("[data-goal=met]").count() > 0

    def next(self) -> None:
        """Go to the next step."""
        self.panel.get_by_role("button", name=re.compile("^Next")).click()

    def do(self, actions: tuple[Action, ...]) -> None:
        """Do all of this."""
        for action in actions:
            self._do(action)

    def _do(self, action: Action) -> None:  # noqa: C901, PLR0912 - one case for each kind of action
        match action:
            case Play():
                self._play(action.epochs)
            case PlayUntil():
                self._play(action.most, action.condition if isinstance(action.condition, InRange) else None)
            case StepEpochs():
                for _ in range(action.times):
                    before = self.tab.number("epoch")
                    self._reach(self.tab.button("Step")).click()
                    self.tab.comes_past(before)
            case Press():
                self._press(BUTTONS[action.button])
            case Set():
                self._set(action.field, action.value)
            case EditWeight():
                source = self._input(action.source) if action.layer == 0 else _neuron(action.source, action.layer - 1)
                self._type(f"Weight from {source} to {self._target(action.layer, action.to)}", action.value)
            case EditBias():
                self._type(f"Bias of {self._target(action.layer, action.neuron)}", action.value)
            case SwitchNeuron():
                self._switch(action)
            case ViewNeuron():
                self._view(action.layer, action.neuron)
            case TrainStarts():
                self._train_starts(action)
            case GoToEpoch():
                self.tab.slider("Epoch").press("Home")
                for _ in range(action.epoch):
                    self.tab.slider("Epoch").press("ArrowRight")
            case ShowTestData():
                self._reach(self.tab.switch("Show test data")).click()
            case ChooseAnswer():
                self.panel.get_by_role("radio").nth(action.choice).check()
            case Repeat():
                self._repeat(action)

    def _repeat(self, action: Repeat) -> None:
        for _ in range(action.most):
            self.do(action.actions)
            self.tab.page.wait_for_timeout(400)
            if self.done():
                break

    # --- Training ---------------------------------------------------------------

    def _play(self, epochs: int, until: InRange | None = None) -> None:
        """Play at the fastest speed that the step offers, and pause at about this many further epochs."""
        faster = self.tab.radio("8×")
        if epochs > 120 and faster.count() and faster.is_visible():
            faster.check(force=True)
        losses = {"train_loss": "train-loss", "test_loss": "test-loss"}
        loss = losses.get(until.quantity.name) if until is not None and until.comparison in ("<", "<=") else None
        before = self.tab.number("epoch")
        self._reach(self.tab.button("Play")).click()
        if math.isnan(self.tab.number("train-loss")):
            return  # there is nothing to train after divergence, as the page says
        self.tab.comes_past(before)
        target = [before + epochs, loss, until.value if until is not None else 0]
        self.tab.page.wait_for_function(ENOUGH, arg=target, timeout=LONG)
        pause = self.tab.button("Pause")
        if pause.count():
            pause.click()
        expect(self.tab.button("Play")).to_be_visible()

    def _train_starts(self, action: TrainStarts) -> None:
        drawer = self.tab.dialog("Many starts")
        if drawer.count() == 0:
            self._press("Many starts")
        number = drawer.get_by_role("combobox", name="Number of starts")
        epochs = drawer.get_by_role("textbox", name="Epochs of each start")
        # Opened for another experiment it begins at once.
        if (number.input_value(), epochs.input_value()) != (str(action.n), str(action.epochs)):
            number.select_option(str(action.n))
            epochs.fill(str(action.epochs))
            epochs.press("Enter")
            drawer.get_by_role("button", name="Start", exact=True).click()
        self.tab.page.wait_for_timeout(500)
        expect(drawer.get_by_role("button", name="Stop", exact=True)).to_have_count(0, timeout=LONG)
        drawer.press("Escape")
        expect(drawer).to_have_count(0)

    # --- Settings -----------------------------------------------------------------

    def _set(self, field: str, value: Any) -> None:
        if field in CHOICES:
            text = format(Decimal(repr(value)).normalize(), "f") if isinstance(value, float) else str(value)
            self._reach(self.tab.choice(CHOICES[field])).select_option(value=text)
        elif field in SLIDERS:
            self._reach(self.tab.slider(SLIDERS[field])).fill(format(value, "g"))
        elif field == "dataset":
            tile = self.tab.radio(DATASETS[value].label)
            if tile.count() == 0:
                self._reach(self.tab.button("More data")).click()
            self._reach(tile).check(force=True)
        elif field == "features":
            for name, feature in FEATURES.items():
                self._toggle(f"Feature {feature.label}", on=name in value)
        elif field == "hidden":
            self._shape(value)
        else:
            raise NotImplementedError(field)

    def _toggle(self, feature: str, *, on: bool) -> None:
        switch = self.tab.switch(feature)
        if switch.count() == 0 and on:
            self.tab.page.get_by_role("button", name=re.compile("^Show the other")).click()
        if switch.count() and switch.is_checked() != on:
            self._reach(switch).click()
            expect(switch).to_be_checked(checked=on)

    def _shape(self, hidden: tuple[int, ...]) -> None:
        text = self.tab.link().get("networkShape", "4,2")
        layers = len([size for size in text.split(",") if size])
        for _ in range(abs(len(hidden) - layers)):
            name = "Add hidden layer" if len(hidden) > layers else "Remove hidden layer"
            self._reshape(name)
        for layer, size in enumerate(hidden, start=1):
            while True:
                sizes = [int(size) for size in self.tab.link().get("networkShape", "4,2").split(",")]
                if sizes[layer - 1] == size:
                    break
                verb, where = ("Add", "to") if sizes[layer - 1] < size else ("Remove", "from")
                self._reshape(f"{verb} neuron {where} layer {layer}")

    def _reshape(self, button: str) -> None:
        """Press a button, and wait until the address has the other layers."""
        before = self.tab.link().get("networkShape")
        self._reach(self.tab.button(button)).click()
        self.tab.page.wait_for_function(
            "before => new URLSearchParams(location.hash.slice(1)).get('networkShape') !== before", arg=before
        )

    # --- The network ----------------------------------------------------------------

    def _view(self, layer: int, neuron: int) -> None:
        handle = self._reach(self.tab.button(_neuron(neuron, layer).capitalize()))
        if self._touches:
            handle.tap()
        else:
            handle.hover()
        self.tab.page.wait_for_timeout(500)
        if self._touches:
            self.tab.press("Escape")

    def _switch(self, action: SwitchNeuron) -> None:
        self._reach(self.tab.button(re.compile(f"^{_neuron(action.neuron, action.layer).capitalize()}"))).click()  # type: ignore[arg-type]
        self.tab.page.get_by_role("switch", name="Switched on").set_checked(action.on)
        self.tab.press("Escape")

    def _type(self, name: str, value: float) -> None:
        """Open the editor of a weight or a bias, and type a value."""
        handle = self._reach(self.tab.button(name), attached=True)
        handle.focus()
        handle.press("Enter")
        number = self.tab.dialog(name).get_by_role("textbox", name="Value")
        number.fill(str(value))
        number.press("Enter")
        number.press("Escape")

    def _target(self, layer: int, neuron: int) -> str:
        hidden = [size for size in self.tab.link().get("networkShape", "4,2").split(",") if size]
        return "output neuron" if layer == len(hidden) else _neuron(neuron, layer)

    def _input(self, place: int) -> str:
        used = self.tab.page.get_by_role("switch", name=re.compile("^Feature "), checked=True)
        return (used.nth(place).get_attribute("aria-label") or "").removeprefix("Feature ")

    # --- Finding controls ---------------------------------------------------------------

    @property
    def _touches(self) -> bool:
        return bool(self.tab.page.evaluate("() => matchMedia('(pointer: coarse)').matches"))

    def _press(self, name: str) -> None:
        """Press a button, or choose the item of the menu that stands for it where room is short."""
        button = self.tab.page.get_by_role("button", name=re.compile(f"^{name}"))
        if button.count() and button.first.is_visible():
            button.first.click()
        else:
            self.tab.menu(name)

    def _reach(self, what: Locator, *, attached: bool = False) -> Locator:
        """Make a control visible: where room is short, it may be in another tab of the page."""
        for tab in ("", "Network", "Data", "Settings"):
            if tab and (other := self.tab.page.get_by_role("tab", name=tab)).count():
                other.click()
            if what.count() and (attached or what.first.is_visible()):
                break
        return what.first


def _neuron(neuron: int, layer: int) -> str:
    return f"neuron {neuron + 1} of layer {layer + 1}"
