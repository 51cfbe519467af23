"""Painting points on the output: by mouse, touch and keyboard, while training, and undone."""

import re
from typing import Any

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect

from tinkernet import Dataset, Experiment

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIDE: dict[str, Any] = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}
STROKE = re.compile(r"s(-?[\d.]+),(\d+),(\d+)((?:,-?\d+)+)")


def opened(tab: Tab) -> Locator:
    """The plane, with the tools open."""
    tab.button("Paint points").click()
    plane = tab.page.get_by_role("application", name="Plane to paint on")
    expect(plane).to_be_visible()
    return plane


def at(plane: Locator, x: float, y: float) -> tuple[float, float]:
    """Where a place of the plane is in the window."""
    box = plane.bounding_box()
    assert box is not None
    return box["x"] + (x + 6) / 12 * box["width"], box["y"] + (6 - y) / 12 * box["height"]


def drag(tab: Tab, plane: Locator, *path: tuple[float, float]) -> None:
    """Drag the mouse over the plane."""
    mouse = tab.page.mouse
    mouse.move(*at(plane, *path[0]))
    mouse.down()
    for place in path[1:]:
        mouse.move(*at(plane, *place), steps=8)
    mouse.up()


def strokes(tab: Tab) -> list[str]:
    """The strokes in the address."""
    return [stroke for stroke in tab.link().get("drawing", "").split("_") if stroke]


def has_strokes(tab: Tab, count: int) -> list[str]:
    """Wait until the address has so many strokes."""
    tab.page.wait_for_function(
        """count => (new URLSearchParams(location.hash.slice(1)).get("drawing") ?? "")
          .split("_").filter(Boolean).length === count""",
        arg=count,
    )
    return strokes(tab)


def has_drawing(tab: Tab, pattern: str) -> None:
    """Wait until the whole drawing in the address is so."""
    tab.page.wait_for_function(
        """pattern => new RegExp(`^(?:${pattern})$`).test(
          new URLSearchParams(location.hash.slice(1)).get("drawing") ?? "")""",
        arg=pattern,
    )


def test_spraying_erasing_and_undoing_with_the_mouse(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    before = tab.picture()
    plane = opened(tab)
    drag(tab, plane, (-5, 5), (5, 5))
    (spray,) = has_strokes(tab, 1)
    found = STROKE.fullmatch(spray)
    assert found is not None
    assert (found[1], found[2]) == ("1", "60")
    tab.page.get_by_role("radio", name="outside").check(force=True)
    drag(tab, plane, (0, 0), (1, 1))
    assert has_strokes(tab, 2)[1].startswith("s-1,")
    tab.page.get_by_role("radio", name="Erase").check(force=True)
    drag(tab, plane, (-5, -3), (5, -3))
    assert has_strokes(tab, 3)[2].startswith("e60,")
    tab.press("Control+z")
    has_strokes(tab, 2)
    tab.press("Control+z", "Control+z")
    has_strokes(tab, 0)
    tab.button("Done").click()
    tab.has_focus(tab.button("Paint points"))
    tab.page.mouse.move(5, 5)
    tab.shows_picture(before)
    tab.press("Control+Shift+z")
    has_strokes(tab, 1)


def test_points_appear_while_the_tool_is_dragged_and_training_continues(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    tab.button("Play").click()
    tab.comes_past(3)
    mouse = tab.page.mouse
    mouse.move(*at(plane, -4, 0))
    mouse.down()
    for x in range(-4, 5):
        mouse.move(*at(plane, x, 4), steps=3)
    # Not lifted yet: the points are there, and the address too.
    has_strokes(tab, 1)
    epoch = tab.number("epoch")
    tab.comes_past(epoch + 5)
    mouse.up()
    tab.comes_past(epoch + 10)
    expect(tab.button("Pause")).to_be_visible()
    tab.button("Pause").click()
    expect(tab.button("Play")).to_be_visible()
    tab.picture()
    loss = tab.number("train-loss")
    tab.page.reload()
    tab.ready()
    tab.sees_exactly("train-loss", loss)
    assert len(strokes(tab)) == 1


def test_a_single_point_lies_where_the_pointer_is_lifted(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    tab.page.get_by_role("radio", name="Single point").check(force=True)
    drag(tab, plane, (0, 0), (3, 3))
    has_drawing(tab, "d1,(29[5-9]|30[0-5]),(29[5-9]|30[0-5])")


def test_a_selection_is_dragged_around_points_and_then_moved(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    tab.page.get_by_role("radio", name="Move").check(force=True)
    drag(tab, plane, (0, 0), (2, 0))
    expect(tab.page.get_by_test_id("selection")).to_have_count(1)
    expect(tab.page.get_by_role("status").filter(has_text="selected")).to_have_count(1)
    assert strokes(tab) == []
    drag(tab, plane, (0.5, 0), (3, 3))
    has_drawing(tab, "m(19|20).,-?[0-5],-?[0-5],(24|25).,(29|30).")
    tab.press("Escape")
    expect(tab.page.get_by_test_id("selection")).to_have_count(0)
    expect(plane).to_be_visible()
    tab.press("Escape")
    expect(plane).to_have_count(0)


def test_everything_can_be_removed_and_painted_again(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    drag(tab, plane, (0, 0), (1, 0))
    has_strokes(tab, 1)
    tab.button("Remove all points").click()
    tab.holds(drawing="c")
    drag(tab, plane, (-4, 0), (-2, 0))
    has_strokes(tab, 2)
    tab.press("Control+z")
    tab.holds(drawing="c")
    tab.press("Control+z")
    # On a busy machine the spray also works where the mouse rests.
    has_drawing(tab, "s1,60,3,0,0((,0,0)*,36,0){2}(,0,0)*")


def test_a_value_is_painted_where_there_are_no_classes(open_page: Opener) -> None:
    tab = open_page("problem=regression&seed=0.5")
    plane = opened(tab)
    tab.slider("Value").fill("-0.4")
    tab.page.get_by_role("radio", name="Single point").check(force=True)
    drag(tab, plane, (0, 0))
    (dot,) = has_strokes(tab, 1)
    assert dot.startswith("d-0.4,")


def test_points_of_ten_classes_are_painted_on_a_persons_own_data(open_page: Opener) -> None:
    labels = [f"class {index % 10}" for index in range(40)]
    data = Dataset.from_arrays([(index % 7, index / 10) for index in range(40)], labels, names=("width", "height"))
    tab = open_page(Experiment(data=data, seed="1").to_link(), **PHONE)
    plane = opened(tab)
    tab.press("ArrowRight", "p", "0", "Space")
    has_drawing(tab, "d9,25,0")
    tab.page.get_by_role("radio", name="class 3").check(force=True)
    drag(tab, plane, (1, 1))
    has_drawing(tab, "d9,25,0_d3,[0-9]+,[0-9]+")
    tab.press("ArrowRight")
    expect(tab.page.get_by_role("status").filter(has_text="under the brush")).to_have_count(1)


def test_there_is_no_painting_on_a_slice_of_three_columns(open_page: Opener) -> None:
    data = Dataset.from_arrays([(index, index % 7, index % 3) for index in range(40)], ["a", "b"] * 20)
    tab = open_page(Experiment(data=data, seed="1").to_link())
    expect(tab.button("Paint points")).to_have_count(0)


def test_there_is_no_painting_on_two_columns_that_have_changed_places(open_page: Opener) -> None:
    data = Dataset.from_arrays([(index, index % 7) for index in range(40)], ["a", "b"] * 20)
    link = Experiment(data=data, seed="1").to_link()
    expect(open_page(link).button("Paint points")).to_be_visible()
    expect(open_page(f"{link}&axes=1,0").button("Paint points")).to_have_count(0)


def test_painting_by_keyboard_alone(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    tab.button("Paint points").focus()
    tab.press("Enter")
    plane = tab.page.get_by_role("application", name="Plane to paint on")
    tab.has_focus(plane)
    status = tab.page.get_by_role("status").filter(has_text=re.compile("brush|in all|selected|Erase"))
    tab.press("ArrowRight", "Shift+ArrowUp")
    expect(status).to_have_text(re.compile("^0.25, 1.00: [0-9]+ points under the brush$"))
    expect(tab.page.get_by_test_id("cursor")).to_have_count(1)
    tab.press("1", "p", "Enter")
    assert has_strokes(tab, 1) == ["d-1,25,100"]
    expect(status).to_have_text("501 points in all")
    tab.press("s", "]", "Space")
    assert has_strokes(tab, 2)[1].startswith("s-1,70,")
    tab.press("e")
    expect(status).to_have_text(re.compile("^Erase"))
    tab.press("Space")
    assert has_strokes(tab, 3)[2] == "e70,25,100"
    tab.press("m", "Shift+ArrowDown", "Shift+ArrowDown", "Space")
    expect(status).to_have_text(re.compile("selected. Arrow keys move them"))
    tab.press("Shift+ArrowRight", "Shift+ArrowRight", "ArrowUp", "Enter")
    has_drawing(tab, ".*_.*_.*_m70,25,-100,200,25")
    tab.press("Escape")
    expect(plane).to_have_count(0)
    tab.has_focus(tab.button("Paint points"))
    tab.press("b")
    expect(plane).to_be_visible()


def test_what_is_said_while_points_are_on_their_way_stays(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    opened(tab)
    tab.press("p", "ArrowRight", "Enter", "ArrowRight")
    has_strokes(tab, 1)
    said = "^0.50, 0.00: [0-9]+ points under the brush(, 501 points in all)?$"
    status = tab.page.get_by_role("status").filter(has_text="under the brush")
    expect(status).to_have_text(re.compile(said))
    tab.press("Enter", "e")
    has_strokes(tab, 2)
    expect(tab.page.get_by_role("status").filter(has_text="Erase")).to_have_text(
        re.compile("^Erase(, 502 points in all)?$")
    )


def test_the_space_key_plays_where_the_mouse_paints(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    drag(tab, plane, (0, 0))
    has_strokes(tab, 1)
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()
    assert len(strokes(tab)) == 1


@pytest.mark.parametrize("device", [PHONE, SIDE], ids=["upright", "on its side"])
def test_a_finger_paints_and_does_not_scroll(open_page: Opener, device: dict[str, Any]) -> None:
    tab = open_page(**device)
    plane = opened(tab)
    touch = tab.page.context.new_cdp_session(tab.page)
    for kind, place in [("touchStart", (-4, 4)), ("touchMove", (0, 0)), ("touchMove", (4, -4)), ("touchEnd", None)]:
        points = [] if place is None else [dict(zip("xy", at(plane, *place), strict=True))]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    has_drawing(tab, r"s1,\d+,\d+(,-?\d+){31,}")
    scrolled = "() => [...document.querySelectorAll('*')].some(e => e.scrollTop > 0) || scrollY > 0"
    assert tab.page.evaluate(scrolled) is False
    tab.button("Done").click()
    expect(plane).to_have_count(0)


class Pen:
    """A pen above the plane or on it, as real pointer events."""

    def __init__(self, tab: Tab, plane: Locator) -> None:
        self._devtools = tab.page.context.new_cdp_session(tab.page)
        self._plane = plane

    def _send(self, kind: str, place: tuple[float, float], **values: Any) -> None:
        x, y = at(self._plane, *place)
        event = {"type": kind, "x": x, "y": y, "pointerType": "pen", "buttons": 0, **values}
        self._devtools.send("Input.dispatchMouseEvent", event)

    def hover(self, *place: float) -> None:
        """Hold it above the plane."""
        self._send("mouseMoved", (place[0], place[1]))

    def draw(self, *path: tuple[float, float]) -> None:
        """Draw a line with growing pressure."""
        held = {"button": "left", "buttons": 1}
        self._send("mousePressed", path[0], force=0.1, **held)
        for step, place in enumerate(path[1:]):
            self._send("mouseMoved", place, force=0.2 + step / len(path), **held)
        self._send("mouseReleased", path[-1], button="left")


# No tool can send the events of a pen's other end: it has its own button.
OTHER_END = """() => {
  for (const kind of ["pointerdown", "pointermove", "pointerup"])
    window.addEventListener(kind, (event) => {
      Object.defineProperty(event, "button", { value: kind === "pointermove" ? -1 : 5 });
      Object.defineProperty(event, "buttons", { value: kind === "pointerup" ? 0 : 32 });
    }, true);
}"""


def test_a_pen_shows_the_brush_above_the_plane_paints_and_erases_with_its_other_end(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    pen = Pen(tab, plane)
    brush = tab.page.get_by_test_id("brush")
    pen.hover(-4, 4)
    expect(brush).to_have_attribute("cx", re.compile("^-(4|3.9)"))
    assert strokes(tab) == []
    pen.draw((-4, 4), (0, 4), (4, 4))
    (spray,) = has_strokes(tab, 1)
    found = STROKE.fullmatch(spray)
    assert found is not None
    assert found[4].count(",") >= 6
    expect(brush).to_have_count(1)
    pen.hover(-9, 0)
    expect(brush).to_have_count(0)
    tab.page.evaluate(OTHER_END)
    pen.draw((-4, 4), (0, 4))
    assert has_strokes(tab, 2)[1].startswith("e60,")
    expect(tab.page.get_by_role("radio", name="Spray")).to_be_checked()


def touches(tab: Tab, plane: Locator) -> Any:
    """Touches the plane with any number of fingers."""
    devtools = tab.page.context.new_cdp_session(tab.page)

    def touch(kind: str, *fingers: tuple[float, float]) -> None:
        points = [dict(zip("xy", at(plane, *place), strict=True), id=k) for k, place in enumerate(fingers)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


def test_two_fingers_zoom_and_leave_no_stroke(open_page: Opener) -> None:
    tab = open_page(**PHONE)
    plane = opened(tab)
    touch = touches(tab, plane)
    before = tab.picture()
    touch("touchStart", (-2, 0))
    touch("touchMove", (-1, 0))
    has_strokes(tab, 1)
    touch("touchStart", (-1, 0), (2, 0))
    has_strokes(tab, 0)
    for reach in (2, 3, 4, 5):
        touch("touchMove", (-reach, 0), (reach, 0))
    touch("touchEnd")
    tab.page.wait_for_function("() => visualViewport.scale > 1.2")
    has_strokes(tab, 0)
    tab.shows_picture(before)
    expect(tab.page.get_by_test_id("brush")).to_have_count(0)


def test_the_hand_beside_a_pen_does_not_paint(open_page: Opener) -> None:
    tab = open_page(has_touch=True)
    plane = opened(tab)
    touch, pen = touches(tab, plane), Pen(tab, plane)
    touch("touchStart", (4, -4))
    has_strokes(tab, 1)
    pen.draw((-4, 4), (-2, 4))
    touch("touchMove", (5, -5))
    touch("touchEnd")
    (spray,) = has_strokes(tab, 1)
    found = STROKE.fullmatch(spray)
    assert found is not None
    assert re.match(",-(4|39)..?,(4|39)", found[4])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_painting(open_page: Opener, axe: str, theme: str) -> None:
    for device in ({}, PHONE, SIDE):
        for link in ("seed=0.5", "problem=regression&seed=0.5"):
            tab = open_page(link, color_scheme=theme, **device)
            opened(tab)
            tab.press("ArrowRight")
            assert tab.violations(axe) == []


def test_a_selected_neuron_and_many_starts_end_painting(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    plane = opened(tab)
    tab.button("Neuron 1 of layer 1").click()
    expect(plane).to_have_count(0)
    tab.press("Escape")
    opened(tab)
    tab.press("b", "m")
    expect(plane).to_have_count(0)


def test_a_link_can_hide_painting(open_page: Opener) -> None:
    tab = open_page("painting_hide=true&seed=0.5")
    expect(tab.button("Paint points")).to_have_count(0)
    tab.press("b")
    expect(tab.page.get_by_role("application")).to_have_count(0)
