"""Options with parameters, as the page changes them."""

from typing import Any

import msgspec
import pytest
from playing_alone import alone

from tinkernet import Adam
from tinkernet.protocol import intentions


def change(value: Any) -> intentions.Change:
    """A change of the optimizer."""
    return intentions.Change(settings={"optimizer": msgspec.Raw(msgspec.json.encode(value))})


def test_an_option_comes_as_an_object_and_is_kept_as_its_text() -> None:
    page = alone()
    page.do(change({"name": "adam", "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8}))
    assert page.state["experiment"]["optimizer"] == Adam(beta1=0.8)
    page.do(change({"name": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}))
    assert page.state["experiment"]["optimizer"] == "adam"
    assert page.state["undo"] == "optimizer Adam, β₁ 0.8 → Adam"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": 3},
        {"name": "adam", "gamma": 1},
        {"name": "adam", "beta1": 2},
        {"name": "adam", "beta1": "0.8,beta2:0.5"},
        {"name": "adam", "beta1": [0.8]},
        {"name": "adam", "beta1": True},
        {"name": "sgd", "beta1": 0.8},
        {"name": "adam", **{f"beta{i}": 0.5 for i in range(10_000)}},
    ],
)
def test_an_object_that_is_no_option_changes_nothing(wrong: dict[str, Any]) -> None:
    page = alone()
    page.do(change(wrong))
    trouble = page.page.last("trouble")
    assert trouble["message"].count("\n") == 0
    assert 0 < len(trouble["message"]) < 400
    assert page.state["undo"] is None
