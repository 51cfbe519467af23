"""What needs more than the plain install: a missing library is one line that says what to install."""

import copy
import json
import subprocess
import sys
from pathlib import Path

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


WITHOUT_EXTRAS = """
import json, sys
for library in ("anywidget", "av", "distributed", "ipywidgets", "matplotlib", "onnx", "optuna", "pandas",
                "pyarrow", "safetensors", "sklearn", "torch", "traitlets"):
    sys.modules[library] = None
import tinkernet
from tinkernet.extras import MissingExtraError

run = tinkernet.Run(seed="1")
said = {}
for name, use in {
    "TinkerClassifier": lambda: tinkernet.TinkerClassifier(),
    "TinkerRegressor": lambda: tinkernet.TinkerRegressor(),
    "Playground": lambda: tinkernet.Playground(run),
    "onnx": lambda: tinkernet.export.onnx(run),
    "safetensors": lambda: tinkernet.export.safetensors(run),
    "plot": run.plot,
    "plot_boundary": run.plot_boundary,
    "plot_history": run.plot_history,
    "animate": lambda: run.animate("learning.mp4"),
    "to_pandas": lambda: run.history_table().to_pandas(),
    "parquet": lambda: run.history_table().save("losses.parquet"),
    "from_torch": lambda: tinkernet.from_torch(object()),
    "from_onnx": lambda: tinkernet.from_onnx("network.onnx"),
    "watch": lambda: tinkernet.watch(object()),
    "sweep": lambda: tinkernet.sweep(run, start=range(2), executor="tcp://127.0.0.1:8786"),
    "design": lambda: tinkernet.sweep(run, start=range(2), design="optuna", budget=2),
}.items():
    try:
        use()
    except MissingExtraError as error:
        said[name] = error.extra
run.picture("run.png")
print(json.dumps(said))
"""


def test_whatever_needs_an_extra_says_so_where_it_is_missing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_EXTRAS], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == {
        **dict.fromkeys(("TinkerClassifier", "TinkerRegressor"), "sklearn"),
        "Playground": "notebook",
        "onnx": "onnx",
        "safetensors": "safetensors",
        **dict.fromkeys(("plot", "plot_boundary", "plot_history"), "plot"),
        "animate": "video",
        **dict.fromkeys(("to_pandas", "parquet"), "frames"),
        "from_torch": "torch",
        "from_onnx": "onnx",
        "watch": "torch",
        "sweep": "cluster",
        "design": "optuna",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["run.png"]
