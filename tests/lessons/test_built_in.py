"""The built-in lessons: each can be done, what it says is true, and a learner on any device can follow it."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from tinkernet import Experiment, Run
from tinkernet.checker.check import check
from tinkernet.checker.report import FEW
from tinkernet.lessons.figures import WRITTEN
from tinkernet.lessons.shelf import BUILT_IN, built_in, built_in_entry, built_in_path
from tinkernet.network import FEATURES

STARTS = 12
CODE_OR_LINK = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
MOST_WORDS = 130
"""In one step: more is not read beside a picture that moves."""


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_goal_is_missed_at_first_and_reached_by_its_solution(name: str) -> None:
    reports = list(check(built_in(name), STARTS))
    assert [f"line {one.step.place.line}: {problem}" for one in reports for problem in one.problems] == []
    unlucky = [one.step.title for one in reports if one.works is not None and one.works.share < FEW]
    assert unlucky == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_number_in_the_text_has_a_source_that_is_checked(name: str) -> None:
    loose = []
    for step in built_in(name).steps:
        known = {figure.written for figure in step.figures}
        text = CODE_OR_LINK.sub(" ", step.source)
        numbers = [number.strip("\u202f\u00a0 ") for number in WRITTEN.findall(text)]
        loose += [f"{step.title}: {number}" for number in numbers if number not in known]
    assert loose == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_step_is_short_and_has_a_hint_where_there_is_something_to_reach(name: str) -> None:
    steps = built_in(name).steps
    assert [step.title for step in steps if len(step.source.split()) > MOST_WORDS] == []
    assert [step.title for step in steps if step.goal is not None and not step.hint and not step.choices] == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_experiment_has_a_seed_so_that_all_have_the_same_points(name: str) -> None:
    text = built_in_path(name).read_text()
    links = re.findall(r"^link: (.*)$", text, re.MULTILINE)
    assert links
    assert [link for link in links if "seed=" not in link] == []


def test_every_file_in_the_folder_is_in_the_list() -> None:
    folder = Path(built_in_path("")).parent
    assert {path.stem for path in folder.glob("*.md")} == set(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_list_says_of_a_lesson_what_is_in_its_file(name: str) -> None:
    lesson, entry = built_in(name), built_in_entry(name)
    assert (entry.title, entry.minutes, entry.steps) == (
        lesson.title,
        lesson.minutes,
        len(lesson.steps),
    )


def best_loss(opened: Experiment, epochs: int, rates: tuple[float, ...]) -> float:
    """The lowest training loss of all choices of inputs without a hidden layer, for several learning rates."""
    sizes = range(1, len(FEATURES) + 1)
    choices: list[Any] = [chosen for size in sizes for chosen in itertools.combinations(FEATURES, size)]
    assert len(choices) == 127
    runs = [Run(opened.replace(features=chosen, hidden=(), learning_rate=rate)) for chosen in choices for rate in rates]
    return min(run.train(epochs).train_loss for run in runs)


def experiment_of(lesson: str, title: str) -> Experiment:
    opening = next(step.opening for step in built_in(lesson).steps if step.title == title)
    assert opening is not None
    return opening.experiment


def test_no_choice_of_inputs_solves_the_spiral_or_the_hills_as_a_lesson_says() -> None:
    rates = (0.03, 0.003, 0.001)
    assert best_loss(experiment_of("features-do-the-work", "The spiral resists"), 200, rates) > 0.46
    assert best_loss(experiment_of("features-do-the-work", "Hills resist, too"), 200, rates) > 0.04
