"""What a person can pass on opens the same experiment for the recipient."""

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Experiment, View, link
from tinkernet.data import DATASETS
from tinkernet.fragment import CONTROLS
from tinkernet.fragment.names import NAMES
from tinkernet.network import ACTIVATIONS, FEATURES, REGULARIZATIONS
from tinkernet.protocol.state import Sharing
from tinkernet.session.sharing import sharing_fact

# What a link says that only tinkernet reads.
OUR_OWN = {
    "activations",
    "data",
    "dropout",
    "formulas",
    "initializer",
    "loss",
    "optimizer",
    "schedule",
    "seedText",
    "start",
}


def sharing(view: View | None = None, **settings: Any) -> Sharing:
    """How this experiment is shared."""
    experiment = Experiment(**{"seed": "0.5", **settings})
    view = view or View()
    return sharing_fact(experiment, view, link.write(experiment, view))


@pytest.mark.parametrize("dataset", [name for name, entry in DATASETS.items() if entry.in_original])
@pytest.mark.parametrize("activation", [name for name, entry in ACTIVATIONS.items() if entry.in_original])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
def test_all_that_the_original_has_is_shared_by_an_address_of_the_original(
    dataset: str, activation: str, regularization: str
) -> None:
    shared = sharing(
        dataset=dataset,
        activation=activation,
        regularization=regularization,
        features=list(FEATURES),
        hidden=[8, 7, 1],
        initializer="zeros",
        noise=25,
    )
    assert shared.original_link is not None
    assert shared.original_link.startswith("https://playground.tensorflow.org/#")
    assert shared.original_note == ""
    assert not OUR_OWN & {pair.split("=")[0] for pair in shared.original_link.partition("#")[2].split("&")}


def test_every_name_of_a_link_is_the_originals_or_known_as_our_own() -> None:
    default = Experiment(seed="0.5")
    odd = Experiment(seed="a b", start=3)
    fields = {name: getattr(odd, name) for name in odd.__struct_fields__}
    assert {name for name, entry in NAMES.items() if not entry.fits_original(fields)} == {"seedText", "start"}
    fields = {name: getattr(default, name) for name in default.__struct_fields__}
    assert all(entry.fits_original(fields) for entry in NAMES.values())


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"seed": "a b"}, "cannot open the seed “a b”"),
        ({"dataset": next(name for name, entry in DATASETS.items() if not entry.in_original)}, "the dataset “Moons”"),
        ({"start": 1}, "these come after a Reset"),
        ({"start": 1200}, "these come after 1,200 Resets"),
    ],
)
def test_what_the_original_does_not_know_is_said_instead_of_an_address(settings: dict[str, Any], reason: str) -> None:
    shared = sharing(**settings)
    assert shared.original_link is None
    assert reason in shared.original_note


def test_an_address_of_the_original_omits_what_only_tinkernet_shows() -> None:
    view = View(
        discretize=True,
        colours="original",
        starts=8,
        hidden_controls=("noise", "speed", "newPoints", "pins", "manyStarts"),
    )
    shared = sharing(view)
    assert shared.original_link == "https://playground.tensorflow.org/#seed=0.5&discretize=true&noise_hide=true"
    assert shared.original_note == "TensorFlow Playground cannot hide: New points."


@given(
    seed=st.text(min_size=1, max_size=20),
    tutorial=st.sampled_from(["", "it's", '"', "$HOME", "`x`", "a%PATH%", "!!", "\\"]),
    hidden=st.lists(st.sampled_from([name for name in CONTROLS if name not in FEATURES]), unique=True),
)
def test_the_command_hands_a_shell_exactly_the_link(seed: str, tutorial: str, hidden: list[str]) -> None:
    experiment, view = Experiment(seed=seed), View(tutorial=tutorial, hidden_controls=tuple(hidden))
    text = link.write(experiment, view)
    assert shlex.split(sharing_fact(experiment, view, text).command) == ["tinkernet", text]


def test_the_command_of_an_everyday_link_works_in_every_shell() -> None:
    assert sharing(dataset="xor", hidden=[3]).command == 'tinkernet "dataset=xor&networkShape=3&seed=0.5"'
