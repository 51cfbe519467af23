"""Undo and redo keep what an optimizer has gathered: the run continues with the same bits."""

import msgspec
import pytest
from playing_alone import Alone, alone

from tinkernet.protocol import intentions
from tinkernet.protocol.message import Speed

CHANGES = [
    pytest.param({"learning_rate": 0.1}, id="learning rate"),
    pytest.param({"optimizer": "rmsprop"}, id="another optimizer"),
    pytest.param({"optimizer": "adamw"}, id="an optimizer that keeps the same numbers"),
    pytest.param({"optimizer": {"name": "adam", "beta1": 0.5}}, id="a parameter of the optimizer"),
    pytest.param({"optimizer": "sgd"}, id="an optimizer that keeps nothing"),
    pytest.param({"schedule": "exponential,factor:0.9", "dropout": 0.2}, id="schedule and dropout"),
]
SPEEDS = ["epoch", "batch", "point"]


def trained(speed: Speed, steps: int) -> Alone:
    """A session with Adam that has trained so many steps."""
    page = alone(optimizer="adam", learning_rate=0.01, batch_size=10)
    page.do(intentions.SetSpeed(speed=speed))
    return step(page, steps)


def step(page: Alone, steps: int) -> Alone:
    """Train so many steps."""
    for _ in range(steps):
        page.do(intentions.Step())
    return page


def change(page: Alone, settings: dict[str, object]) -> Alone:
    """Change settings and keep the weights."""
    raw = {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in settings.items()}
    page.do(intentions.Change(settings=raw, keep_weights=True))
    return page


def bits(page: Alone) -> tuple[object, ...]:
    """Everything that the next update depends on."""
    run = page.session._workspace.run
    learner = run._state.learner
    arrays = (learner.parameters, learner.gradients, learner.held, learner.kept)
    return (run.experiment, run.epoch, run.position, learner.updates, *(array.tobytes() for array in arrays))


@pytest.mark.parametrize("settings", CHANGES)
@pytest.mark.parametrize("speed", SPEEDS)
def test_a_change_that_is_undone_has_never_been(speed: Speed, settings: dict[str, object]) -> None:
    expected = trained(speed, 7)
    page = step(change(trained(speed, 7), settings), 4)
    assert bits(page) != bits(expected)
    page.do(intentions.Undo())
    assert bits(page) == bits(expected)
    assert bits(step(page, 9)) == bits(step(expected, 9))


@pytest.mark.parametrize("settings", CHANGES)
@pytest.mark.parametrize("speed", SPEEDS)
def test_a_change_that_is_redone_continues_where_it_was(speed: Speed, settings: dict[str, object]) -> None:
    expected = step(change(trained(speed, 7), settings), 4)
    page = step(change(trained(speed, 7), settings), 4)
    page.do(intentions.Undo())
    step(page, 0)
    page.do(intentions.Redo())
    assert bits(page) == bits(expected)
    assert bits(step(page, 9)) == bits(step(expected, 9))


def test_switching_the_optimizer_back_begins_it_again_other_than_undo() -> None:
    expected = trained("epoch", 7)
    page = change(change(trained("epoch", 7), {"optimizer": "rmsprop"}), {"optimizer": "adam"})
    assert bits(page)[1:3] == bits(expected)[1:3]
    assert bits(page) != bits(expected)
