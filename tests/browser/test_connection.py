"""Several tabs, and lost connections."""

from typing import Any

from browsing import Opener, Server, Tab
from playwright.sync_api import expect


def test_two_tabs_are_two_runs(context_of: Any, server: Server) -> None:
    context = context_of()
    tabs = []
    for _ in range(2):
        page = context.new_page()
        page.goto(f"{server.url}#seed=0.5")
        tabs.append(Tab(page).ready())
    one, other = tabs
    one.button("Step").click()
    one.sees("epoch", 1)
    one.radio("XOR").check(force=True)
    one.holds(dataset="xor")
    other.sees("epoch", 0)
    other.button("Step").click()
    other.sees("epoch", 1)
    other.holds(dataset="")
    expect(other.radio("Circle")).to_be_checked()


def test_a_duplicated_tab_has_the_same_state_and_is_independent(open_page: Opener) -> None:
    one = open_page("seed=0.5&dataset=gauss")
    one.train_to(6)
    with one.page.context.expect_page() as opening:
        one.page.evaluate("open(location.href)")  # with the first tab's session storage, like a duplicated tab
    other = Tab(opening.value).ready()
    other.sees("epoch", 6)
    assert other.number("train-loss") == one.number("train-loss")
    other.button("Step").click()
    other.sees("epoch", 7)
    one.sees("epoch", 6)
    one.button("Step").click()
    one.button("Step").click()
    one.sees("epoch", 8)
    other.sees("epoch", 7)


def test_after_a_server_restart_the_page_says_so_and_the_run_is_restored(
    open_page: Opener, own_server: Server, watcher: Any
) -> None:
    watcher.forgive("WebSocket connection to .* failed")
    tab = open_page("seed=0.5&networkShape=3", at=own_server)
    loss = tab.number("train-loss")
    tab.button("Step").click()
    tab.sees("epoch", 1)
    tab.radio("Spiral").check(force=True)
    tab.holds(dataset="spiral")
    for epoch in (1, 2, 3):
        tab.button("Step").click()
        tab.sees("epoch", epoch)
    before = tab.link()
    own_server.saves(3)
    own_server.stop()
    expect(tab.page.get_by_text("Connection lost.")).to_be_visible()
    own_server.start()
    expect(tab.page.get_by_text("Connection lost.")).to_have_count(0, timeout=15_000)
    tab.sees("epoch", 3)
    expect(tab.page.get_by_text("the run was restored at epoch 3")).to_be_visible()
    assert tab.link() == before
    expect(tab.radio("Spiral")).to_be_checked()
    tab.button("Step").click()
    tab.sees("epoch", 4)
    assert tab.number("train-loss") != loss


def test_training_continues_while_the_page_is_disconnected(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Play").click()
    tab.comes_past(5)
    gone_at = tab.number("epoch")
    tab.page.goto("about:blank")
    tab.page.go_back()
    tab.ready()
    expect(tab.button("Pause")).to_be_visible()
    tab.comes_past(gone_at)
