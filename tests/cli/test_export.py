"""`tinkernet export` writes the network of a saved run."""

from pathlib import Path

import onnx
import pytest

from tinkernet import Run, export
from tinkernet.cli import main


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A saved run."""
    path = tmp_path / "it.tinkernet"
    Run(seed=1, dataset="iris").train(3).save(path)
    return path


def test_a_program_is_printed(saved: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", str(saved), "--to", "numpy", "--dtype", "float32"]) == 0
    printed = capsysbinary.readouterr()
    assert printed.out.decode() == export.numpy(Run.load(saved), dtype="float32")
    assert printed.err == b""


def test_a_file_is_written(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = saved.with_name("it.onnx")
    assert main(["export", str(saved), "--to", "onnx", "--output", str(place)]) == 0
    onnx.checker.check_model(onnx.load(place))
    assert capsys.readouterr().out == ""
    assert main(["export", str(saved), "--to", "torch", "--with-training", "--output", str(place)]) == 0
    assert place.read_text(encoding="utf-8") == export.torch(Run.load(saved), training=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "torhc"], "to is 'torhc', but must be one of"),
        (["--to", "onnx"], "output is None, but must be given for ONNX: --output network.onnx"),
        (["--to", "json", "--dtype", "float32"], "dtype is 'float32', but must be not given, as all digits are kept"),
        (["--to", "json", "--with-training"], "training is True, but must be False for JSON"),
        (["--to", "playground"], "dataset is 'iris', but must be one that TensorFlow Playground has"),
        (
            ["--to", "json", "--output", "no/such/folder"],
            "output is 'no/such/folder', but must be in a folder that exists",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: list[str], said: str, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(saved), *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"tinkernet: {said}")
    assert printed.err.count("\n") == 1


def test_a_full_disk_is_one_line_and_leaves_the_old_file(
    saved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = saved.with_name("it.json")
    place.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert main(["export", str(saved), "--to", "json", "--output", str(place)]) == 2
    assert "but must be a file that can be written (No space left on device)" in capsys.readouterr().err
    assert place.read_text() == "old"
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith(".")] == []
