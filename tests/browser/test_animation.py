"""Saving an animation from the dialog for sharing, and from the menu."""

import re

from browsing import Opener
from PIL import Image
from playwright.sync_api import expect


def test_an_animation_is_drawn_with_its_progress_and_saved(open_page: Opener) -> None:
    tab = open_page("dataset=xor&networkShape=2&seed=0.5")
    tab.button("Share").dblclick()
    tab.dialog("Share").get_by_role("button", name="Save animation…").click()
    dialog = tab.dialog("Save animation")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("Train for at least one epoch first.")
    tab.press("Escape")
    tab.train_to(60)

    tab.menu("Save animation…")
    # The second click of a double click is on the same button, which is for cancelling by then.
    dialog.get_by_role("button", name="Save", exact=True).dblclick()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"Drawing frame \d+ of \d\d"))
    tab.has_focus(dialog.get_by_role("button", name="Cancel", exact=True))
    dialog.get_by_role("button", name="Cancel", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("")
    dialog.get_by_label("GIF").check()
    with tab.page.expect_download() as download:
        dialog.get_by_role("button", name="Save", exact=True).click()
    assert download.value.suggested_filename == "tinkernet-learning.gif"
    with Image.open(download.value.path()) as moving:
        assert moving.n_frames > 20  # type: ignore[attr-defined]
        assert moving.size == (640, 360)
    expect(dialog.get_by_role("status")).to_have_text("Saved.")
