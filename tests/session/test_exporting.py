"""A page asks for the network as a program or file, and gets it, or one sentence why not."""

import base64

import onnx
import pytest
from playing_alone import Alone, alone

from tinkernet import export
from tinkernet.export.networks.targets import TARGETS
from tinkernet.protocol import intentions
from tinkernet.protocol.catalog import catalog
from tinkernet.session import exporting


def asked(page: Alone, target: str, *, training: bool = False) -> dict[str, object]:
    page.do(intentions.AskExport(target=target, training=training))
    found = page.page.last("exported")
    assert (found["target"], found["training"]) == (target, training)
    return found


def test_the_page_is_offered_every_target() -> None:
    assert [one.name for one in catalog().exports] == list(TARGETS)
    assert [one.name for one in catalog().exports if one.trains] == ["torch"]


def test_the_answer_is_that_of_python() -> None:
    page = alone(seed="0.5", dataset="circle")
    page.do(intentions.Step())
    run = page.session._workspace.run
    for name, target in TARGETS.items():
        found = asked(page, name)
        expected = getattr(export, name)(run)
        assert (found["file"], found["refusal"], found["epoch"]) == (target.file, "", 1)
        if target.binary:
            assert base64.b64decode(str(found["data"])) == expected
        else:
            assert str(found["text"]).strip() == expected.strip()
    onnx.checker.check_model(onnx.load_from_string(base64.b64decode(str(asked(page, "onnx")["data"]))))
    assert asked(page, "torch", training=True)["text"] == export.torch(run, training=True)


def test_why_there_is_none_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    page = alone(seed="0.5", dropout=0.2)
    found = asked(page, "torch", training=True)
    assert str(found["refusal"]).startswith("Not possible: dropout is 0.2, but must be 0 to export the training")
    assert found["text"] == found["data"] == ""
    assert "TensorFlow Playground has" in str(asked(page, "playground")["refusal"])
    monkeypatch.setattr(exporting, "MOST_BYTES", 1_000)
    assert str(asked(page, "json")["refusal"]).startswith("This network is too large for the page.")
    monkeypatch.setattr(exporting, "MOST_BYTES", 10)
    assert str(asked(page, "onnx")["refusal"]).startswith("This network is too large for the page.")


def test_a_target_that_does_not_exist_is_refused() -> None:
    page = alone()
    page.do(intentions.AskExport(target="cheese"))
    assert "There is no export to 'cheese'." in page.page.last("trouble")["message"]
