"""Inputs by formula in a session: the preview while typing, and what the page is sent."""

import base64
from typing import Any

import msgspec
import pytest
from playing_alone import Alone, alone

from tinkernet.network.features import MOST_FORMULAS
from tinkernet.protocol.intentions import Change, PreviewFormula, Undo
from tinkernet.session.messages import Attached

WAVES = "sin(3*x)*y"


def preview(driven: Alone, text: str, *, replaces: str = "") -> dict[str, Any]:
    driven.do(PreviewFormula(request=7, text=text, replaces=replaces))
    answer = driven.page.last("formula-preview")
    assert answer["request"] == 7
    return answer


def change(driven: Alone, *features: str) -> None:
    driven.do(Change(settings={"features": msgspec.Raw(msgspec.json.encode(features))}))


def kinds(driven: Alone) -> list[str]:
    return [fact["type"] for fact in driven.page.facts]


def test_a_preview_has_the_text_the_display_and_the_picture() -> None:
    feature = preview(alone(), "sin(3x₁) · x₂")["feature"]
    assert (feature["name"], feature["formula"], feature["label"]) == (WAVES, WAVES, "sin(3x₁)·x₂")
    assert feature["by_formula"]
    picture = base64.b64decode(feature["picture"])
    assert len(picture) == feature["cells"] ** 2
    assert len(set(picture)) > 50


def test_a_preview_of_an_entry_of_the_table_is_that_entry() -> None:
    feature = preview(alone(), "sin(x)")["feature"]
    assert (feature["label"], feature["by_formula"]) == ("sin X1", False)


@pytest.mark.parametrize(
    ("text", "wrong", "refusal"),
    [
        ("sin(3*x", "(", "“(” is never closed."),
        ("y + sni(x)", "sni", "“sni” is not known (did you mean sin?)."),
        ("x", "x", "This is an input already."),
        ("x*y*2+x", "x*y*2+x", "This is an input already."),
    ],
)
def test_a_preview_says_what_is_wrong_and_where(text: str, wrong: str, refusal: str) -> None:
    answer = preview(alone(features=("x", "x*y*2+x")), text)
    assert answer["feature"] is None
    assert text[answer["start"] : answer["start"] + answer["length"]] == wrong
    assert answer["refusal"] == refusal


def test_a_preview_names_a_point_at_which_the_formula_is_not_finite() -> None:
    answer = preview(alone(), "log(x)")
    assert answer["feature"] is None
    assert answer["refusal"].startswith("At (−")
    assert "it is not a number" in answer["refusal"]


def test_an_input_that_is_changed_may_stay_as_it_is() -> None:
    driven = alone(features=("x", WAVES))
    assert preview(driven, WAVES)["feature"] is None
    assert preview(driven, WAVES, replaces=WAVES)["feature"]["name"] == WAVES


def test_a_preview_says_when_there_are_enough_formulas() -> None:
    driven = alone(features=[f"x+{n}" for n in range(1, MOST_FORMULAS + 1)])
    assert str(MOST_FORMULAS) in preview(driven, "x+99")["refusal"]
    assert preview(driven, "x+99", replaces="x+1")["feature"] is not None


def test_a_preview_changes_nothing() -> None:
    driven = alone()
    before = driven.session.saved
    preview(driven, WAVES)
    assert driven.session.saved == before
    assert driven.state["undo"] is None


def test_a_page_without_formulas_is_sent_none() -> None:
    driven = alone()
    change(driven, "x", "sinX")
    assert "formula-features" not in kinds(driven)


def test_formulas_are_sent_before_the_state_that_names_them_and_once() -> None:
    driven = alone()
    driven.page.facts.clear()
    change(driven, "x", "y", "sin(3x)*y")
    assert kinds(driven)[:2] == ["formula-features", "state"]
    assert driven.state["experiment"]["features"] == ["x", "y", WAVES]
    assert driven.state["sizes"][0] == 3
    driven.page.facts.clear()
    driven.do(Change(settings={"noise": msgspec.Raw(b"10")}))
    assert "formula-features" not in kinds(driven)
    driven.do(Undo(), Undo())
    assert driven.page.last("formula-features")["features"] == []
    assert driven.state["experiment"]["features"] == ["x", "y"]


def test_a_page_that_comes_back_is_sent_the_formulas_again() -> None:
    driven = alone(features=("x", WAVES))
    driven.page.facts.clear()
    driven.do(Attached(driven.page))
    assert [feature["name"] for feature in driven.page.last("formula-features")["features"]] == [WAVES]


def test_data_for_which_a_formula_is_not_finite_is_refused_and_nothing_changes() -> None:
    driven = alone(dataset="gauss", features=("x", "sqrt(x+6)"))
    driven.do(Change(settings={"noise": msgspec.Raw(b"80")}))
    assert "sqrt(x+6)" in driven.page.last("trouble")["message"]
    assert driven.state["experiment"]["noise"] == 0


def test_the_picture_of_an_input_by_formula_is_in_the_frame() -> None:
    driven = alone(features=("x", WAVES))
    from tinkernet.protocol.intentions import Watch
    from tinkernet.protocol.message import NeuronPlace

    driven.page.binary.clear()
    driven.do(Watch(neuron_cells=8, output_cells=16, focus=NeuronPlace(layer=-1, neuron=1)))
    assert driven.page.binary
