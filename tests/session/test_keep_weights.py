"""Keep weights: what can change keeps them, and what cannot says so."""

import msgspec
import numpy as np
from playing_alone import Alone, alone

from tinkernet.protocol import intentions


def change(page: Alone, **settings: object) -> None:
    """Change settings while the weights are to be kept."""
    raw = {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in settings.items()}
    page.do(intentions.Change(settings=raw, keep_weights=True))


def test_a_change_that_fits_keeps_the_weights_and_says_nothing() -> None:
    page = alone()
    page.do(intentions.Step())
    before = page.session._workspace.run.parameters
    change(page, activation="relu", batch_size=5)
    assert np.array_equal(page.session._workspace.run.parameters, before)
    assert page.page.last("notice") == {}


def test_a_change_of_the_network_says_that_it_started_again() -> None:
    page = alone()
    page.do(intentions.Step())
    change(page, hidden=[5, 2])
    assert page.session._workspace.run.epoch == 0
    assert page.page.last("notice")["message"] == (
        "Started again: a change of the hidden layers cannot keep the weights. Undo brings them back."
    )


def test_where_there_was_nothing_to_keep_nothing_is_said() -> None:
    page = alone()
    change(page, hidden=[5, 2])
    assert page.page.last("notice") == {}


def test_another_number_of_classes_says_that_it_started_again() -> None:
    page = alone()
    page.do(intentions.Step())
    change(page, dataset="iris")
    assert page.session._workspace.run.epoch == 0
    assert page.state["sizes"][-1] == 3
    assert page.page.last("notice")["message"] == (
        "Started again: a change of the number of classes cannot keep the weights. Undo brings them back."
    )
    page.do(intentions.Undo())
    assert page.session._workspace.run.epoch == 1
    assert page.state["sizes"][-1] == 1


def test_as_many_classes_keep_the_weights() -> None:
    page = alone(dataset="iris")
    page.do(intentions.Step())
    before = page.session._workspace.run.parameters
    change(page, dataset="wine")
    assert np.array_equal(page.session._workspace.run.parameters, before)
    assert page.page.last("notice") == {}
