"""Files are written whole or not at all, and what can't be written is found beforehand."""

from pathlib import Path

import pytest

from tinkernet import ExperimentError
from tinkernet.files import check_writable, write_atomically


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "picture.svg"
    file.write_bytes(b"old")

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExperimentError, match="No space"):
        write_atomically("picture", file, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_what_cannot_be_written_is_found_before(tmp_path: Path) -> None:
    check_writable("save", tmp_path / "run")
    for wrong in (tmp_path, tmp_path / "no" / "run", Path("/dev/null"), Path("/proc/run")):
        with pytest.raises(ExperimentError, match="save is"):
            check_writable("save", wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_the_rights_that_new_files_have_here(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_atomically("picture", tmp_path / "written", b"new")
    assert (tmp_path / "written").stat().st_mode == (tmp_path / "plain").stat().st_mode
