"""Files are written atomically, and unwritable paths are reported in advance."""

from pathlib import Path

import pytest

from tinkernet import ExperimentError
from tinkernet.files import check_writable, write_atomically


def test_a_file_is_written_atomically(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "picture.svg"
    file.write_bytes(b"old")

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExperimentError, match="No space"):
        write_atomically("picture", file, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_an_unwritable_path_is_reported_in_advance(tmp_path: Path) -> None:
    check_writable("save", tmp_path / "run")
    for wrong in (tmp_path, tmp_path / "no" / "run", Path("/dev/null"), Path("/proc/run")):
        with pytest.raises(ExperimentError, match="save is"):
            check_writable("save", wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_default_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_atomically("picture", tmp_path / "written", b"new")
    assert (tmp_path / "written").stat().st_mode == (tmp_path / "plain").stat().st_mode
