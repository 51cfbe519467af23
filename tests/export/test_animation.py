"""Animations of the whole course of training."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy import ndarray
from PIL import Image, ImageSequence

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.export.pictures.animation import RATES, chosen_epochs, course_of
from tinkernet.export.pictures.drawing import image
from tinkernet.export.pictures.figure import figure
from tinkernet.export.pictures.styles import STYLES
from tinkernet.extras import MissingExtraError

WIDTH = 256
STYLE = STYLES["slide"]


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(Experiment(seed="0.5", dataset="circle", hidden=(3,))).train(20)
    run.set_weight(0, 1, 0, 3.0)
    return run.train(20)


def frames_of(path: Path) -> list[ndarray]:
    """The frames of a file, as red, green and blue."""
    if path.suffix == ".mp4":
        with av.open(str(path)) as film:
            return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    with Image.open(path) as moving:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(moving)]


def still(run: Run, epoch: int) -> ndarray:
    """What a frame shows, drawn alone."""
    drawing = figure(run.at(epoch), STYLE, whole=run.history)
    return np.asarray(image(drawing, WIDTH / STYLE.width), dtype=float)


@pytest.mark.parametrize("kind", RATES)
def test_an_animation_shows_the_run_as_it_was_at_each_epoch(kind: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"learning{kind}"
    epochs = [0, 5, 20, 40]
    run.animate(path, epochs=epochs, seconds=0.8, width=WIDTH)
    frames = frames_of(path)
    if kind == ".mp4":  # at a fixed rate: each epoch has a quarter of the frames
        assert len(frames) == pytest.approx(0.8 * 24 + 1.5 * 24, abs=1)
        frames = [frames[k] for k in (2, 7, 12, -1)]
    assert len(frames) == len(epochs)
    for frame, epoch in zip(frames, epochs, strict=True):
        assert frame.shape == (144, WIDTH, 3)
        distances = {other: float(np.abs(frame - still(run, other)).mean()) for other in epochs}
        assert distances[epoch] < 3
        assert min(distances, key=distances.__getitem__) == epoch


def test_its_duration_is_that_which_was_asked_for_and_the_last_frame_stays(run: Run, tmp_path: Path) -> None:
    for kind in (".gif", ".webp"):
        path = tmp_path / f"learning{kind}"
        run.animate(path, seconds=1, width=WIDTH)
        with Image.open(path) as moving:
            durations = []
            for frame in ImageSequence.Iterator(moving):
                frame.load()
                durations.append(frame.info["duration"])
            assert moving.info["loop"] == 0
        assert sum(durations) == pytest.approx(1000 + 1500, abs=100)
        assert durations[-1] > 1500
    with av.open(str(_film(run, tmp_path))) as film:
        stream = film.streams.video[0]
        assert stream.average_rate is not None
        assert (stream.width, stream.height, stream.codec_context.pix_fmt) == (WIDTH, 144, "yuv420p")


def _film(run: Run, folder: Path) -> Path:
    run.animate(folder / "learning.mp4", epochs=[0, 40], seconds=0.5, width=WIDTH)
    return folder / "learning.mp4"


def test_a_gif_has_the_exact_background_and_is_small(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "learning.gif"
    run.animate(path, seconds=1, width=WIDTH, style="dark-slide")
    assert all(frame[0, 0].tolist() == [0x0A, 0x0B, 0x0D] for frame in frames_of(path))
    assert path.stat().st_size < 25_000 * len(frames_of(path))


def test_of_many_epochs_more_of_the_beginning_are_shown(run: Run) -> None:
    few = chosen_epochs(run, None, 9)
    assert few == [0, 1, 2, 6, 10, 16, 22, 31, 40]
    assert chosen_epochs(run, 20, 3) == [0, 5, 20]
    assert chosen_epochs(run, range(0, 41, 2), 5) == [0, 10, 20, 30, 40]
    assert chosen_epochs(run, [3, 3, 9], 5) == [3, 3, 9]


def test_the_frames_of_a_webp_fit_into_memory(run: Run) -> None:
    assert len(course_of(run.copy().train(5000), ".webp", None, 120, STYLE, 1920)) <= 50


def test_the_run_is_not_changed_and_may_be_trained_meanwhile(run: Run, tmp_path: Path) -> None:
    twin = run.copy()
    seen: list[tuple[int, int]] = []

    def train_on(done: int, count: int) -> None:
        seen.append((done, count))
        twin.train(1)

    twin.animate(tmp_path / "a.gif", epochs=[0, 20, 40], seconds=0.5, width=WIDTH, progress=train_on)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    run.animate(tmp_path / "b.gif", epochs=[0, 20, 40], seconds=0.5, width=WIDTH)
    assert (tmp_path / "a.gif").read_bytes() == (tmp_path / "b.gif").read_bytes()


def test_what_progress_raises_ends_the_work_and_no_file_is_left(run: Run, tmp_path: Path) -> None:
    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    for kind in RATES:
        with pytest.raises(KeyboardInterrupt):
            run.animate(tmp_path / f"a{kind}", seconds=0.5, width=WIDTH, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_has_a_bar_and_a_pipe_has_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.animate(tmp_path / "a.gif", epochs=[0, 40], seconds=0.5, width=WIDTH)
    assert capsys.readouterr().err == ""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    run.animate(tmp_path / "a.gif", epochs=[0, 40], seconds=0.5, width=WIDTH)
    assert "Drawing" in terminal.getvalue()


def wrong() -> Iterator[tuple[str, dict[str, object], str]]:
    yield "a.avi", {}, r"path is .* but must be a file name that ends in \.gif, \.webp or \.mp4"
    yield "a.gif", {"epochs": 41}, r"epochs is 41, but must be from 0 to 40, the epochs that this run has reached"
    yield "a.gif", {"epochs": [0, 99]}, r"epochs is 99, but must be from 0 to 40"
    yield "a.gif", {"epochs": [5, 0]}, r"at least one epoch, in order"
    yield "a.gif", {"epochs": []}, r"at least one epoch, in order"
    yield "a.gif", {"epochs": "all"}, r"epochs is 'all', but must be from 0 to 40"
    yield "a.gif", {"seconds": 1000}, r"seconds is 1000, but must be a finite number from 0\.5 to 120"
    yield "a.gif", {"width": 10}, r"width is 10, but must be a whole number from 160 to 1"
    yield "a.gif", {"style": "poster"}, r"style is 'poster'"
    yield "none/a.gif", {}, r"in a folder that exists"


@pytest.mark.parametrize(("name", "options", "message"), list(wrong()))
def test_a_wrong_value_is_named_before_anything_is_drawn(
    name: str, options: dict[str, object], message: str, run: Run, tmp_path: Path
) -> None:
    with pytest.raises(ExperimentError, match=message):
        run.animate(tmp_path / name, progress=lambda *_: pytest.fail("drawn"), **options)  # type: ignore[arg-type]


def test_a_full_disk_and_a_missing_library_are_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExperimentError, match="No space left on device"):
        run.animate(tmp_path / "a.gif", epochs=[0, 40], seconds=0.5, width=WIDTH)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(MissingExtraError, match=r"^av is not installed: pip install 'tinkernet\[video\]'$"):
        run.animate(tmp_path / "a.mp4", progress=lambda *_: pytest.fail("drawn"))
    assert list(tmp_path.iterdir()) == []
