"""`tinkernet train`, called like a user or a script does, in a separate process."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from own_links import fish
from PIL import Image

from tinkernet import Experiment, Run
from tinkernet.cli.class_letters import class_boundary
from tinkernet.cli.terminal import UNICODE
from tinkernet.export.pictures.fields import output_field
from tinkernet.link import parse, plane_of

COMMAND = (sys.executable, "-m", "tinkernet", "train")
XOR = "dataset=xor&seed=0.35022&networkShape=4,2"
ENDLESS = ("--epochs", "1000000000")
MANY_SECONDS = 120


def train(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=MANY_SECONDS, cwd=cwd, check=False
    )


def result_of(*arguments: str, cwd: Path | None = None) -> dict[str, Any]:
    """The object printed by --json; stdout must not contain anything else."""
    done = train(*arguments, "--json", cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert isinstance(found, dict)
    return found


# Makes the given terminal its controlling terminal, so that it receives Ctrl-C, and then executes the command.
TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
)


class Terminal:
    """The command in a terminal of 100 × 40 characters."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        self.end, its_end = pty.openpty()
        environment = {**os.environ, "COLUMNS": "100", "LINES": "40", "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *COMMAND, *arguments],
            stdin=its_end,
            stdout=its_end,
            stderr=its_end,
            env={**environment, **variables},
            start_new_session=True,
        )
        os.close(its_end)
        self.shown = ""

    def read_until(self, pattern: str) -> None:
        limit = time.monotonic() + MANY_SECONDS
        while not re.search(pattern, self.plain):
            assert time.monotonic() < limit, self.shown
            self._read()

    def press(self, keys: bytes) -> None:
        os.write(self.end, keys)

    def finish(self) -> int:
        """Read to the end, and return the exit code."""
        while self._read():
            pass
        os.close(self.end)
        return self.process.wait(MANY_SECONDS)

    def _read(self) -> bool:
        if not select.select([self.end], [], [], 1)[0]:
            return True
        try:
            data = os.read(self.end, 65536)
        except OSError:  # on Linux: the other side has closed
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)

    @property
    def plain(self) -> str:
        """The output without colours and cursor movements."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.shown).replace("\r\n", "\n")


# --- Training -----------------------------------------------------------------


def test_an_address_its_fragment_and_options_train_the_same() -> None:
    address = result_of(f"https://playground.tensorflow.org/#{XOR}", "--epochs", "20")
    text = result_of(XOR, "--epochs", "20")
    options = result_of("--dataset", "xor", "--seed", "0.35022", "--hidden", "4,2", "--epochs", "20")
    assert address == {**text, "epochs_per_second": address["epochs_per_second"]}
    assert address == {**options, "epochs_per_second": address["epochs_per_second"]}


def test_training_equals_training_in_python() -> None:
    found = result_of(XOR, "--epochs", "30")
    run = Run(Experiment.from_link(XOR)).train(30)
    assert (found["epoch"], found["train_loss"], found["test_loss"]) == (30, run.train_loss, run.test_loss)
    assert (found["train_accuracy"], found["test_accuracy"]) == (run.train_accuracy, run.test_accuracy)


def test_the_link_of_the_result_reproduces_it() -> None:
    first = result_of("--dataset", "spiral", "--hidden", "8,6", "--features", "x,y,sinX", "--epochs", "10")
    again = result_of(first["link"], "--epochs", "10")
    assert again["train_loss"] == first["train_loss"]


def test_options_override_a_link() -> None:
    found = result_of(XOR, "--dataset", "reg-plane", "--epochs", "1")
    assert "problem=regression" in found["link"]
    assert found["train_accuracy"] is None
    assert found["test_accuracy"] is None


def test_a_saved_run_continues_bit_for_bit(tmp_path: Path) -> None:
    file = str(tmp_path / "run.tinkernet")
    result_of(XOR, "--epochs", "20", "--save", file)
    continued, single = result_of(file, "--epochs", "15"), result_of(XOR, "--epochs", "35")
    assert continued["epoch"] == single["epoch"] == 35
    assert continued["train_loss"] == single["train_loss"]


def test_training_ends_at_the_requested_loss() -> None:
    found = result_of("dataset=gauss&seed=0.5", "--until-loss", "0.01")
    assert found["reached_loss"] is True
    assert found["train_loss"] <= 0.01
    earlier = result_of("dataset=gauss&seed=0.5", "--epochs", str(found["epoch"] - 1))
    assert earlier["train_loss"] > 0.01


def test_training_ends_after_the_requested_epochs_if_the_loss_is_not_reached() -> None:
    found = result_of(XOR, "--until-loss", "1e-300", "--epochs", "25")
    assert (found["epoch"], found["reached_loss"]) == (25, False)


def test_divergence_is_not_an_error_and_losses_are_json_strings() -> None:
    found = result_of("problem=regression&seed=0.5&activation=linear&learningRate=10", "--epochs", "200")
    assert found["diverged"] is True
    assert found["train_loss"] in ("NaN", "Infinity")


def test_waiting_for_a_loss_ends_when_training_has_diverged() -> None:
    done = train("problem=regression&seed=0.5&activation=linear&learningRate=10", "--until-loss", "0.001", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (3, "")
    assert (found["diverged"], found["reached_loss"]) == (True, False)
    assert found["epoch"] < 100_000
    plain = train("problem=regression&seed=0.5&activation=linear&learningRate=10", "--until-loss", "0.001")
    assert plain.returncode == 3
    assert "Training diverged and cannot reach a loss of 0.001" in plain.stdout


def test_unknown_settings_of_a_link_are_reported_and_ignored() -> None:
    done = train(f"{XOR}&colour=red", "--epochs", "1", "--json")
    assert done.returncode == 0
    assert "colour" in done.stderr
    assert json.loads(done.stdout)["epoch"] == 1


# --- Output and files ---------------------------------------------------------


def test_without_a_terminal_progress_is_plain_lines() -> None:
    done = train(XOR, "--epochs", "200")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "epoch 200: training loss" in done.stdout
    assert "Accuracy" in done.stdout
    assert "#dataset=xor" in done.stdout


def test_the_report_mentions_missing_training_points() -> None:
    done = train("--train-percent", "0", "--epochs", "2")
    assert "no training points" in done.stdout
    assert "% test" in done.stdout


def test_a_terminal_shows_a_bar_then_the_losses_the_boundary_and_the_curve() -> None:
    terminal = Terminal(XOR, "--epochs", "20000")
    assert terminal.finish() == 0
    assert "epochs/s" in terminal.plain
    assert "a point above 0" in terminal.plain
    assert "train × test" in terminal.plain
    assert "Trained: 20,000 epochs" in terminal.plain
    assert "Link" in terminal.plain


def test_a_terminal_shows_a_letter_for_each_of_several_classes() -> None:
    terminal = Terminal("data=iris&seed=0.5&learningRate=0.1", "--epochs", "300")
    assert terminal.finish() == 0
    assert "a setosa   b versicolor   c virginica" in terminal.plain
    assert re.search("a{5,}.*b{5,}", terminal.plain)
    assert "Accuracy" in terminal.plain


def test_several_classes_are_trained_from_options_and_from_the_link_of_the_result(tmp_path: Path) -> None:
    picture = tmp_path / "iris.svg"
    options = ("--dataset", "iris", "--seed", "0.5", "--epochs", "20")
    first = result_of(*options, "--picture", str(picture), "--save", str(tmp_path / "run"))
    run = Run(Experiment(dataset="iris", seed="0.5")).train(20)
    assert (first["train_loss"], first["test_accuracy"]) == (run.train_loss, run.test_accuracy)
    assert "data=iris" in first["link"]
    assert result_of(first["link"], "--epochs", "20")["train_loss"] == first["train_loss"]
    assert result_of(str(tmp_path / "run"), "--epochs", "1")["epoch"] == 21
    assert "versicolor" in picture.read_text(encoding="utf-8")


def test_an_ascii_terminal_is_supported() -> None:
    terminal = Terminal("--seed", "0.5", "--epochs", "300", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert terminal.finish() == 0
    assert "O a point above 0" in terminal.plain


def test_a_link_with_invalid_bytes_is_parsed_as_far_as_possible() -> None:
    done = subprocess.run(
        [*COMMAND, os.fsdecode(b"dataset=xor&seed=0.5&tutorial=\xff"), "--epochs", "1", "--json"],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["seed"] == "0.5"


def test_a_picture_is_drawn_as_png_and_as_svg(tmp_path: Path) -> None:
    for kind in ("png", "svg"):
        result_of(XOR, "--epochs", "20", "--picture", str(tmp_path / f"xor.{kind}"))
    with Image.open(tmp_path / "xor.png") as image:
        assert image.format == "PNG"
    assert ET.parse(tmp_path / "xor.svg").getroot().tag.endswith("svg")  # noqa: S314 - we wrote it


# --- Ctrl-C -------------------------------------------------------------------


def test_pictures_show_the_slice_of_the_link(tmp_path: Path) -> None:
    link = f"{fish()}&axes=2,0&held=3:0.9"
    result_of(link, "--epochs", "20", "--picture", "p.svg", cwd=tmp_path)
    experiment, view = parse(link)
    Run(experiment).train(20).picture(tmp_path / "python.svg", plane=plane_of(experiment, view))
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in ("p.svg", "python.svg")]
    assert texts[0] == texts[1]
    assert ">depth</text>" in texts[0]
    terminal = Terminal(link, "--epochs", "20")
    assert terminal.finish() == 0
    run, plane = Run(experiment).train(20), plane_of(experiment, view)
    for line in class_boundary(output_field(run, 22, 44, plane), run.train_data, UNICODE, plane):
        assert line.plain in terminal.plain


def test_ctrl_c_in_a_terminal_reports_and_saves_the_run(tmp_path: Path) -> None:
    file = tmp_path / "run.tinkernet"
    terminal = Terminal(XOR, *ENDLESS, "--save", str(file))
    terminal.read_until("epoch [1-9]")
    terminal.press(b"\x03")
    assert terminal.finish() == 130
    assert "Stopped by you" in terminal.plain
    assert "Traceback" not in terminal.plain
    assert terminal.shown.rfind("\x1b[?25h") > terminal.shown.rfind("\x1b[?25l"), "the cursor is still hidden"
    assert Run.load(file).epoch > 0


def test_the_run_is_saved_when_the_output_pipe_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "run.tinkernet"
    with subprocess.Popen(
        [*COMMAND, XOR, "--epochs", "300000", "--save", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        assert command.stdout.readline().startswith("epoch")
        command.stdout.close()
        assert command.stderr.read() == ""
    assert Run.load(file).epoch > 0


def wait_until_it_listens(pid: int) -> None:
    """Wait until the process has installed its handler for SIGTERM."""
    status, limit = Path(f"/proc/{pid}/status"), time.monotonic() + MANY_SECONDS
    while not int(re.findall(r"SigCgt:\s*(\w+)", status.read_text())[0], 16) >> (signal.SIGTERM - 1) & 1:
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux which signals a process catches")
@pytest.mark.usefixtures("heeded_hangup")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_script_gets_its_json_object(number: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, XOR, *ENDLESS, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as command:
        try:
            wait_until_it_listens(command.pid)
            command.send_signal(number)
            time.sleep(0.01)
            command.send_signal(number)  # like `timeout`, which signals the command and its group
            stdout, stderr = command.communicate(timeout=MANY_SECONDS)
        finally:
            command.kill()
    assert (command.returncode, stderr) == (128 + number, "")
    found = json.loads(stdout)
    assert found["interrupted"] is True
    assert found["reached_loss"] is None


# --- Invalid input ------------------------------------------------------------

BAD = {
    "epochs of zero": ("--epochs", "0"),
    "negative epochs": ("--epochs", "-3"),
    "epochs that are no number": ("--epochs", "many"),
    "endlessly many epochs": ("--epochs", "1" + 5000 * "0"),
    "a loss that is not a number": ("--until-loss", "nan"),
    "an infinite learning rate": ("--learning-rate", "inf"),
    "a learning rate that is not a number": ("--learning-rate", "NaN"),
    "a negative rate": ("--regularization-rate", "-0.1"),
    "10,000 neurons": ("--hidden", "10000"),
    "a layer of none": ("--hidden", "4,0"),
    "layers that are words": ("--hidden", "four"),
    "65 layers": ("--hidden", ",".join(65 * ["1"])),
    "an unknown data set": ("--dataset", "swiss-roll"),
    "an unknown feature": ("--features", "x,z"),
    "an unknown activation": ("--activation", "softsign"),
    "an empty batch": ("--batch-size", "0"),
    "too much noise": ("--noise", "81"),
    "a data set of the other problem": ("--problem", "regression", "--dataset", "xor"),
    "an unknown option": ("--speed", "9"),
    "an option without its value": ("--epochs",),
    "a link of a megabyte": ("dataset=" + 100_000 * "x",),
    "a file that is a directory": (".",),
    "a file that is not there": ("nothing-here",),
    "a foreign file": ("foreign",),
    "a link with a negative learning rate": ("learningRate=-1",),
    "a picture of no kind": ("--picture", "picture"),
    "a picture of another kind": ("--picture", "picture.gif"),
    "a picture in no folder": ("--picture", "nowhere/picture.png"),
    "a picture that is a directory": ("--picture", "folder.png"),
    "a save that is a directory": ("--save", "."),
    "a save in no folder": ("--save", "nowhere/run.tinkernet"),
    "a save whose name is too long": ("--save", 5000 * "n"),
    "a save that is a device": ("--save", "/dev/null"),
    "a save where nothing can be written": ("--save", "/proc/run.tinkernet"),
    "a save and a picture in one file": ("--save", "both.png", "--picture", "both.png"),
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD.keys())
def test_invalid_input_gives_one_line_before_training(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "foreign").write_bytes(b"not a run")
    endless = () if "--epochs" in arguments else ENDLESS
    done = train(*arguments, *endless, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"tinkernet: [^\n]+\n", done.stderr)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.png", "foreign"]
