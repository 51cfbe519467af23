"""Each built-in lesson, done to its end with real clicks by following its solutions."""

import pytest
from browsing import Opener
from learner import Learner
from playwright.sync_api import expect

from tinkernet.lessons.shelf import BUILT_IN, built_in


def follow(learner: Learner) -> None:
    """Do every step, and see its goal missed at first and reached afterwards."""
    steps = learner.lesson.steps
    for number, step in enumerate(steps):
        learner.begin(number)
        if step.goal is not None:
            assert not learner.done(), step.title
            learner.do(step.solution)
            expect(learner.panel.locator("[data-goal=met]"), step.title).to_be_visible()
        if number + 1 < len(steps):
            learner.next()


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_lesson_can_be_done_to_its_end(open_page: Opener, name: str) -> None:
    tab = open_page(f"lesson={name}")
    follow(Learner(tab, built_in(name)))


def test_a_learner_on_a_phone_can_finish_the_first_lesson(open_page: Opener) -> None:
    tab = open_page("lesson=first-steps", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    follow(Learner(tab, built_in("first-steps")))
