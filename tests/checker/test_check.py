"""The checker: it proves what is right, and finds every kind of what is wrong."""

from pathlib import Path

import pytest
from lesson_files import lesson, step

from tinkernet.checker.check import check
from tinkernet.checker.rehearsal import Rehearsal
from tinkernet.checker.report import lines
from tinkernet.lessons.lesson import Lesson

pytestmark = pytest.mark.usefixtures("unchecked")

DOCS = Path(__file__).resolve().parents[2] / "docs" / "lessons.md"
PLAIN = "dataset=gauss&networkShape=1&seed=0.5"
DIVERGES = ["set regularization L2", "set regularization_rate 10", "set learning_rate 10"]
GOAL = ["goal:", "  - train_loss < 0.05"]


def problems(one: Lesson) -> list[str]:
    return [problem for report in check(one, 0) for problem in report.problems]


def solved_by(*actions: str, goal: str = "train_loss < 0.05", link: str = PLAIN) -> list[str]:
    return problems(lesson(step("goal:", f"  - {goal}", "solution:", *[f"  - {one}" for one in actions], link=link)))


def test_a_goal_that_is_missed_at_first_and_reached_by_its_solution_is_right() -> None:
    assert solved_by("play 100 epochs") == []


def test_a_goal_that_is_met_from_the_beginning_is_found() -> None:
    assert solved_by("play 1 epoch", goal="train_loss < 5") == ["the goal is already met when the step begins"]


def test_a_solution_that_does_not_reach_the_goal_is_found_with_what_is_missing() -> None:
    (problem,) = solved_by("play 1 epoch", goal="train_loss < 0.0001")
    assert problem.startswith("the solution does not reach the goal; missing: Training loss below 0.0001 (0.")


def test_a_goal_without_a_solution_is_found() -> None:
    assert problems(lesson(step(*GOAL))) == ["there is a goal, but no solution"]


def test_a_solution_that_the_session_refuses_is_found() -> None:
    (problem,) = solved_by("weight 1 -> 9 of layer 1 = 1")
    assert problem == "the solution cannot be done: This neuron no longer exists."


@pytest.mark.parametrize(
    ("goal", "actions"),
    [
        ("epoch >= 7", ["play 7 epochs"]),
        ("epoch >= 3", ["step 3 epochs"]),
        ("train_loss < 0.1", ["play until train_loss < 0.1, at most 300 epochs"]),
        ("resets >= 2", ["reset", "reset"]),
        ("undos >= 1", ["set noise 20", "undo"]),
        ("pins >= 1", ["pin"]),
        ("activation = relu", ["set activation relu"]),
        ("hidden neurons >= 6", ["set hidden 4, 2"]),
        ("moves >= 2", ["weight 1 -> 1 of layer 1 = 0.5", "bias of neuron 1 of layer 2 = −1"]),
        ("neurons viewed >= 1", ["view neuron 1 of layer 1"]),
        ("starts solved >= 50 %", ["many starts 16 of 100 epochs"]),
        ("time travel", ["play 5 epochs", "go to epoch 2"]),
        ("test data shown", ["show test data"]),
        ("once train_loss < 0.1", ["play 100 epochs", "rewind"]),
        (
            "diverged",
            ["set regularization L2", "set regularization_rate 10", "set learning_rate 10", "play 500 epochs"],
        ),
        ("compared activation tanh, relu", ["play 20 epochs", "set activation relu", "play 20 epochs"]),
    ],
)
def test_every_action_is_done_in_the_session(goal: str, actions: list[str]) -> None:
    assert solved_by(*actions, goal=goal) == []


def test_a_switched_off_neuron_has_no_effect() -> None:
    assert solved_by("switch off neuron 1 of layer 1", goal="train_loss > 0.5") == []


def test_a_diagnosis_is_made_where_a_goal_asks_for_it() -> None:
    zeros = "initZero=true&dataset=circle&seed=0.5"
    assert solved_by("play 60 epochs", goal="diagnosed symmetric", link=zeros) == []


def test_a_repetition_ends_with_the_goal() -> None:
    text = step("goal:", "  - resets >= 3", "solution:", "  - repeat at most 9 times:", "      - reset")
    one = lesson(text)
    rehearsal = Rehearsal(one)
    rehearsal.go_to(0)
    rehearsal.perform(one.steps[0].solution)
    assert rehearsal.met
    assert [row["measured"] for row in rehearsal.rows] == ["3"]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (["goal:", "  - batch_size >= 20", "solution:", "  - set batch_size 20"], "sets batch_size"),
        (["goal:", "  - epoch >= 1", "solution:", "  - step 1 epoch"], "presses Step"),
        (["highlight: [noise]"], "marks noise"),
    ],
)
def test_a_control_that_a_step_needs_and_hides_is_found(block: list[str], message: str) -> None:
    hidden = problems(lesson(step("controls: [play]", *block)))
    assert hidden == [f"the step {message}, but hides the control for it"]
    assert problems(lesson(step(*block))) == []


def test_a_link_without_a_seed_is_found() -> None:
    found = problems(lesson(step(link="dataset=gauss")))
    assert found == ["the link has no seed, so everybody gets other points and weights"]


def test_a_neuron_that_the_network_does_not_have_cannot_be_viewed() -> None:
    (problem,) = solved_by("view neuron 9 of layer 1", goal="neurons viewed >= 1")
    assert problem == "the solution cannot be done: This neuron no longer exists."


def test_a_group_is_missing_as_a_whole() -> None:
    goal = ["goal:", "  - any:", "      - epoch >= 9", "      - diverged", "solution:", "  - play 1 epoch"]
    (problem,) = problems(lesson(step(*goal)))
    assert (
        problem
        == "the solution does not reach the goal; missing: one of these: Epoch at least 9 (1), Training diverged"
    )


def test_a_figure_is_compared_with_whole_numbers_only() -> None:
    text = step("figures:", '  - "0.5": by definition').replace("Text.", "It is 0.599 and 10.5.")
    assert problems(lesson(text)) == ["the figure 0.5 is not in the text"]


def test_a_wrong_figure_is_found_with_the_right_one() -> None:
    text = step("figures:", '  - "0.03": learning_rate', '  - "0.44": train_loss after 2 epochs').replace(
        "Text.", "It is 0.03 and 0.44."
    )
    assert problems(lesson(text)) == ["the figure 0.44 should be 0.08 (train_loss after 2 epochs)"]


def test_a_figure_can_be_measured_after_the_solution() -> None:
    block = ["goal:", "  - moves >= 1", "solution:", "  - weight 1 -> 1 of layer 2 = 0", "figures:"]
    text = step(*block, '  - "0.51": train_loss after the solution').replace("Text.", "It is 0.51.")
    assert problems(lesson(text)) == []
    assert problems(lesson(text.replace("0.51", "0.61"))) == [
        "the figure 0.61 should be 0.51 (train_loss after the solution)"
    ]


def test_a_figure_that_is_not_in_the_text_is_found() -> None:
    assert problems(lesson(step("figures:", '  - "0.03": learning_rate'))) == ["the figure 0.03 is not in the text"]


@pytest.mark.parametrize(
    ("written", "source", "right"),
    [
        ("0.1", "learning_rate with learning_rate 0.1", True),
        ("250", "training points", True),
        ("5", "parameters", True),
        ("−0.7", "by definition", True),
        ("8", "epochs until train_loss < 0.2", False),
        ("16", "starts solved of 16 after 100 epochs", True),
        ("0", "starts solved below 0.000001 of 16 after 1 epoch", True),
        ("100", "train_accuracy after 100 epochs", True),
        ("0.9", "weight 1 -> 1 of layer 1", False),
        ("0.1", "bias of neuron 1 of layer 2", True),
    ],
)
def test_figures_are_measured_on_the_experiment_that_the_step_opens(written: str, source: str, *, right: bool) -> None:
    text = step("figures:", f'  - "{written}": {source}').replace("Text.", f"It is {written}.")
    assert (problems(lesson(text)) == []) is right


def test_it_says_how_often_a_solution_works_from_other_initial_weights() -> None:
    report, reset = check(
        lesson(
            step(*GOAL, "solution:", "  - play 100 epochs"),
            step("goal:", "  - resets >= 1", "solution:", "  - reset", link=""),
        ),
        8,
    )
    assert report.works is not None
    assert report.works.count == 8
    assert lines(report, 8) == ["  1  One", "     8 of 8 starts reach this in 100 epochs"]
    assert reset.works is None


def test_a_solution_that_depends_on_luck_is_to_be_said_or_made_easier() -> None:
    link = "dataset=circle&networkShape=2&seed=0.5&activation=relu"
    (report,) = check(lesson(step("goal:", "  - train_loss < 0.15", "solution:", "  - play 200 epochs", link=link)), 16)
    assert report.works is not None
    assert report.works.share < 0.5
    if not report.problems:
        assert lines(report, 16)[-1].endswith(": say so, or make it easier")


def test_the_example_in_the_documentation_is_right() -> None:
    import re

    from tinkernet.lessons.reader import parse_lesson

    found = re.search(r"````markdown\n(.*?)````", DOCS.read_text(), re.DOTALL)
    assert found is not None
    example = parse_lesson(found[1], "example", DOCS.parent)
    reports = list(check(example, 16))
    assert [report.problems for report in reports] == [(), (), ()]
    assert all(report.works.share > 0.8 for report in reports if report.works is not None)
