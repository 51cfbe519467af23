"""Drawings: the notation of strokes, and what they do to points."""

import hashlib
import time
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Clear, Dot, Erase, Experiment, ExperimentError, Move, Run, Spray
from tinkernet.data.drawing import PaintedPoints, Stroke, paint, read, text_of
from tinkernet.data.drawing.limits import LONGEST_TEXT, MOST_CENTRES, MOST_POINTS, MOST_STROKES
from tinkernet.run.beginning import data_of

LENGTHS = st.integers(-600, 600).map(lambda steps: steps / 100)
PLACES = st.tuples(LENGTHS, LENGTHS)
PATHS = st.lists(PLACES, min_size=1, max_size=5).map(tuple)
RADII = st.integers(5, 600).map(lambda steps: steps / 100)
LABELS = st.sampled_from([-1.0, 1.0])
STROKES: st.SearchStrategy[Stroke] = st.one_of(
    st.builds(Spray, LABELS, PATHS, RADII, st.integers(1, 50)),
    st.builds(Dot, LABELS, PATHS),
    st.builds(Erase, PATHS, RADII),
    st.builds(Move, PLACES.map(lambda place: (place,)), PLACES, RADII),
    st.builds(Clear),
)
DRAWINGS = st.lists(STROKES, max_size=8)


def data(drawing: Any, **settings: Any) -> tuple[np.ndarray, np.ndarray]:
    """All points with their labels, the training points first, and how many of them there are."""
    drawn = data_of(Experiment(seed="1", drawing=drawing, **settings))
    rows = [np.column_stack([part.points, part.labels]) for part in (drawn.train, drawn.test)]
    return rows[0], rows[1]


def same(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


# --- The notation --------------------------------------------------------------------


@given(DRAWINGS)
def test_a_drawing_is_read_as_it_was_written(strokes: list[Stroke]) -> None:
    text = text_of(strokes)
    assert read(text).strokes == tuple(strokes)
    assert read(strokes).text == text
    assert Experiment(drawing=text).strokes == tuple(strokes)


@given(DRAWINGS)
def test_a_drawing_is_the_same_in_a_link_and_as_json(strokes: list[Stroke]) -> None:
    experiment = Experiment(seed="1", drawing=strokes)
    assert Experiment.from_link(experiment.to_link()) == experiment
    assert msgspec.json.decode(msgspec.json.encode(experiment), type=Experiment) == experiment


def test_a_stroke_takes_a_few_characters() -> None:
    drawing: list[Stroke | str] = [
        Spray(1, [(1.2, -2.5), (1.34, -2.4)], radius=0.5, count=20),
        Erase((0, 0), radius=0.8),
    ]
    assert Experiment(drawing=drawing).drawing == "s1,50,20,120,-250,14,10_e80,0,0"
    assert Experiment(drawing=Dot(-1, (3, 3))).drawing == "d-1,300,300"
    assert Experiment(drawing=Move((3, 3), (1, -0.5))).drawing == "m50,300,300,100,-50"
    assert Experiment(drawing=Clear()).drawing == "c"


def test_numbers_of_a_stroke_are_rounded_to_hundredths() -> None:
    assert Dot(1, (0.123, -0.001)) == Dot(1, (0.12, 0.0))


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ("x1,2", "drawing[0] is 'x1,2', but must be a stroke that begins with a letter of s, d, e, m, c"),
        ("c_s1,2", "drawing[1] is 's1,2', but must be a spray as s1,50,20,120,-250 (label, radius, count, x, y)"),
        ("d1,0,601", "drawing[0].at is 6.01, but must be a finite number from -6 to 6"),
        ("e4,0,0", "drawing[0].radius is 0.04, but must be a finite number from 0.05 to 6"),
        ("s1,50,51,0,0", "drawing[0].count is 51, but must be a whole number from 1 to 50"),
        ("c__c", "drawing[1] is '', but must be a stroke"),
        ("d0,0,0", "drawing is 'd0,0,0', but must be one with the labels -1, 1 only, not 0"),
        (7, "drawing is 7, but must be a list of strokes"),
        ([7], "drawing is [7], but must be a list of strokes"),
    ],
)
def test_a_wrong_drawing_is_refused_in_one_line(drawing: Any, message: str) -> None:
    with pytest.raises(ExperimentError) as error:
        Experiment(drawing=drawing)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_a_move_has_one_centre() -> None:
    with pytest.raises(ExperimentError, match=r"must be a single pair \(x, y\)"):
        Move([(0, 0), (1, 1)], (1, 1))


@pytest.mark.parametrize(
    ("drawing", "limit"),
    [
        ("_".join(["c"] * (MOST_STROKES + 1)), "1\u202f000 strokes"),
        ("d1" + ",0,0" * (MOST_CENTRES + 1), "200 pairs"),
        ("_".join(["s1,50,50" + ",0,0" * 101]), "5\u202f000 points"),
        (
            "e100,0,0" + ",100,0,-100,0" * 99 + "_" + "_".join(["m500,-100,-100,-100,-100"] * 400),
            "10\u202f000 characters",
        ),
    ],
)
def test_a_drawing_has_limits(drawing: str, limit: str) -> None:
    with pytest.raises(ExperimentError, match=limit):
        Experiment(drawing=drawing)


@given(st.text(alphabet="sdemc_,-.0123456789", max_size=60) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        drawing = read(text)
    except ExperimentError as error:
        message = str(error)
    else:
        message = ""
        assert read(drawing.text) == drawing
        assert drawing.points <= MOST_POINTS
        assert len(drawing.text) <= LONGEST_TEXT
    assert "\n" not in message


@pytest.mark.parametrize("part", ["c_", "_", "s1,", "d1,0,0_", "-1,", "s1,50,50,0,0_", ",0,0", "d1" + ",1,1" * 200])
def test_a_hostile_text_is_refused_at_once(part: str) -> None:
    begun = time.process_time()
    with pytest.raises(ExperimentError):
        Experiment(drawing=part * 1_000_000)
    with pytest.raises(ExperimentError):
        Experiment(drawing=(part * 10_000)[:LONGEST_TEXT] + "x")
    assert time.process_time() - begun < 5


def test_labels_are_those_of_the_data() -> None:
    Experiment(problem="regression", drawing=Dot(0.35, (0, 0)))
    with pytest.raises(ExperimentError, match="labels from -1 to 1 only, not 2"):
        Experiment(problem="regression", drawing=Dot(2, (0, 0)))


# --- What strokes do --------------------------------------------------------------------


def test_without_strokes_the_data_is_as_it_was() -> None:
    assert same(data(""), data([Erase((6, 6), radius=0.05)]))


def test_a_spray_adds_points_within_its_radius() -> None:
    train, test = data([Clear(), Spray(1, [(0, 0), (3, 3)], radius=0.5, count=50)])
    points = np.vstack([train, test])
    assert len(points) == 100
    assert (points[:, 2] == 1).all()
    near = [np.hypot(*(points[:, :2] - centre).T) <= 0.5 for centre in ((0, 0), (3, 3))]
    assert [mark.sum() for mark in near] == [50, 50]


def test_what_would_lie_beyond_an_edge_is_mirrored() -> None:
    points = np.vstack(data([Clear(), Spray(1, (6, -6), radius=3, count=50)]))
    assert len(points) == 50
    assert np.abs(points[:, :2]).max() <= 6


@pytest.mark.parametrize("percent", [0, 10, 50, 90, 100])
def test_so_many_of_the_painted_points_are_for_training(percent: float) -> None:
    train, test = data([Clear(), Spray(1, [(0, 0)] * 20, count=50)], train_percent=percent)
    assert len(train) + len(test) == 1000
    assert abs(len(train) - 10 * percent) < 40


def test_painted_points_are_spread_among_the_others() -> None:
    train, _ = data([Dot(1, [(x / 10, 5.5) for x in range(-50, 50)])], dataset="gauss")
    places = np.flatnonzero(train[:, 1] == 5.5)
    assert places.min() < len(train) / 4
    assert places.max() > 3 * len(train) / 4


def test_erasing_removes_points_of_the_data_too_and_clearing_all() -> None:
    train, test = data(Erase([(0, 0), (1, 1)], radius=2))
    for x, y, _ in np.vstack([train, test]):
        assert x * x + y * y > 4
        assert (x - 1) ** 2 + (y - 1) ** 2 > 4
    assert sum(map(len, data(Clear()))) == 0


def test_moving_keeps_labels_and_order() -> None:
    before, after = data(""), data(Move((0, 0), (1, 2), radius=2))
    for old, new in zip(before, after, strict=True):
        near = old[:, 0] ** 2 + old[:, 1] ** 2 <= 4
        assert near.any()
        assert np.array_equal(new[near], old[near] + [1, 2, 0])
        assert np.array_equal(new[~near], old[~near])


@given(DRAWINGS, st.sampled_from([0.0, 30.0, 50.0, 100.0]))
def test_a_replay_is_the_same_as_stroke_by_stroke(strokes: list[Stroke], percent: float) -> None:
    points, labels = np.linspace(-6, 6, 40).reshape(20, 2), np.repeat([-1.0, 1.0], 10)
    start = [PaintedPoints.of((points[:12], labels[:12]), (points[12:], labels[12:])) for _ in range(2)]
    whole = paint(start[0], text_of(strokes), "7", percent)
    grown = start[1]
    for count in range(1, len(strokes) + 1):
        grown = paint(start[1], text_of(strokes[:count]), "7", percent)
    for name in ("points", "labels", "order", "train", "painted"):
        assert np.array_equal(getattr(whole, name), getattr(grown, name)), name


@given(st.lists(PLACES, min_size=2, max_size=8))
def test_a_stroke_that_grows_keeps_the_points_that_it_has(path: list[tuple[float, float]]) -> None:
    start = PaintedPoints.of((np.empty((0, 2)), np.empty(0)), (np.empty((0, 2)), np.empty(0)))
    whole = paint(start, text_of([Spray(1, tuple(path), 0.5, 3)]), "7", 50)
    part = paint(start, text_of([Spray(1, tuple(path[:-1]), 0.5, 3)]), "7", 50)
    assert np.array_equal(whole.points[:-3], part.points)
    assert np.array_equal(whole.train[:-3], part.train)


def test_a_stroke_disturbs_no_other_draw() -> None:
    plain, painted = Run(seed="1"), Run(seed="1", drawing=Spray(1, (0, 0), count=50))
    assert np.array_equal(plain.parameters, painted.parameters)
    assert np.array_equal(plain.reset().parameters, painted.reset().parameters)
    rows = {tuple(row) for part in data(Spray(1, (0, 0), count=50)) for row in part}
    assert all(tuple(row) in rows for part in data("") for row in part)


def test_a_drawing_has_the_same_points_on_every_machine() -> None:
    train, test = data([Clear(), Spray(1, [(0, 0), (2, -1)], radius=0.5, count=3), Dot(-1, (3, 3))])
    digest = hashlib.sha256(np.vstack([train, test]).astype("<f8").tobytes()).hexdigest()
    assert digest.startswith("da0d30194dc5397c")
