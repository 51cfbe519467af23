"""Opening a link: it is answered, nothing changes where it is refused, and what was ignored is said piece by piece."""

import pytest
from playing_alone import alone

from tinkernet.protocol import intentions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://example.com/", "There is no experiment in this text."),
        ("hello world", "There is no experiment in this text."),
        ("x" * 20_001, "at most 20\u202f000 characters"),
        ("networkShape=256,256,256&seed=1", "at most 100\u202f000 weights"),
    ],
)
def test_a_text_that_holds_no_experiment_is_refused_and_the_run_stays(text: str, words: str) -> None:
    page = alone()
    page.do(intentions.Step(), intentions.SetSpeed(speed="max"))
    before = page.state
    page.do(intentions.Open(link=text, request=7))
    answer = page.page.last("link-opened")
    assert (answer["request"], words in answer["refusal"]) == (7, True)
    assert page.state == before
    assert page.session._workspace.run.epoch == 1
    assert page.page.last("trouble") == {}


def test_a_link_that_opens_is_answered_with_its_number() -> None:
    page = alone()
    page.do(intentions.Open(link="dataset=xor&seed=0.2", request=3))
    assert page.page.last("link-opened") == {"type": "link-opened", "request": 3, "refusal": None}
    assert page.state["experiment"]["dataset"] == "xor"


def test_a_link_that_nobody_waits_for_is_refused_as_trouble() -> None:
    page = alone()
    page.do(intentions.Open(link="hello world"))
    assert "no experiment" in page.page.last("trouble")["message"]
    assert page.page.last("link-opened") == {}


def test_each_thing_that_was_ignored_has_a_separate_notice() -> None:
    page = alone()
    page.do(intentions.Open(link="seed=0.2&moon=1&dataset=cheese", request=1))
    said = [fact["message"] for fact in page.page.facts if fact["type"] == "notice"]
    assert said == [
        "Ignored unknown setting “moon”.",
        "Ignored unknown value “cheese” for dataset; using the default.",
    ]


def test_of_very_many_things_that_were_ignored_the_rest_is_counted() -> None:
    page = alone()
    page.do(intentions.Open(link="seed=0.2&" + "&".join(f"moon{k}=1" for k in range(50)), request=1))
    said = [fact["message"] for fact in page.page.facts if fact["type"] == "notice"]
    assert said[-1] == "46 more settings were ignored or got the default."
    assert len(said) == 5


def test_a_link_opens_at_normal_speed_and_a_step_in_the_browser_keeps_it() -> None:
    page = alone()
    page.do(intentions.SetSpeed(speed="max"), intentions.Open(link="dataset=xor&seed=0.2", step=True))
    assert page.state["speed"] == "max"
    page.do(intentions.Open(link="dataset=gauss&seed=0.2"))
    assert page.state["speed"] == "epoch"
