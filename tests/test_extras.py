"""What needs more than the plain install: a missing library is one line that says what to install."""

import copy
import sys

import pytest

from tinkernet.extras import MissingExtraError, extra


def test_a_library_that_is_installed_is_imported() -> None:
    assert extra("json.decoder", "json") is sys.modules["json.decoder"]


def test_a_missing_library_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError) as caught:
        extra("onnx", "onnx")
    assert str(caught.value) == "onnx is not installed: pip install 'tinkernet[onnx]'"
    again = copy.copy(caught.value)
    assert (again.library, again.extra, str(again)) == ("onnx", "onnx", str(caught.value))


def test_a_library_that_lacks_something_says_what_it_lacks(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "broken_library.py").write_text("import something_that_is_missing")
    sys.path.insert(0, str(folder))
    try:
        with pytest.raises(ModuleNotFoundError, match="something_that_is_missing"):
            extra("broken_library", "broken")
    finally:
        sys.path.remove(str(folder))
