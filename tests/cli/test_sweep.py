"""`tinkernet sweep` trains what a file says, keeps the results, and continues after an interruption."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tinkernet import Sweep

FILE = """
epochs = 30
[experiment]
dataset = "xor"
seed = "0.5"
[vary]
learning_rate = [0.01, 0.1]
hidden = [[1], [4, 2]]
start = [0, 1, 2]
[stop]
solved = {loss = 0.01}
hopeless = {epochs = 20, fall = 0.001}
"""
LONG = """
epochs = 2000
seeds = 200
link = "seed=0.5&networkShape=4,2"
[vary]
learning_rate = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
"""


CHOSEN = """
epochs = 5
design = "optuna"
budget = 20
[experiment]
seed = "0.5"
[vary]
learning_rate = {low = 0.001, high = 1, log = true}
hidden = [[1], [4, 2]]
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tinkernet", "sweep", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def test_a_file_is_trained_and_the_same_command_shows_the_same(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(FILE)
    done = run(tmp_path, "xor.toml")
    assert done.returncode == 0, done.stderr
    assert "12 runs. The lowest test loss:" in done.stdout
    best = Sweep.resume(tmp_path / "xor").best
    assert f"  link                 {best.experiment.to_link()}\n" in done.stdout
    assert run(tmp_path, "xor.toml").stdout == done.stdout


@pytest.mark.parametrize("options", [[], ["--processes"]])
def test_an_interrupted_sweep_is_continued_by_the_same_command(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "long.toml").write_text(LONG)
    command = [sys.executable, "-m", "tinkernet", "sweep", "long.toml", "--folder", "here", "--cores", "1", *options]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        while not list((tmp_path / "here").glob("runs-*.parquet")):
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "runs are kept; the same command continues." in complaint
    begun = Sweep.resume(tmp_path / "here").stop()
    assert 0 < begun.done < begun.runs == 1200


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FILE.replace("learning_rate", "learning_rat"), "did you mean learning_rate?"),
        (FILE.replace("epochs = 30", "epoch = 30"), "the name is 'epoch', but must be one of"),
        (FILE.replace("epochs = 30", "epochs = "), "must be TOML"),
        (FILE.replace('seed = "0.5"', ""), "seed is None, but must be given"),
        (FILE.replace("{loss = 0.01}", "0.01"), "stop.solved is 0.01, but must be a table"),
        (FILE.replace("loss = 0.01", "los = 0.01"), "did you mean loss?"),
        (FILE.replace("solved", "solvd"), "did you mean solved?"),
        (FILE.replace("[0.01, 0.1]", "{low = 0.1}"), "or {low = …, high = …}"),
        (FILE.replace("[0.01, 0.1]", "{low = 0.1, high = 1}"), 'or design="random"'),
        (FILE.replace("[0.01, 0.1]", '["fast"]'), "learning_rate is 'fast', but must be a finite number"),
        ("vary = 3", "vary is 3, but must be a table"),
        ("\0", "must be TOML"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "wrong.toml").write_text(text)
    done = run(tmp_path, "wrong.toml")
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "wrong").exists()


def test_settings_that_optuna_chooses_are_a_line_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "chosen.toml").write_text(CHOSEN)
    done = run(tmp_path, "chosen.toml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("20 runs. The lowest test loss:")
    assert "study" not in done.stderr
    assert run(tmp_path, "chosen.toml").stdout == done.stdout


def test_a_folder_with_another_sweep_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(FILE)
    assert run(tmp_path, "xor.toml").returncode == 0
    before = sorted((path.name, path.read_bytes()) for path in (tmp_path / "xor").iterdir())
    (tmp_path / "xor.toml").write_text(FILE.replace("epochs = 30", "epochs = 31"))
    done = run(tmp_path, "xor.toml")
    assert done.returncode == 2
    assert "its results are not those of 'xor.toml'" in done.stderr
    assert sorted((path.name, path.read_bytes()) for path in (tmp_path / "xor").iterdir()) == before


@pytest.mark.skipif(os.name != "posix", reason="folders of Windows have no such rights")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(FILE)
    done = run(tmp_path, "xor.toml", "--folder", "/proc/nothing")
    assert done.returncode == 2
    assert "a folder that can be made" in done.stderr
