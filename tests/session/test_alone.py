"""A session without a server; sessions do not affect each other."""

import logging
from collections import deque
from collections.abc import Iterator
from types import FunctionType, MethodType, ModuleType
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing_alone import SLICE, Alone, FakePage, alone

from tinkernet import Run
from tinkernet.engine import Learner
from tinkernet.protocol import intentions
from tinkernet.run import History
from tinkernet.session.messages import Attached, Detached

PASSED_ON = (str, bytes, int, float, bool, type(None), type, FunctionType, ModuleType, MethodType)


def raw(**values: object) -> dict[str, msgspec.Raw]:
    """Settings encoded as in a message."""
    return {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in values.items()}


def test_a_run_plays_at_sixty_epochs_a_second_of_its_clock() -> None:
    driven = alone()
    driven.do(intentions.Watch(neuron_cells=4, output_cells=4), intentions.Play())
    for _ in range(60):
        driven.turn(1 / 60)
    driven.do(intentions.Pause())
    assert driven.state["present"] == 61  # the first epoch is due immediately


def test_a_run_that_diverges_pauses_there_and_trains_no_further() -> None:
    driven = alone(problem="regression", activation="linear", learning_rate=1000.0)
    driven.do(intentions.Watch(neuron_cells=4, output_cells=4), intentions.Play())
    for _ in range(300):
        driven.turn(1 / 60)
    driven.do()
    assert driven.state["playing"] is False
    epoch = driven.state["present"]
    assert epoch < 300
    assert np.isfinite(driven.session._workspace.run.history.train_loss[:-1]).all()
    driven.do(intentions.Play(), intentions.Step())
    assert "training has diverged" in driven.page.last("notice")["message"]
    assert (driven.state["playing"], driven.state["present"]) == (False, epoch)


@pytest.mark.parametrize("between", [1 / 60, 0.019, 0.05])
def test_under_load_a_playing_page_gets_fifteen_frames_a_second(between: float) -> None:
    driven = alone()
    driven.do(intentions.Watch(neuron_cells=4, output_cells=4), intentions.Play())
    before = len(driven.page.binary)
    for _ in range(round(10 / between)):
        driven.turn(between, slice_seconds=SLICE / 2)
    assert len(driven.page.binary) - before == pytest.approx(150, abs=2)


def test_under_load_user_input_is_shown_immediately_and_the_next_frame_is_not_delayed() -> None:
    driven = alone()
    driven.do(intentions.Watch(neuron_cells=4, output_cells=4), intentions.Play())
    for _ in range(60):
        driven.turn(1 / 60, slice_seconds=SLICE / 2)
    before = len(driven.page.binary)
    for value in range(30):
        driven.session.receive(intentions.SetWeight(layer=0, to=0, source=0, value=value, done=False))
        driven.turn(1 / 60, slice_seconds=SLICE / 2)
    assert len(driven.page.binary) - before == 30
    for _ in range(60):
        driven.turn(1 / 60, slice_seconds=SLICE / 2)
    assert len(driven.page.binary) - before == pytest.approx(45, abs=1)


def test_a_page_that_disconnects_during_a_turn_does_not_break_it() -> None:
    driven = alone()
    driven.do(intentions.Watch(neuron_cells=4, output_cells=4), intentions.Play())
    driven.session.receive(Detached(driven.page))
    sent = len(driven.page.binary)
    assert driven.turn(1 / 60) is not None  # it continues to play
    assert len(driven.page.binary) == sent


def test_a_reconnected_page_is_not_detached_by_the_previous_connection() -> None:
    driven, old = alone(), FakePage()
    driven.do(Attached(driven.page), Detached(old), intentions.Reset())
    assert driven.state["undo"] == "reset"


def test_a_drag_is_one_undo_step() -> None:
    driven = alone()
    before = driven.state["experiment"]
    for noise in (5, 10, 15):
        driven.do(intentions.Change(settings=raw(noise=noise), done=False))
    driven.do(intentions.Change(settings=raw(noise=15), done=True), intentions.Undo())
    assert driven.state["experiment"] == before
    assert driven.state["undo"] is None


def test_everything_except_a_seek_waits_for_an_earlier_epoch() -> None:
    driven = alone(at_once=False)
    driven.do(*[intentions.Step()] * 5)
    driven.host.pending.clear()
    driven.do(intentions.Seek(epoch=2), intentions.Step())
    assert driven.state["present"] == 5
    driven.host.finish()
    driven.do()
    # A step at an earlier epoch branches there, and pins the latest state.
    assert [pin["epoch"] for pin in driven.state["pins"]] == [5]
    assert driven.state["present"] == 3


def objects(root: object) -> Iterator[object]:
    """All mutable objects reachable from this one."""
    seen: set[int] = set()
    waiting = deque([root])
    while waiting:
        one = waiting.popleft()
        if id(one) in seen or isinstance(one, PASSED_ON):
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list | tuple | set | deque | frozenset):
            waiting.extend(one)
        else:
            names = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
            waiting.extend(getattr(one, name) for name in names if hasattr(one, name))
            waiting.extend(getattr(one, "__dict__", {}).values())


def busy() -> Alone:
    """A session that uses every feature."""
    driven = alone()
    driven.do(
        intentions.Watch(neuron_cells=4, output_cells=4),
        intentions.Step(),
        intentions.PinRun(),
        intentions.TrainPins(on=True),
        intentions.SetWeight(layer=0, to=0, source=1, value=0.5),
        intentions.Step(),
        intentions.StopAt(epoch=77),
        intentions.SetSpeed(speed="fast"),
        intentions.StartMany(n=3, epochs=5),
        intentions.Seek(epoch=1),
    )
    return driven


def test_a_copy_shares_nothing_mutable() -> None:
    driven = busy()
    twin = driven.session.copy("twin")
    host = {id(one) for one in objects(driven.host)} | {id(driven.clock)}
    mine = {id(one): one for one in objects(driven.session)}
    shared = [one for one in objects(twin) if id(one) in mine and id(one) not in host]
    changing = (Run, Learner, History, list, dict, set, deque)
    kept = [one for one in shared if isinstance(one, changing) and not _only_read(one, shared)]
    assert [type(one).__name__ for one in kept] == []


def _only_read(one: object, shared: list[Any]) -> bool:
    """Whether it belongs to something immutable: a checkpoint, an undo step, a table."""
    frozen = [
        holder
        for holder in shared
        if type(holder).__name__ in ("Checkpoint", "UndoStep", "Activation", "Feature", "Speed", "Layout", "Examples")
    ]
    return any(one in (thing for thing in objects(holder) if not isinstance(thing, np.ndarray)) for holder in frozen)


def test_a_copy_has_the_same_state() -> None:
    driven = busy()
    twin = Alone(driven.session.copy("twin"), FakePage(), driven.clock, driven.host)
    twin.do(Attached(twin.page))
    same = set(driven.state) - {"pins", "run"}
    assert {name: twin.state[name] for name in same} == {name: driven.state[name] for name in same}
    assert [pin["epoch"] for pin in twin.state["pins"]] == [pin["epoch"] for pin in driven.state["pins"]]


def test_changes_of_a_copy_do_not_affect_the_original() -> None:
    driven = busy()
    twin = Alone(driven.session.copy("twin"), FakePage(), driven.clock, driven.host)
    twin.do(Attached(twin.page))
    before = driven.state
    twin.do(
        intentions.Seek(epoch=None), intentions.Step(), intentions.Unpin(pin=1), intentions.Undo(), intentions.Reset()
    )
    driven.do(intentions.StopAt(epoch=77))
    assert driven.state == before


def test_resampling_data_needs_a_seed_that_can_be_extended() -> None:
    driven = alone(seed="s" * 999)
    driven.do(intentions.StartMany(n=20, epochs=5, new_points=True))
    assert driven.page.last("trouble")["field"] == "seed"
    assert not driven.page.last("starts")


NUMBERS = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(10**400),
    st.just(-(10**400)),
    st.just(1e308),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8), st.just("0" * 2000)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [*(field.name for field in msgspec.structs.fields(type(alone().session._workspace.run.experiment))), "nonsense"]
)


@given(st.dictionaries(FIELDS, VALUES, min_size=1, max_size=3), st.sampled_from(["change", "keep", "branch"]))
def test_any_setting_is_applied_or_rejected_with_a_message(settings: dict[str, object], how: str) -> None:
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[assignment]
    logging.getLogger("tinkernet").addHandler(handler)
    driven = alone()
    try:
        sent = {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in settings.items()}
        driven.do(
            intentions.Branch(settings=sent)
            if how == "branch"
            else intentions.Change(settings=sent, keep_weights=how == "keep")
        )
    finally:
        logging.getLogger("tinkernet").removeHandler(handler)
    assert not records
    trouble = driven.page.last("trouble")
    assert not trouble or trouble["field"]


@pytest.mark.parametrize("seed", ["s" * 1001, ""])
def test_an_invalid_seed_is_rejected(seed: str) -> None:
    driven = alone()
    driven.do(intentions.Change(settings=raw(seed=seed)))
    if seed:
        assert driven.page.last("trouble")["field"] == "seed"
    else:
        assert driven.state["experiment"]["seed"]
