"""Animations of the whole course of training, as GIF, WebP or MP4."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from typing import Any

from PIL import Image

from tinkernet import checks
from tinkernet.data.slices import Slice
from tinkernet.errors import ExperimentError
from tinkernet.export.pictures.colours import channels
from tinkernet.export.pictures.drawing import image
from tinkernet.export.pictures.figure import figure
from tinkernet.export.pictures.styles import Style, style_of
from tinkernet.extras import extra
from tinkernet.files import check_writable, path_of, write_atomically
from tinkernet.formatting import count
from tinkernet.run import Run

RATES = {".gif": 10, ".webp": 12, ".mp4": 24}
"""How many frames a second has, by the end of the file's name."""
LEAST_SECONDS, MOST_SECONDS = 0.5, 120.0
LEAST_WIDTH, MOST_WIDTH = 160, 1920
USUAL_WIDTHS = {".gif": 640, ".webp": 800, ".mp4": 1280}
MOST_BYTES = 300 << 20
"""A WebP is compressed when all of its frames are there: together they are not larger than this."""
LAST_SECONDS = 1.5
"""For so long the last frame stays."""
SAMPLES = 6
"""So many frames have the colours from which the palette of a GIF is chosen."""
SAMPLE_WIDTH = 320
WEBP_QUALITY, MP4_QUALITY = 82, 20

Report = Callable[[int, int], object]


@dataclass(frozen=True)
class Course:
    """What an animation shows: a run at these epochs, in a style, so many pixels wide."""

    run: Run
    epochs: Sequence[int]
    style: Style
    width: int
    show_test_data: bool = False
    discretize: bool = False
    plane: Slice | None = None

    def __len__(self) -> int:
        """The number of frames."""
        return len(self.epochs)

    @property
    def size(self) -> tuple[int, int]:
        """The width and the height of a frame in pixels, both even, as a film needs them."""
        return 2 * (self.width // 2), 2 * round(self.width * self.style.height / self.style.width / 2)

    def frame(self, k: int) -> Image.Image:
        """The k-th frame."""
        drawing = figure(
            self.run.at(self.epochs[k]),
            self.style,
            show_test_data=self.show_test_data,
            discretize=self.discretize,
            plane=self.plane,
            whole=self.run.history.until(self.epochs[-1]),
        )
        drawn = image(drawing, self.width / self.style.width)
        return drawn if drawn.size == self.size else drawn.resize(self.size, Image.Resampling.LANCZOS)

    def frames(self, report: Report) -> Iterator[Image.Image]:
        """All frames in order; `report` is called after each."""
        for k in range(len(self)):
            yield self.frame(k)
            report(k + 1, len(self))


def run_animation(
    run: Run,
    path: str | PathLike[str],
    *,
    epochs: int | Sequence[int] | None = None,
    seconds: float = 8.0,
    style: str = "slide",
    width: int | None = None,
    show_test_data: bool = False,
    discretize: bool = False,
    plane: Slice | None = None,
    progress: bool | Report | None = None,
) -> None:
    """Write an animation of a run; see `Run.animate`."""
    path = path_of("path", path)
    kind = path.suffix.lower()
    if kind not in RATES:
        raise ExperimentError("path", str(path), "a file name that ends in .gif, .webp or .mp4")
    check_writable("path", path)
    film = _video_library() if kind == ".mp4" else None
    checks.flags(show_test_data=show_test_data, discretize=discretize)
    course = course_of(run, kind, epochs, seconds, style_of(style), width)
    course = Course(course.run, course.epochs, course.style, course.width, show_test_data, discretize, plane)
    with _reporting(progress=progress) as report:
        content = encoded(course, kind, seconds, report, film)
    write_atomically("path", path, content)


def course_of(
    run: Run, kind: str, epochs: int | Sequence[int] | None, seconds: float, style: Style, width: int | None = None
) -> Course:
    """The course of training that these values mean, checked; the run may be trained meanwhile.

    Raises:
        ExperimentError: an epoch was never reached, or a value is out of its range.
    """
    seconds = checks.number("seconds", seconds, LEAST_SECONDS, MOST_SECONDS)
    width = USUAL_WIDTHS[kind] if width is None else checks.whole("width", width, LEAST_WIDTH, MOST_WIDTH)
    most = int(seconds * RATES[kind])
    if kind == ".webp":
        most = min(most, MOST_BYTES // (3 * width * width * style.height // style.width))
    return Course(run.copy(), chosen_epochs(run, epochs, max(2, most)), style, width)


def chosen_epochs(run: Run, epochs: int | Sequence[int] | None, most: int) -> list[int]:
    """At most so many epochs of a run: the given ones, or more of the beginning, where most happens."""
    reached = f"from 0 to {count(run.epoch)}, the epochs that this run has reached"
    given = checks.sequence(epochs) if not isinstance(epochs, range) else list(epochs)
    if given is None:
        last = run.epoch if epochs is None else _epoch(run, epochs, reached)
        shares = [k / (most - 1) for k in range(most)]
        return sorted({round(last * share * share) for share in shares})
    listed = [_epoch(run, epoch, reached) for epoch in given]
    if not listed or sorted(listed) != listed:
        raise ExperimentError("epochs", epochs, "at least one epoch, in order")
    if len(listed) <= most:
        return listed
    return [listed[round(k * (len(listed) - 1) / (most - 1))] for k in range(most)]


def _epoch(run: Run, epoch: object, reached: str) -> int:
    try:
        return checks.whole("epochs", epoch, 0, run.epoch)
    except ExperimentError:
        raise ExperimentError("epochs", epoch, reached) from None


# --- Files --------------------------------------------------------------------


def encoded(course: Course, kind: str, seconds: float, report: Report, film: Any = None) -> bytes:
    """The animation as a file of this kind, which takes about so many seconds."""
    if kind == ".mp4":
        return _mp4(course, seconds, report, film or _video_library())
    each = max(20, round(100 * seconds / len(course)) * 10)
    durations = [each] * (len(course) - 1) + [each + round(1000 * LAST_SECONDS)]
    return (_gif if kind == ".gif" else _webp)(course, durations, report)


def _gif(course: Course, durations: list[int], report: Report) -> bytes:
    """With one palette for all frames: what does not change from frame to frame then takes no room."""
    palette = _palette(course)
    frames = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in course.frames(report))
    content = io.BytesIO()
    next(frames).save(
        content, "GIF", save_all=True, append_images=frames, duration=durations, loop=0, optimize=False, disposal=1
    )
    return content.getvalue()


def _palette(course: Course) -> Image.Image:
    """An image with the 256 colours that represent some frames best."""
    last = len(course) - 1
    samples = [course.frame(k) for k in sorted({round(k * last / (SAMPLES - 1)) for k in range(SAMPLES)})]
    height = round(SAMPLE_WIDTH * course.size[1] / course.size[0])
    sheet = Image.new("RGB", (SAMPLE_WIDTH, height * len(samples)))
    for k, sample in enumerate(samples):
        # The nearest pixel, so that no colour is one that is in no frame.
        sheet.paste(sample.resize((SAMPLE_WIDTH, height), Image.Resampling.NEAREST), (0, k * height))
    palette = sheet.quantize(256, Image.Quantize.MEDIANCUT, kmeans=2)
    # The background is exactly as it is, not the mean of it and what is similar.
    levels, paper = palette.getpalette() or [], channels(course.style.theme.paper)
    places = range(0, len(levels), 3)
    nearest = min(places, key=lambda place: sum(abs(levels[place + c] - paper[c]) for c in range(3)))
    levels[nearest : nearest + 3] = paper
    palette.putpalette(levels)
    return palette


def _webp(course: Course, durations: list[int], report: Report) -> bytes:
    frames = list(course.frames(report))
    content = io.BytesIO()
    frames[0].save(
        content,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=0,
        quality=WEBP_QUALITY,
        method=4,
    )
    return content.getvalue()


def _mp4(course: Course, seconds: float, report: Report, av: Any) -> bytes:
    content, rate = io.BytesIO(), RATES[".mp4"]
    with av.open(content, "w", format="mp4") as film:
        codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
        stream = film.add_stream(codec, rate=rate, options={"crf": str(MP4_QUALITY)} if codec == "libx264" else {})
        stream.width, stream.height = course.size
        stream.pix_fmt = "yuv420p"  # the only format that all players know
        for k, frame in enumerate(course.frames(report)):
            # A film has frames at a fixed rate: with few epochs each is shown for longer.
            shown = round(seconds * rate * (k + 1) / len(course)) - round(seconds * rate * k / len(course))
            shown += round(LAST_SECONDS * rate) if k == len(course) - 1 else 0
            picture = av.VideoFrame.from_image(frame)
            for _ in range(max(1, shown)):
                picture.pts = None
                film.mux(stream.encode(picture))
        film.mux(stream.encode())
    return content.getvalue()


def _video_library() -> Any:
    return extra("av", "video")


# --- Progress -----------------------------------------------------------------


@contextmanager
def _reporting(*, progress: bool | Report | None) -> Iterator[Report]:
    """The function to call after each frame: the given one, or one that moves a bar."""
    if callable(progress):
        yield progress
        return
    if progress is False or (progress is None and not sys.stderr.isatty()):
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Drawing")
        yield lambda done, all_frames: bar.update(task, completed=done, total=all_frames)
