"""Painting in a session: gestures, undo, limits, and what the page is sent."""

import msgspec
import numpy as np
import pytest
from playing_alone import Alone, alone

from tinkernet import Experiment, Run
from tinkernet.data.drawing.limits import MOST_POINTS
from tinkernet.protocol import intentions as i
from tinkernet.protocol.frames import PointsFrame
from tinkernet.session.messages import Attached


def drawing(opened: Alone) -> str:
    return str(opened.state["experiment"]["drawing"])


def points(opened: Alone) -> np.ndarray:
    """The points that the page has."""
    run = opened.session._workspace.run
    raw = next(raw for raw in reversed(opened.page.binary) if raw[:1] == bytes([2]))
    frame = PointsFrame.unpack(raw)
    assert frame.train_count == len(run.train_data)
    return np.asarray(frame.points)


def gesture(number: int, *texts: str) -> list[i.Paint]:
    """A gesture as a page sends it, while a tool is dragged."""
    return [i.Paint(gesture=number, strokes=text, done=place == len(texts) - 1) for place, text in enumerate(texts)]


def test_a_gesture_is_one_stroke_and_one_step_to_undo() -> None:
    opened = alone()
    opened.do(*gesture(1, "s1,50,5,0,0", "s1,50,5,0,0,10,0", "s1,50,5,0,0,10,0,10,0"))
    opened.do(*gesture(2, "e80,0,0"))
    assert drawing(opened) == "s1,50,5,0,0,10,0,10,0_e80,0,0"
    assert opened.state["undo"] == "erase points"
    opened.do(i.Undo())
    assert drawing(opened) == "s1,50,5,0,0,10,0,10,0"
    assert (opened.state["undo"], opened.state["redo"]) == ("spray points", "erase points")
    opened.do(i.Undo())
    assert drawing(opened) == ""
    opened.do(i.Redo(), i.Redo())
    assert drawing(opened) == "s1,50,5,0,0,10,0,10,0_e80,0,0"


def test_a_gesture_is_withdrawn_without_a_trace_while_training_continues() -> None:
    opened = alone()
    opened.do(*gesture(1, "s1,50,5,0,0"))
    before = points(opened)
    opened.do(i.Play())
    opened.do(i.Paint(gesture=2, strokes="s1,50,5,100,100", done=False))
    assert len(points(opened)) > len(before)
    opened.do(i.Paint(gesture=2, strokes="", done=True))
    assert drawing(opened) == "s1,50,5,0,0"
    assert np.array_equal(points(opened), before)
    assert (opened.state["undo"], opened.state["playing"]) == ("spray points", True)
    opened.do(i.Undo())
    assert (drawing(opened), opened.state["undo"]) == ("", None)


def test_only_the_gesture_under_way_can_be_withdrawn() -> None:
    opened = alone()
    opened.do(*gesture(1, "s1,50,5,0,0"))
    opened.do(i.Paint(gesture=1, strokes="", done=True))
    assert drawing(opened) == "s1,50,5,0,0"
    assert opened.page.last("trouble")
    opened.do(i.Paint(gesture=2, strokes="s1,50,5,100,100", done=False), i.Undo())
    opened.do(i.Paint(gesture=2, strokes="", done=True))
    assert drawing(opened) == "s1,50,5,0,0"


def test_withdrawing_a_gesture_at_an_earlier_epoch_keeps_the_branch_and_its_pin() -> None:
    opened = alone()
    opened.do(*(i.Step() for _ in range(5)), i.Seek(epoch=2))
    opened.do(i.Paint(gesture=1, strokes="s1,50,5,0,0", done=False), i.Paint(gesture=1, strokes="", done=True))
    assert drawing(opened) == ""
    assert len(opened.state["pins"]) == 1
    opened.do(i.Undo())
    assert (opened.state["pins"], opened.state["present"]) == ([], 5)


def test_every_step_of_a_gesture_shows_its_points() -> None:
    opened = alone()
    before = len(points(opened))
    for length in range(1, 4):
        opened.do(i.Paint(gesture=1, strokes="s1,50,5,0,0" + ",10,0" * (length - 1), done=False))
        assert len(points(opened)) == before + 5 * length


def test_training_continues_while_a_tool_is_dragged_and_can_be_repeated() -> None:
    opened = alone()
    opened.do(i.Play())
    for length in range(10):
        opened.do(i.Paint(gesture=1, strokes="s1,50,5,0,0" + ",10,0" * length, done=length == 9))
        opened.turn(0.05)
    run = opened.session._workspace.run
    assert opened.session.playing
    assert run.epoch > 5
    restored = opened.session.saved.decode(opened.session.saved.encode()).run()
    assert np.array_equal(restored.parameters, run.parameters)
    # One marker on the time line, not ten.
    assert [event["text"] for event in opened.state["events"]] == ["sprayed points"]


def test_a_gesture_begins_again_after_an_undo_in_its_middle() -> None:
    opened = alone()
    opened.do(i.Paint(gesture=1, strokes="d1,0,0", done=False), i.Undo())
    opened.do(i.Paint(gesture=1, strokes="d1,100,0"))
    assert drawing(opened) == "d1,100,0"


def test_a_page_that_comes_back_counts_its_own_gestures() -> None:
    opened = alone()
    opened.do(i.Paint(gesture=1, strokes="d1,0,0", done=False))
    opened.do(Attached(opened.page), i.Paint(gesture=1, strokes="d1,100,0"))
    assert drawing(opened) == "d1,0,0_d1,100,0"


def test_removing_all_points_starts_a_new_drawing() -> None:
    opened = alone(drawing="d1,0,0_d1,100,100")
    opened.do(i.Paint(gesture=1, strokes="c"))
    assert drawing(opened) == "c"
    assert len(points(opened)) == 0
    assert opened.state["undo"] == "remove all points"
    opened.do(i.Play(), i.Paint(gesture=2, strokes="d1,0,0"))
    assert drawing(opened) == "c_d1,0,0"


@pytest.mark.parametrize("text", ["", "x", "d7,0,0", "s1,50,5,0", "s1,50,5,9999,0", "c" * 20_000])
def test_what_cannot_be_painted_is_refused_and_nothing_to_undo(text: str) -> None:
    opened = alone()
    opened.do(i.Paint(gesture=1, strokes=text))
    assert opened.page.last("trouble")["message"]
    assert drawing(opened) == ""
    assert opened.state["undo"] is None


def test_a_full_drawing_says_what_to_do() -> None:
    opened = alone(drawing="s1,50,50" + ",0,0" * (MOST_POINTS // 50))
    opened.do(i.Paint(gesture=1, strokes="d1,0,0"))
    assert opened.page.last("trouble")["message"] == (
        "This was not painted: a drawing has strokes that add at most 5\u202f000 points. "
        "Undo something, or remove all points."
    )
    opened.do(i.Paint(gesture=2, strokes="c"))
    assert drawing(opened) == "c"


def test_painting_at_an_earlier_epoch_branches_from_it() -> None:
    opened = alone()
    opened.do(*[i.Step()] * 5, i.Seek(epoch=2), i.Paint(gesture=1, strokes="d1,0,0"))
    assert opened.state["present"] == 2
    assert len(opened.state["pins"]) == 1
    assert drawing(opened) == "d1,0,0"


def test_the_link_opens_the_same_points() -> None:
    opened = alone()
    opened.do(i.Paint(gesture=1, strokes="s1,50,20,0,0,100,100"))
    there = Run(Experiment.from_link(opened.state["link"]))
    here = opened.session._workspace.run
    assert np.array_equal(there.train_data.points, here.train_data.points)
    assert opened.state["sharing"]["original_note"] == "TensorFlow Playground cannot open the drawing “1 stroke”."


def test_new_points_keep_the_drawing_and_another_data_set_has_none() -> None:
    opened = alone(drawing="c_d1,0,0")
    opened.do(i.NewPoints())
    assert drawing(opened) == "c_d1,0,0"
    opened.do(i.Change(settings={"dataset": msgspec.Raw(b'"xor"')}))
    assert drawing(opened) == ""
    opened.do(i.Undo())
    assert drawing(opened) == "c_d1,0,0"
