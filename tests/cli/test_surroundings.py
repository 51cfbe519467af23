"""The command in difficult environments: full, closed or broken outputs, unusual terminals and encodings."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tinkernet import Run

COMMAND = f"{sys.executable} -m tinkernet"
SHORT = "train seed=0.5 --epochs 3"
FULL = "tinkernet: the output cannot be written (no space left on device)\n"


def shell(line: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash that calls `tinkernet`; the exit code is the command's."""
    return subprocess.run(
        ["bash", "-c", f'tinkernet() {{ {COMMAND} "$@"; }}; {line}; exit ${{PIPESTATUS[0]}}'],
        env={**os.environ, **variables},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "line", ["--version", "--help", "train --help", SHORT, f"{SHORT} --json"], ids=lambda line: line[:30]
)
def test_a_closed_pipe_or_a_full_disk_gives_no_traceback(line: str) -> None:
    broken = shell(f"tinkernet {line} | true")
    # Whether the reader had already ended when the output was written depends on timing.
    assert (broken.returncode in {0, 141}, broken.stderr) == (True, "")
    full = shell(f"tinkernet {line} > /dev/full")
    assert (full.returncode, full.stdout, full.stderr) == (2, "", FULL)


def test_a_full_disk_is_reported_and_json_names_only_written_files(tmp_path: Path) -> None:
    # A file size limit of 0 has the same effect as a full disk.
    done = shell(f"(ulimit -f 0; tinkernet {SHORT} --json --save run.tinkernet --picture run.svg)", tmp_path)
    assert done.returncode == 2
    found = json.loads(done.stdout)
    assert (found["epoch"], found["saved"], found["picture"]) == (3, None, None)
    assert re.findall("^tinkernet: (.*?) is ", done.stderr, re.MULTILINE)[-1] == "picture"
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_files_are_saved_if_the_output_cannot_be_written(tmp_path: Path) -> None:
    done = shell(f"tinkernet {SHORT} --json --save run.tinkernet > /dev/full", tmp_path)
    assert (done.returncode, done.stderr) == (2, FULL)
    assert Run.load(tmp_path / "run.tinkernet").epoch == 3


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_has_no_other_effect(closed: str, tmp_path: Path) -> None:
    done = shell(f"tinkernet {SHORT} --save run.tinkernet {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert Run.load(tmp_path / "run.tinkernet").epoch == 3


@pytest.mark.parametrize("errors", ["2>&-", "2>/dev/full"])
def test_an_error_that_cannot_be_written_sets_the_exit_code(errors: str) -> None:
    assert shell(f"tinkernet train --epochs x {errors}").returncode == 2


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii", "utf-16"])
def test_json_output_is_valid_in_every_encoding(encoding: str) -> None:
    done = shell(f"tinkernet {SHORT} --json --seed зерно", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["seed"] == "зерно"


@pytest.mark.parametrize("size", ["0", "1", "2", "9", "30", "100000", "-3", "wide"])
def test_the_report_fits_a_terminal_of_any_size(size: str) -> None:
    done = shell(f"tinkernet {SHORT}; tinkernet train --help", COLUMNS=size, LINES=size, FORCE_COLOR="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Trained" in done.stdout
    assert "--until-loss" in done.stdout


def test_no_color_is_respected() -> None:
    done = shell(f"tinkernet {SHORT}", NO_COLOR="1", FORCE_COLOR="1", COLUMNS="80")
    assert done.returncode == 0
    assert not re.search(r"\x1b\[[0-9;]*(3|4)8;", done.stdout)


def test_no_home_directory_is_needed() -> None:
    done = shell(f"env -u HOME -u XDG_STATE_HOME {COMMAND} {SHORT} --json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["epoch"] == 3


MANY_DIGITS = 400 * "9"
REFUSED = {
    "trian": r"there is no command 'trian' \(did you mean train\?\)",
    "trian --epochs 3": r"there is no command 'trian' \(did you mean train\?\)",
    "dance": "there is no command 'dance'; ",
    "--no-browser trian": "this text contains no experiment",
    "./nothing": "this text contains no experiment",
    "/dev/null": "is a file, not a link",
    "--prot 8000": r"unknown option '--prot' \(did you mean --port\?\)",
    "train --epcohs 3": r"unknown option '--epcohs' \(did you mean --epochs\?\)",
    "train --epcohs=3": r"unknown option '--epcohs' \(did you mean --epochs\?\)",
    "train seed=1 seed=2": "unexpected argument 'seed=2'",
    "train --dataset spirall": r"\(did you mean spiral\?\)",
    "train /dev/zero": "regular file",
    f"--port {MANY_DIGITS}": "not a valid port",
    **{
        f"train --{option} {MANY_DIGITS}": option.replace("-", "_")
        for option in ("epochs", "until-loss", "noise", "train-percent", "start", "hidden", "learning-rate")
    },
    f"train --batch-size {MANY_DIGITS}": "batch_size",
    f"train batchSize={MANY_DIGITS}": "batch_size",
    f"train --epochs {5000 * '9'}": "epochs",
    f"train --start {5000 * '9'}": "start",
}


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line[:30])
def test_invalid_arguments_give_one_line(line: str) -> None:
    done = shell(f"tinkernet {line}")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"tinkernet: [^\n]{1,300}\n", done.stderr), done.stderr
    assert re.search(REFUSED[line], done.stderr)
