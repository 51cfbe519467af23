"""What a lesson calls the parts of the page: to mark them, and to say which controls show."""

import re

from tinkernet.checks import suggestion
from tinkernet.experiment import Experiment
from tinkernet.formula import FormulaError
from tinkernet.fragment import CONTROLS
from tinkernet.lessons.places import BIAS, NEURON, WEIGHT
from tinkernet.network import FEATURES
from tinkernet.network.inputs import PLANE_INPUTS
from tinkernet.protocol.lesson import Highlight
from tinkernet.protocol.message import INPUTS
from tinkernet.protocol.terms import PARTS

_PARTS = {part.replace("-", " "): part for part in PARTS}
CONTROL_NAMES = {
    "play": "playButton",
    "step": "stepButton",
    "reset": "resetButton",
    "speed": "speed",
    "learning rate": "learningRate",
    "activation": "activation",
    "regularization": "regularization",
    "regularization rate": "regularizationRate",
    "problem": "problem",
    "dataset": "dataset",
    "new points": "newPoints",
    "training data": "percTrainData",
    "noise": "noise",
    "batch size": "batchSize",
    "layers": "numHiddenLayers",
    "pins": "pins",
    "many starts": "manyStarts",
    "diagnosis": "diagnosis",
    "inputs by formula": "formulas",
    "show test data": "showTestData",
    "discretize": "discretize",
}


def read_highlight(text: str, experiment: Experiment) -> Highlight:
    """What is marked under this name, where the step has this experiment.

    Raises:
        ValueError: the page has no such part, or the network no such neuron.
    """
    text = " ".join(text.split())
    if text in _PARTS:
        return Highlight(kind="part", part=_PARTS[text])
    sizes = (len(experiment.features), *experiment.hidden, 1)
    numbers = [int(number) - 1 for number in re.findall(r"\d+", text)]
    if text.startswith("input "):
        feature = _feature(text.removeprefix("input "))
        if feature not in experiment.features:
            known = suggestion(feature, FEATURES)
            raise ValueError(f"“{feature}” is not an input of this network{known}")
        return Highlight(kind="neuron", layer=INPUTS, neuron=experiment.features.index(feature))
    if re.fullmatch(NEURON, text):
        neuron, layer = numbers
        found, before = Highlight(kind="neuron", layer=layer, neuron=neuron), 0
    elif re.fullmatch(BIAS, text):
        neuron, layer = numbers
        found, before = Highlight(kind="bias", layer=layer, neuron=neuron), 0
    elif re.fullmatch(WEIGHT, text):
        before, neuron, layer = numbers
        found = Highlight(kind="weight", layer=layer, neuron=neuron, source=before)
    else:
        raise ValueError(f"the page has no part “{text}”{suggestion(text, _PARTS)}")
    if not (0 <= layer < len(sizes) - 1 and 0 <= neuron < sizes[layer + 1] and 0 <= before < sizes[layer]):
        raise ValueError(f"this network has no {text}")
    return found


def _feature(text: str) -> str:
    """The name of a feature that may be written as a formula."""
    try:
        return PLANE_INPUTS.feature_name(text)
    except FormulaError:
        return text


def read_control(text: str) -> str:
    """The control of this name, as a view has it.

    Raises:
        ValueError: there is no such control.
    """
    name = " ".join(text.split())
    if name not in CONTROL_NAMES:
        raise ValueError(f"there is no control “{name}”{suggestion(name, CONTROL_NAMES)}")
    return CONTROL_NAMES[name]


def all_except(shown: set[str]) -> tuple[str, ...]:
    """All controls except these and those of the inputs, which a lesson never hides."""
    return tuple(name for name in CONTROLS if name not in shown and name not in FEATURES)
