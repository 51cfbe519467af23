"""Animations: draws the whole course of training in the background, and sends the file in parts."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Self

import msgspec
import numpy as np

from tinkernet.extras import MissingExtraError
from tinkernet.link import plane_of
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.frames import AnimationPart
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.workspace import Workspace

Encode = Callable[[Callable[[int, int], object]], bytes]
"""Draws and encodes all frames; calls what it is given with the number of frames done, and of all."""
SECONDS = 6.0
"""The duration of an animation."""
WIDTHS = {"gif": 640, "webp": 800, "mp4": 960}
"""In pixels, by the kind of file."""
MOST_SECONDS = 120.0
"""For so long it is drawn; a large network on a busy machine may not be done by then."""
MOST_BYTES = 16 << 20
"""The largest file that is sent."""
PART_BYTES = 256 << 10
REPORT_SECONDS = 0.2
"""Between two reports of progress."""


class AnimationProgress(msgspec.Struct, frozen=True):
    """How far the animation with this number is."""

    request: int
    done: int
    frames: int


class Animated(msgspec.Struct, frozen=True):
    """An animation is complete, or, without content, why it is not; without a problem it was cancelled."""

    request: int
    content: bytes
    problem: str = ""


class _CancelledError(Exception):
    """The animation was cancelled."""


class _TooLongError(Exception):
    """The time is up."""


@dataclass
class _Work:
    """An animation that is being drawn."""

    request: int
    cancelled: threading.Event = field(default_factory=threading.Event)


class Animations(SessionFeature):
    """Draws one animation at a time for a page."""

    def __init__(self, workspace: Workspace, host: Host, notify: Notify) -> None:
        self._workspace, self._host, self._notify = workspace, host, notify
        self._work: _Work | None = None

    def handlers(self) -> Handlers:
        return {
            intentions.MakeAnimation: self._make,
            intentions.CancelAnimation: self._cancel,
            AnimationProgress: self._progressed,
            Animated: self._done,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the other page has not asked for it."""

    def page_detached(self) -> None:
        self._give_up()

    def _make(self, message: intentions.MakeAnimation) -> None:
        if self._work is not None:
            raise IntentionError(sentences.ANIMATION_UNDER_WAY)
        # Loads Pillow, without which the page starts faster.
        from tinkernet.export.pictures.animation import Course, course_of, encoded
        from tinkernet.export.pictures.styles import STYLES

        workspace, view = self._workspace, self._workspace.view
        run = workspace.present
        style = STYLES["dark-slide" if message.dark else "slide"]
        course = course_of(run, f".{message.kind}", None, SECONDS, style, WIDTHS[message.kind])
        course = Course(
            course.run,
            course.epochs,
            style,
            course.width,
            show_test_data=view.show_test_data,
            discretize=view.discretize,
            plane=plane_of(run.experiment, view),
        )
        encode = partial(encoded, course, f".{message.kind}", SECONDS)
        work = self._work = _Work(message.request)
        self._host.compute(
            lambda: animated(encode, work.request, work.cancelled.is_set, self._notify),
            Animated(work.request, b"", sentences.INTERNAL_ERROR),
            self._notify,
            long=True,
        )
        self._workspace.post(facts.AnimationFact(request=work.request, done=0, frames=len(course)))

    def _cancel(self, _message: intentions.CancelAnimation) -> None:
        self._give_up()

    def _give_up(self) -> None:
        if self._work is not None:
            self._work.cancelled.set()
            self._work = None

    def _progressed(self, message: AnimationProgress) -> None:
        if self._work is not None and message.request == self._work.request:
            fact = facts.AnimationFact(request=message.request, done=message.done, frames=message.frames)
            self._workspace.post(fact)

    def _done(self, message: Animated) -> None:
        page, work = self._workspace.page, self._work
        if work is None or message.request != work.request:
            return
        self._work = None
        if page is None:
            return
        problem = message.problem if message.content else message.problem or sentences.INTERNAL_ERROR
        if problem:
            self._workspace.post(facts.AnimationFact(request=message.request, done=0, frames=0, problem=problem))
            return
        total = len(message.content)
        for start in range(0, total, PART_BYTES):
            content = np.frombuffer(message.content[start : start + PART_BYTES], np.uint8)
            page.post(AnimationPart(request=message.request, start=start, total=total, content=content).pack())


def animated(encode: Encode, request: int, cancelled: Callable[[], bool], notify: Notify) -> Animated:
    """The animation as a file, unless nobody waits for it, it takes too long, or it is too large."""
    end, reported = monotonic() + MOST_SECONDS, monotonic()

    def report(done: int, frames: int) -> None:
        nonlocal reported
        now = monotonic()
        if cancelled():
            raise _CancelledError
        if now > end:
            raise _TooLongError
        if now - reported >= REPORT_SECONDS:
            reported = now
            notify(AnimationProgress(request, done, frames))

    try:
        content = encode(report)
    except _CancelledError:
        return Animated(request, b"")
    except _TooLongError:
        return Animated(request, b"", sentences.ANIMATION_TOOK_TOO_LONG)
    except MissingExtraError as error:
        return Animated(request, b"", sentences.missing_for_video(str(error)))
    if len(content) > MOST_BYTES:
        return Animated(request, b"", sentences.ANIMATION_TOO_LARGE)
    return Animated(request, content)
