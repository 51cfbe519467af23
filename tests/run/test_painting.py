"""Painting on a run: the weights stay, and what was painted can be repeated, saved and looked back at, bit for bit."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import SPIRAL, same

from tinkernet import Clear, Dot, Erase, Experiment, ExperimentError, Move, Run, Spray
from tinkernet.export.python_code import python_code
from tinkernet.fragment import View
from tinkernet.run import Changed, Painted, check_events
from tinkernet.session.restoring import Saved

STROKES = st.sampled_from(
    [
        Spray(1, [(0, 0), (0.5, 0.3), (1, 1)], count=4),
        Spray(-1, (-3, 3), radius=1, count=20),
        Dot(1, (2, 2)),
        Erase((1, 1), radius=2),
        Move((0, 0), (1, -1), radius=1.5),
        Clear(),
    ]
)
STEPS = st.lists(st.tuples(STROKES, st.integers(0, 2), st.integers(0, 40)), min_size=1, max_size=5)


def painted(steps: list[Any]) -> Run:
    """A run that is trained between strokes; where it can be, also within an epoch."""
    run = Run(SPIRAL)
    for stroke, epochs, points in steps:
        if epochs:
            run.train(epochs)
        if len(run.train_data) > points:
            run.train_points(points or 1)
        run.paint(stroke)
    return run.train(2)


@settings(max_examples=25)
@given(STEPS)
def test_painting_can_be_saved_restored_and_repeated(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    run = painted(steps)
    path = tmp_path_factory.mktemp("saved") / "run"
    run.save(path)
    assert same(Run.load(path), run)
    saved = Saved.decode(Saved.of(run, View()).encode())
    assert same(saved.run(), run)
    names: dict[str, Any] = {}
    exec(compile(python_code(run), "pasted", "exec"), names)  # noqa: S102 - users run this code
    assert same(names["run"], run)


@settings(max_examples=25)
@given(STEPS)
def test_every_moment_of_painting_can_be_looked_back_at(steps: list[Any]) -> None:
    run = painted(steps)
    for epoch in range(run.epoch + 1):
        then = run.at(epoch)
        assert then.epoch == epoch
        assert same(then.train(1), run.at(epoch).train(1))
    assert same(run.at(run.epoch), run)


def test_painting_keeps_the_weights_and_changes_the_data() -> None:
    run = Run(SPIRAL).train(3)
    before = run.parameters.copy()
    run.paint(Clear(), Spray(1, [(0, 0), (1, 1)], count=50))
    assert np.array_equal(run.parameters, before)
    assert len(run.train_data) + len(run.test_data) == 100
    assert not np.array_equal(run.train(1).parameters, before)


def test_an_event_has_only_what_was_painted_since_the_last() -> None:
    run = Run(SPIRAL, drawing="_".join(["s1,50,5,0,0"] * 100)).train(1)
    for length in range(1, 20):
        run.change(drawing=f"{SPIRAL.replace(drawing=run.origin.drawing).drawing}_s1,50,3,0,0{',10,0' * length}").train(
            1
        )
    assert len(run.events) == 19
    assert {event.added for event in run.events[1:] if isinstance(event, Painted)} == {",10,0"}
    assert all(len(msgspec.json.encode(event)) < 100 for event in run.events)


def test_what_is_painted_at_one_moment_in_one_stroke_is_one_event() -> None:
    run = Run(SPIRAL)
    for drawing in ("m50,0,0,1,0", "m50,0,0,12,5", "m50,0,0,100,-20"):
        run.change(drawing=drawing)
    run.paint(Erase((0, 0)))
    assert [event.text for event in run.events] == ["moved points", "erased points"]
    check_events(run.origin, run.experiment, run.events, (0, 0))


def test_other_settings_and_a_drawing_can_change_together() -> None:
    run = Run(SPIRAL, drawing="d1,0,0").train(1)
    run.train_points(3)
    run.change(noise=20, drawing="d1,0,0_d1,100,0")
    run.train_points(3)
    run.change(learning_rate=0.1, drawing="d1,0,0").train(1)
    run.change(dataset="circle").train(1)
    assert run.experiment.drawing == ""
    assert [type(event) for event in run.events] == [Changed, Painted, Changed, Painted, Changed]
    assert same(Saved.decode(Saved.of(run, View()).encode()).run(), run)


def test_a_refused_stroke_changes_nothing() -> None:
    run = Run(Experiment(seed="1", features=("x", "y", "1/(x-1)"), noise=0.5)).train(2)
    before = run.experiment
    with pytest.raises(ExperimentError):
        run.paint(Dot(1, (1, 0)))
    with pytest.raises(ExperimentError):
        run.paint("d2,0,0")
    assert run.experiment == before
    assert run.events == ()


@pytest.mark.parametrize("percent", [0, 100])
def test_a_run_without_points_waits_for_some(percent: float) -> None:
    run = Run(SPIRAL, train_percent=percent).paint(Clear()).train(2)
    assert (len(run.train_data), len(run.test_data)) == (0, 0)
    assert run.predict([(0, 0)]).shape == (1,)
    run.paint(Spray(1, (0, 0), count=10)).train(1)
    assert len(run.train_data) + len(run.test_data) == 10


@pytest.mark.parametrize(
    "event",
    [
        Painted(epoch=0, position=0, kept=3, added="x"),
        Painted(epoch=0, position=0, kept=10_000, added="s1,50,50,0,0" * 1000),
        Painted(epoch=5, position=0, kept=0, added="c"),
    ],
)
def test_events_that_are_not_possible_are_refused(event: Painted) -> None:
    with pytest.raises(ValueError, match=r"drawing|later"):
        check_events(SPIRAL, SPIRAL, [event], (1, 0))


def test_a_drawing_is_in_the_file(tmp_path: Path) -> None:
    Run(SPIRAL, drawing=[Dot(1, (0, 0))]).save(tmp_path / "run")
    assert Run.load(tmp_path / "run").experiment.strokes == (Dot(1, (0, 0)),)
