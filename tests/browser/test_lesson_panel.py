"""A lesson beside the page: its steps, goals and questions, what it points at, and how far the person has come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Opener, Server, Tab
from playwright.sync_api import Browser, Locator, expect
from windows import window

from tinkernet.protocol.terms import PARTS

HEAD = """---
format: 1
title: A lesson for tests
minutes: 5
author: Ada Example
language: en
---

## Press Play

The network separates orange from blue with a **single** [neuron](term:neuron).

```step
link: dataset=gauss&networkShape=2&seed=0.5
highlight: [play, training loss]
goal:
  - train_loss < 0.1: Bring the training loss below 0.1.
hint: The large round button.
```

## Only read

There is nothing to do here.

```step
highlight: [neuron 2 of layer 1, input x, weight 2 -> 1 of layer 1, bias of neuron 1 of layer 2]
```

## What did you see?

```step
question: What does a neuron of the first layer do?
answers:
  - wrong: It draws a circle.
    because: Its boundary is a straight line.
  - right: It splits the plane.
    because: Weighted sums are equal along straight lines.
goal:
  - answered
```
"""
STEPS = 3 + len(PARTS)
LAYOUTS = {"desk": (1920, 1080), "side": (844, 390), "thumb": (390, 844)}
MARKED = """() => [...document.querySelectorAll("[data-highlighted]")].map((one) => ({
  part: one.dataset.part ?? "",
  tab: one.getAttribute("role") === "tab" ? one.textContent : "",
  seen: one.getClientRects().length > 0,
}))"""
CHANGED = """(before) => {
  const now = [...document.querySelectorAll("[data-highlighted]")];
  return now.length > 0 && document.querySelector("article h3")?.textContent === before;
}"""


def step_about(part: str) -> str:
    """A step that points at one part."""
    return f"\n## About {part}\n\nLook.\n\n```step\nhighlight: [{part.replace('-', ' ')}]\n```\n"


@pytest.fixture(scope="module")
def lesson_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a lesson from a file, whose last steps each point at one part of the page."""
    assert browser.is_connected()
    file = tmp_path_factory.mktemp("lesson") / "for-tests.md"
    file.write_text(HEAD + "".join(map(step_about, PARTS)), encoding="utf-8")
    started = Server(tmp_path_factory.mktemp("home"), arguments=["lesson", str(file)])
    yield started
    started.stop()


@pytest.fixture
def lesson(open_page: Opener, lesson_server: Server) -> Tab:
    """The page with the lesson at its first step."""
    return opened(open_page, lesson_server)


def opened(open_page: Opener, server: Server, size: tuple[int, int] = (1440, 900), **settings: str) -> Tab:
    tab = open_page("lesson=for-tests", at=server, **{**window(size), **settings})
    expect(title(tab, "Press Play")).to_be_visible()
    return tab


def title(tab: Tab, name: str) -> Locator:
    return tab.page.get_by_role("heading", name=name, exact=True)


def reads(tab: Tab, step: int) -> None:
    """Wait until this step, from 1, is the present one."""
    expect(tab.choice("Step")).to_have_value(str(step - 1))


def go_to(tab: Tab, step: int) -> None:
    tab.choice("Step").select_option(str(step - 1))
    reads(tab, step)


def reach_the_goal(tab: Tab) -> None:
    tab.press("5")
    tab.button("Play").click()
    expect(tab.page.get_by_text("Done.", exact=True)).to_be_visible()


def test_an_address_opens_a_lesson_beside_the_page(lesson: Tab) -> None:
    reads(lesson, 1)
    goal = lesson.page.get_by_role("region", name="Goal").get_by_role("listitem")
    expect(goal).to_have_count(1)
    expect(goal).to_contain_text("Bring the training loss below 0.1.")
    expect(goal).to_contain_text("Not met")
    shown = lesson.page.get_by_test_id("train-loss").inner_text()
    expect(goal).to_contain_text(shown)
    hint = lesson.page.get_by_text("The large round button.")
    expect(hint).to_be_hidden()
    lesson.page.get_by_text("Hint", exact=True).click()
    expect(hint).to_be_visible()


def test_a_goal_that_is_reached_is_said_and_makes_next_stand_out(lesson: Tab) -> None:
    following = lesson.button("Next")
    expect(following).not_to_contain_class("filled")
    reach_the_goal(lesson)
    expect(following).to_contain_class("filled")
    expect(lesson.page.get_by_role("region", name="Goal")).to_contain_text("Met:")
    following.click()
    reads(lesson, 2)
    lesson.has_focus(title(lesson, "Only read"))
    lesson.button("Back").click()
    lesson.has_focus(title(lesson, "Press Play"))
    expect(lesson.button("Back")).to_be_disabled()


def test_next_is_never_locked(lesson: Tab) -> None:
    for step in (2, 3, 4):
        lesson.button("Next").click()
        reads(lesson, step)


def test_a_step_begins_again_on_demand(lesson: Tab) -> None:
    reach_the_goal(lesson)
    lesson.button("Start this step again").click()
    lesson.sees("epoch", 0)
    expect(lesson.page.get_by_text("Done.", exact=True)).to_have_count(0)


def test_a_question_says_of_each_answer_whether_it_is_right(lesson: Tab) -> None:
    go_to(lesson, 3)
    reply = lesson.page.locator(".reply")
    lesson.page.get_by_text("It draws a circle.").click()
    expect(reply).to_have_text("Wrong. Its boundary is a straight line.")
    expect(lesson.page.get_by_text("Done.", exact=True)).to_have_count(0)
    lesson.page.get_by_text("It splits the plane.").click()
    expect(reply).to_have_text("Right. Weighted sums are equal along straight lines.")
    expect(lesson.page.get_by_text("Done.", exact=True)).to_be_visible()


def test_a_question_is_answered_by_keys_and_not_in_passing(lesson: Tab) -> None:
    go_to(lesson, 3)
    first, second = lesson.radio("It draws a circle."), lesson.radio("It splits the plane.")
    first.focus()
    lesson.press("ArrowDown")
    lesson.has_focus(second)
    expect(second).not_to_be_checked()
    lesson.press(" ")
    expect(second).to_be_checked()
    expect(lesson.page.locator(".reply")).to_contain_text("Right.")


def test_a_term_leads_to_its_explanation_and_back(lesson: Tab) -> None:
    lesson.button("neuron").click()
    expect(title(lesson, "Press Play")).to_have_count(0)
    lesson.button("Back").click()
    expect(title(lesson, "Press Play")).to_be_visible()


def test_a_step_marks_what_it_points_at(lesson: Tab) -> None:
    go_to(lesson, 2)
    for name in (
        "Neuron 2 of layer 1",
        "Weight from X2 to neuron 1 of layer 1",
        "Bias of output neuron",
    ):
        expect(lesson.button(name)).to_have_attribute("data-highlighted", "")
    expect(lesson.page.locator("[data-feature=x]")).to_have_attribute("data-highlighted", "")
    expect(lesson.page.locator("[data-highlighted]")).to_have_count(4)
    lesson.button("Leave the lesson").click()
    expect(lesson.page.locator("[data-highlighted]")).to_have_count(0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_is_found_in_every_layout(open_page: Opener, lesson_server: Server, layout: str) -> None:
    tab = opened(open_page, lesson_server, LAYOUTS[layout])
    expect(tab.page.locator("[data-page]")).to_have_attribute("data-layout", layout)
    for number, part in enumerate(PARTS, 4):
        go_to(tab, number)
        tab.page.wait_for_function(CHANGED, arg=f"About {part}")
        tab.page.wait_for_timeout(50)
        marked = tab.page.evaluate(MARKED)
        assert all(one["seen"] for one in marked), part
        instead = "output" if (layout, part) == ("side", "color-scale") else part
        assert all(one["tab"] or instead in one["part"].split() for one in marked), (part, marked)
        if layout == "desk":
            assert not any(one["tab"] for one in marked), part


def test_what_is_marked_follows_the_tab_that_shows_it(open_page: Opener, lesson_server: Server) -> None:
    tab = opened(open_page, lesson_server, LAYOUTS["thumb"])
    go_to(tab, 4 + PARTS.index("learning-rate"))
    settings = tab.page.get_by_role("tab", name="Settings")
    expect(settings).to_have_attribute("data-highlighted", "")
    settings.click()
    expect(tab.page.locator("[data-part=learning-rate]")).to_have_attribute("data-highlighted", "")
    expect(tab.page.locator("[data-highlighted]")).to_have_count(1)


def test_a_lesson_keeps_its_place_over_a_reload(lesson: Tab) -> None:
    lesson.button("Next").click()
    reads(lesson, 2)
    lesson.page.reload()
    lesson.ready()
    reads(lesson, 2)
    expect(title(lesson, "Only read")).to_be_visible()


def test_a_lesson_that_is_left_is_taken_up_where_it_was(lesson: Tab) -> None:
    reach_the_goal(lesson)
    lesson.button("Next").click()
    reads(lesson, 2)
    lesson.button("Leave the lesson").click()
    expect(title(lesson, "Only read")).to_have_count(0)
    lesson.press("l")
    entry = lesson.page.get_by_role("button", name="A lesson for tests")
    expect(entry).to_contain_text(f"1 of {STEPS} steps done")
    entry.click()
    reads(lesson, 2)
    lesson.has_focus(title(lesson, "Only read"))


def test_the_foot_is_in_reach_and_the_text_scrolls_on_a_phone(open_page: Opener, lesson_server: Server) -> None:
    tab = opened(open_page, lesson_server, (360, 640))
    for name in ("Back", "Next"):
        box = tab.button(name).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= 640
    tab.button("Leave the lesson").scroll_into_view_if_needed()
    expect(tab.button("Leave the lesson")).to_be_in_viewport()
    tab.button("Collapse panel").click()
    expect(tab.page.get_by_role("complementary")).to_contain_text("0 of 1 goal")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_in_a_lesson(
    open_page: Opener, lesson_server: Server, axe: str, theme: str, size: tuple[int, int]
) -> None:
    tab = opened(open_page, lesson_server, size, color_scheme=theme)
    assert tab.violations(axe) == []
    reach_the_goal(tab)
    go_to(tab, 3)
    tab.page.get_by_text("It draws a circle.").click()
    expect(tab.page.locator(".reply")).to_contain_text("Wrong.")
    assert tab.violations(axe) == []
    tab.button("Leave the lesson").click()
    tab.press("l")
    expect(tab.page.get_by_role("button", name="A lesson for tests")).to_be_visible()
    assert tab.violations(axe) == []


def test_a_mistake_in_the_authors_file_is_said_while_the_steps_stay(
    open_page: Opener, browser: Browser, tmp_path: Path
) -> None:
    assert browser.is_connected()
    file = tmp_path / "for-tests.md"
    file.write_text(HEAD, encoding="utf-8")
    server = Server(tmp_path, arguments=["lesson", str(file)])
    tab = opened(open_page, server)
    file.write_text(HEAD.replace("highlight: [play", "highlight: [plai"), encoding="utf-8")
    alert = tab.page.get_by_role("alert")
    expect(alert).to_contain_text("plai")
    expect(title(tab, "Press Play")).to_be_visible()
    file.write_text(HEAD.replace("## Press Play", "## Press it"), encoding="utf-8")
    expect(title(tab, "Press it")).to_be_visible()
    expect(alert).to_have_count(0)
    server.stop()
