"""Which controls of the page a step needs: for what its solution does, and for what it marks."""

from collections.abc import Iterable, Iterator

from tinkernet.lessons.actions import Action, Play, PlayUntil, Press, Repeat, Set, ShowTestData, StepEpochs, TrainStarts
from tinkernet.lessons.parts import CONTROL_NAMES
from tinkernet.protocol.lesson import Highlight

OF_FIELDS = {
    "learning_rate": "learningRate",
    "activation": "activation",
    "regularization": "regularization",
    "regularization_rate": "regularizationRate",
    "problem": "problem",
    "dataset": "dataset",
    "noise": "noise",
    "train_percent": "percTrainData",
    "batch_size": "batchSize",
    "hidden": "numHiddenLayers",
}
OF_BUTTONS = {"reset": "resetButton", "rewind": "resetButton", "new points": "newPoints", "pin": "pins"}


def controls_of(action: Action) -> Iterator[tuple[str, str]]:
    """What an action does in words, with the control that it takes; nothing where it takes none that can be hidden."""
    match action:
        case Play() | PlayUntil():
            yield "plays", "playButton"
        case StepEpochs():
            yield "presses Step", "stepButton"
        case Press(button=button) if button in OF_BUTTONS:
            yield f"presses {button}", OF_BUTTONS[button]
        case Set(field=field) if field in OF_FIELDS:
            yield f"sets {field}", OF_FIELDS[field]
        case ShowTestData():
            yield "shows the test data", "showTestData"
        case TrainStarts():
            yield "trains many starts", "manyStarts"
        case Repeat(actions=actions):
            for inner in actions:
                yield from controls_of(inner)
        case _:
            pass


def shown_controls(highlights: Iterable[Highlight]) -> Iterator[tuple[str, str]]:
    """The marked parts of the page that are controls, each with its control."""
    for highlight in highlights:
        name = (highlight.part or "").replace("-", " ")
        if name in CONTROL_NAMES:
            yield name, CONTROL_NAMES[name]
