"""Settings and events as shown on the page: with labels, minus signs, and separate values before and after."""

from typing import Any

import pytest

from tinkernet.experiment import Experiment
from tinkernet.insight.compare import differences
from tinkernet.protocol.setting_words import experiment_in_words
from tinkernet.run.events import Changed, Frozen, WeightSet
from tinkernet.session.wording import change_in_words, difference_fact, event_fact

DEFAULT = Experiment(seed="0.5")


@pytest.mark.parametrize(
    ("settings", "name", "before", "after", "names_itself"),
    [
        ({"activation": "relu"}, "activation", "Tanh", "ReLU", True),
        ({"dataset": "spiral"}, "dataset", "Circle", "Spiral", True),
        ({"hidden": (1,)}, "hidden layers", "4 + 2 neurons", "1 neuron", True),
        ({"hidden": ()}, "hidden layers", "4 + 2 neurons", "no hidden layer", True),
        ({"features": ("x", "sinX")}, "features", "X1, X2", "X1, sin X1", True),
        ({"learning_rate": 1e-05}, "learning rate", "0.03", "0.00001", False),
        ({"regularization": "L1"}, "regularization", "None", "L1", False),
        ({"seed": "relu"}, "seed", DEFAULT.seed, "relu", False),
    ],
)
def test_a_difference_has_its_values_as_the_page_shows_them(
    settings: dict[str, Any], name: str, before: str, after: str, names_itself: object
) -> None:
    (difference,) = differences(DEFAULT, DEFAULT.replace(**settings))
    fact = difference_fact(difference)
    assert (fact.name, fact.before, fact.after, fact.names_itself) == (name, before, after, names_itself)


def test_a_marker_has_the_change_and_a_short_form_with_only_the_values() -> None:
    changed = Changed(
        epoch=3,
        position=0,
        before={"learning_rate": 0.03, "activation": "tanh"},
        after={"learning_rate": 0.5, "activation": "relu"},
    )
    fact = event_fact(changed)
    assert (fact.epoch, fact.text) == (3, "learning rate 0.03 → 0.5, activation Tanh → ReLU")
    assert fact.short == "0.03 → 0.5, Tanh → ReLU"


def test_edits_of_a_neuron_have_the_same_words_on_the_page_and_in_python() -> None:
    for event in (
        WeightSet(epoch=1, position=0, layer=0, to=1, source=0, value=-0.5),
        Frozen(epoch=1, position=0, layer=0, neuron=None, frozen=True),
    ):
        fact = event_fact(event)
        assert fact.text == fact.short == event.text
    assert event_fact(WeightSet(epoch=1, position=0, layer=0, to=1, source=0, value=-0.5)).text.endswith("set to −0.5")


def test_undo_names_the_requested_change_and_not_its_consequences() -> None:
    asked = {"problem": "regression"}
    new = DEFAULT.replace(problem="regression", dataset="reg-plane")
    assert change_in_words(DEFAULT, new, ["problem", "dataset"], asked) == "problem Classification → Regression"
    assert experiment_in_words(DEFAULT) == "Circle, 4 + 2 neurons, Tanh"
