"""What tests of the page do with the map of two settings."""

from browsing import PATIENCE
from playwright.sync_api import Locator, Page

BETWEEN = 200
"""Milliseconds between two presses."""


def pointed_at_run(page: Page, dialog: Locator, epochs: int) -> None:
    """Point at a run by key; one in the middle may not be computed yet."""
    card = dialog.get_by_text(f"after {epochs} epochs")
    for _ in range(int(PATIENCE / BETWEEN)):
        dialog.get_by_role("application").press("ArrowRight")
        page.wait_for_timeout(BETWEEN)
        if card.is_visible():
            return
    raise AssertionError("no run can be pointed at")
