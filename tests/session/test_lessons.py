"""A lesson in a session: its steps, its goals, what the person does, and the way back out."""

import os
from pathlib import Path

import msgspec
import pytest
from lesson_files import step, written
from playing_alone import Alone, alone

from tinkernet.fragment import View
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol import intentions
from tinkernet.protocol.message import NeuronPlace
from tinkernet.session.lessons import LessonChanged
from tinkernet.session.messages import Attached
from tinkernet.session.session import Session

FIRST = step(
    "controls: [play, reset]",
    "goal:",
    "  - train_loss < 0.1",
    "  - resets >= 1: Press Reset.",
)
SECOND = step(
    "question: Which?",
    "answers:",
    "  - wrong: The first",
    "    because: No, look again.",
    "  - right: The second",
    "    because: Yes.",
    "goal:",
    "  - answered",
    link="",
    title="Two",
)
THIRD = step("goal:", "  - epoch >= 10", link="dataset=spiral&seed=0.7&noise=10", title="Three")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "test.md").write_text(written(FIRST, SECOND, THIRD))
    return Shelf(tmp_path / "test.md")


@pytest.fixture
def opened(shelf: Shelf) -> Alone:
    session = alone(shelf=shelf)
    session.do(intentions.OpenLesson(name="test"))
    return session


def progress(session: Alone) -> list[tuple[str, str, bool]]:
    return [(row["sentence"], row["measured"], row["met"]) for row in session.page.last("lesson-progress")["rows"]]


def test_opening_a_lesson_opens_the_first_steps_experiment(opened: Alone) -> None:
    assert opened.page.last("lesson")["title"] == "A test"
    assert opened.state["experiment"]["dataset"] == "gauss"
    assert (opened.state["view"]["lesson"], opened.state["view"]["lesson_step"]) == ("test", 1)
    assert opened.state["link"].endswith("&lesson=test&lessonStep=1") or "lesson=test" in opened.state["link"]


def test_only_the_steps_controls_show_and_the_others_come_back_afterwards(shelf: Shelf) -> None:
    session = alone(shelf=shelf, view=View(hidden_controls=("noise",)))
    session.do(intentions.OpenLesson(name="test"))
    assert "stepButton" in session.state["view"]["hidden_controls"]
    assert "playButton" not in session.state["view"]["hidden_controls"]
    session.do(intentions.GoToStep(step=1))
    session.do(intentions.LeaveLesson())
    assert session.state["view"]["hidden_controls"] == ["noise"]
    assert session.state["view"]["lesson"] == ""
    assert session.page.last("lesson")["name"] == ""


def test_leaving_a_lesson_keeps_the_run(opened: Alone) -> None:
    opened.do(intentions.Step(), intentions.LeaveLesson())
    assert (opened.state["present"], opened.state["experiment"]["dataset"]) == (1, "gauss")


def test_a_goal_is_reached_by_what_the_person_does(opened: Alone) -> None:
    assert progress(opened) == [("Training loss below 0.1", "0.408", False), ("Press Reset.", "0", False)]
    opened.do(intentions.Reset(), *[intentions.Step()] * 20)
    opened.turn(1)
    assert opened.page.last("lesson-progress")["met"]
    assert progress(opened)[1] == ("Press Reset.", "1", True)


def test_a_goal_that_was_reached_stays_reached(opened: Alone) -> None:
    opened.do(intentions.Reset(), *[intentions.Step()] * 20)
    opened.turn(1)
    opened.do(intentions.Rewind())
    opened.turn(1)
    assert opened.page.last("lesson-progress")["met"]
    assert progress(opened)[0][2]


def test_a_step_begins_with_nothing_done(opened: Alone) -> None:
    opened.do(intentions.Reset(), intentions.GoToStep(step=0))
    opened.turn(1)
    assert progress(opened)[1] == ("Press Reset.", "0", False)


def test_the_next_step_continues_with_the_run_if_it_has_no_experiment(opened: Alone) -> None:
    opened.do(intentions.Step(), intentions.GoToStep(step=1))
    assert opened.state["present"] == 1


def test_a_step_that_is_reached_from_elsewhere_opens_the_experiment_before_it(opened: Alone) -> None:
    opened.do(intentions.GoToStep(step=2), intentions.Step(), intentions.GoToStep(step=1))
    assert (opened.state["present"], opened.state["experiment"]["dataset"]) == (0, "gauss")


def test_a_wrong_answer_gets_its_reply_and_can_be_corrected(opened: Alone) -> None:
    opened.do(intentions.GoToStep(step=1), intentions.Answer(choice=0))
    answer = opened.page.last("lesson-progress")["answer"]
    assert (answer["choice"], answer["right"], answer["reply"][0]["text"]) == (0, False, "No, look again.")
    assert not opened.page.last("lesson-progress")["met"]
    opened.do(intentions.Answer(choice=1))
    assert opened.page.last("lesson-progress")["met"]


def test_looking_at_neurons_and_moves_are_counted(tmp_path: Path) -> None:
    goal = ["goal:", "  - neurons viewed >= 2", "  - moves >= 2", "  - undos >= 1", "  - pins >= 1"]
    (tmp_path / "test.md").write_text(written(step(*goal, link="seed=0.5")))
    session = alone(shelf=Shelf(tmp_path / "test.md"))
    session.do(intentions.OpenLesson(name="test"))

    def look(neuron: int) -> intentions.Watch:
        return intentions.Watch(neuron_cells=0, output_cells=0, focus=NeuronPlace(layer=0, neuron=neuron))

    def weight(value: float, *, done: bool) -> intentions.SetWeight:
        return intentions.SetWeight(layer=0, to=0, source=0, value=value, done=done)

    session.do(look(0), look(1), look(0), weight(1, done=False), weight(2, done=False), weight(2, done=True))
    session.turn(1)
    assert [measured for _, measured, _ in progress(session)] == ["2", "1", "0", "0"]
    session.do(weight(3, done=True), intentions.Undo(), intentions.PinRun())
    session.turn(1)
    assert [met for _, _, met in progress(session)] == [True, True, True, True]


def test_a_drag_is_one_move_however_many_messages_it_sends(tmp_path: Path) -> None:
    (tmp_path / "test.md").write_text(written(step("goal:", "  - moves >= 2")))
    session = alone(shelf=Shelf(tmp_path / "test.md"))
    session.do(intentions.OpenLesson(name="test"))
    drag = [intentions.SetBias(layer=0, neuron=0, value=k / 10, done=k == 9) for k in range(10)]
    session.do(*drag)
    session.turn(1)
    assert progress(session) == [("At least 2 moves", "1", False)]


def test_undo_returns_to_the_step_before(opened: Alone) -> None:
    opened.do(intentions.Step(), intentions.GoToStep(step=2), intentions.Undo())
    assert (opened.state["view"]["lesson_step"], opened.state["present"]) == (1, 1)
    assert opened.page.last("lesson-progress")["step"] == 0


def test_a_link_that_names_a_lesson_opens_its_first_step(shelf: Shelf) -> None:
    session = alone(shelf=shelf, view=View(lesson="test"), dataset="xor")
    session.turn(1)
    assert (session.state["experiment"]["dataset"], session.state["view"]["lesson_step"]) == ("gauss", 1)


def test_a_link_with_a_step_keeps_its_experiment(shelf: Shelf) -> None:
    session = alone(shelf=shelf, view=View(lesson="test", lesson_step=3), dataset="xor")
    session.turn(1)
    assert session.state["experiment"]["dataset"] == "xor"
    assert session.page.last("lesson-progress")["step"] == 2


def test_a_step_beyond_the_end_is_the_last_one(opened: Alone) -> None:
    opened.do(intentions.GoToStep(step=99))
    assert opened.state["view"]["lesson_step"] == 3
    opened.do(intentions.Open(link="seed=0.5&lesson=test&lessonStep=77"))
    opened.turn(1)
    assert opened.state["view"]["lesson_step"] == 3


def test_an_unknown_lesson_is_named_and_changes_nothing(opened: Alone) -> None:
    opened.do(intentions.OpenLesson(name="../etc"))
    assert opened.page.last("trouble")["message"] == "There is no lesson “../etc”."
    assert opened.state["view"]["lesson"] == "test"
    opened.do(intentions.Open(link="seed=0.5&lesson=nothing"))
    opened.turn(1)
    assert opened.page.last("notice")["message"] == "There is no lesson “nothing”."
    assert opened.state["view"]["lesson"] == ""


@pytest.mark.parametrize(
    "message", [intentions.GoToStep(step=0), intentions.Answer(choice=0), intentions.LeaveLesson()]
)
def test_without_a_lesson_there_is_nothing_to_go_to_answer_or_leave(message: msgspec.Struct) -> None:
    session = alone()
    session.do(message)
    assert session.page.last("trouble")["message"] == "No lesson is open."


def test_an_answer_that_does_not_exist_is_refused(opened: Alone) -> None:
    opened.do(intentions.GoToStep(step=1), intentions.Answer(choice=2))
    assert opened.page.last("trouble")["message"] == "This question has no such answer."


def test_a_page_that_connects_again_gets_the_lesson_and_its_progress(opened: Alone) -> None:
    opened.do(intentions.Reset())
    opened.page.facts.clear()
    opened.do(Attached(opened.page))
    assert opened.page.last("lesson")["name"] == "test"
    assert progress(opened)[1] == ("Press Reset.", "1", True)


def test_a_restored_session_is_at_the_same_step(opened: Alone, shelf: Shelf) -> None:
    opened.do(intentions.GoToStep(step=2), intentions.Step())
    session = Session.restore("again", opened.session.saved, opened.host, shelf)
    restored = Alone(session, opened.page, opened.clock, opened.host)
    opened.page.facts.clear()
    restored.do(Attached(opened.page))
    assert (restored.state["view"]["lesson_step"], restored.state["present"]) == (3, 1)
    assert restored.page.last("lesson-progress")["step"] == 2


def test_no_message_about_lessons_is_sent_without_one() -> None:
    session = alone()
    session.do(intentions.Step())
    assert not session.page.last("lesson")
    assert not session.page.last("lesson-progress")


# --- While the file is being written ----------------------------------------------


def write(path: Path, text: str) -> None:
    before = path.stat().st_mtime_ns
    path.write_text(text)
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_saved_file_is_shown_at_once_and_keeps_the_run(opened: Alone, shelf: Shelf, tmp_path: Path) -> None:
    opened.do(intentions.Step())
    write(tmp_path / "test.md", written(FIRST, SECOND, THIRD).replace("Text.", "Other words."))
    assert shelf.refresh()
    opened.do(LessonChanged())
    assert opened.page.last("lesson")["steps"][0]["text"][0]["words"][0]["text"] == "Other words."
    assert opened.state["present"] == 1


def test_a_changed_experiment_of_the_present_step_begins_it_again(opened: Alone, shelf: Shelf, tmp_path: Path) -> None:
    write(tmp_path / "test.md", written(FIRST.replace("gauss", "xor"), SECOND))
    assert shelf.refresh()
    opened.do(LessonChanged())
    assert opened.state["experiment"]["dataset"] == "xor"


def test_an_error_is_shown_and_the_last_good_version_stays(opened: Alone, shelf: Shelf, tmp_path: Path) -> None:
    write(tmp_path / "test.md", written(FIRST.replace("resets", "reset")))
    assert shelf.refresh()
    opened.do(LessonChanged())
    fact = opened.page.last("lesson")
    assert fact["problem"].startswith("test.md, line 18, column 5: there is no condition")
    assert len(fact["steps"]) == 3


def test_a_step_that_is_gone_leads_to_the_last_one(opened: Alone, shelf: Shelf, tmp_path: Path) -> None:
    opened.do(intentions.GoToStep(step=2))
    write(tmp_path / "test.md", written(FIRST))
    assert shelf.refresh()
    opened.do(LessonChanged())
    assert opened.state["view"]["lesson_step"] == 1


def test_a_file_that_has_not_changed_is_not_read_again(shelf: Shelf) -> None:
    assert not shelf.refresh()


# --- What belongs to a step ------------------------------------------------------------


def train_starts(session: Alone, n: int) -> None:
    session.do(intentions.StartMany(n=n, epochs=5))
    for actor in [one for one in session.host.woken if one is not session.session]:
        while actor.turn(1.0) is not None:
            pass
    session.turn(1)


def test_many_starts_of_an_earlier_step_do_not_count(tmp_path: Path) -> None:
    goal = ["goal:", "  - starts finished >= 8"]
    (tmp_path / "test.md").write_text(written(step(*goal), step(*goal, link="", title="Two")))
    session = alone(shelf=Shelf(tmp_path / "test.md"))
    session.do(intentions.OpenLesson(name="test"))
    train_starts(session, 8)
    assert session.page.last("lesson-progress")["met"]
    session.do(intentions.GoToStep(step=1))
    session.turn(1)
    assert progress(session) == [("At least 8 finished starts", "0", False)]
    train_starts(session, 8)
    assert session.page.last("lesson-progress")["met"]


def test_the_last_values_are_sent_though_they_were_too_soon(opened: Alone) -> None:
    for _ in range(3):
        opened.do(intentions.Step())
    due = opened.session.lessons.due()
    assert due is not None
    opened.turn(due - opened.clock.now)
    assert progress(opened)[0][1] == f"{opened.session.lessons.evidence().run.train_loss:.3g}"
    assert opened.session.lessons.due() is None
