"""Animations for a page: drawn in the background, sent in parts."""

import io
import sys

import numpy as np
import pytest
from PIL import Image
from playing_alone import Alone, alone

from tinkernet.protocol.frames import AnimationPart
from tinkernet.protocol.intentions import CancelAnimation, ChangeView, MakeAnimation, Step
from tinkernet.session import animation, sentences
from tinkernet.session.messages import Detached


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation, "WIDTHS", dict.fromkeys(animation.WIDTHS, 160))
    monkeypatch.setattr(animation, "PART_BYTES", 1024)
    monkeypatch.setattr(animation, "REPORT_SECONDS", 0)


def ready(*, at_once: bool = True) -> Alone:
    driven = alone(hidden=(2,), at_once=at_once)
    driven.do(*[Step()] * 3)
    return driven


def parts_of(driven: Alone) -> list[AnimationPart]:
    return [AnimationPart.unpack(one) for one in driven.page.binary if one[0] == AnimationPart.kind]


@pytest.mark.parametrize("kind", ["gif", "webp", "mp4"])
def test_the_file_comes_in_parts_in_order_after_its_progress(kind: str) -> None:
    driven = ready()
    driven.do(MakeAnimation(request=7, kind=kind, dark=True))  # type: ignore[arg-type]
    progress = [(fact["done"], fact["frames"]) for fact in driven.page.facts if fact["type"] == "animation"]
    assert progress == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    parts = parts_of(driven)
    assert len(parts) > 1
    content = b"".join(part.content.tobytes() for part in parts)
    assert {(part.request, part.total) for part in parts} == {(7, len(content))}
    assert [part.start for part in parts] == list(range(0, len(content), 1024))
    if kind != "mp4":
        moving = Image.open(io.BytesIO(content))
        assert moving.n_frames == 4  # type: ignore[attr-defined]
        assert np.asarray(moving.convert("RGB"))[0, 0].max() < 20


def test_one_that_is_cancelled_or_whose_page_is_gone_is_not_sent() -> None:
    for end in (CancelAnimation(), None):
        driven = ready(at_once=False)
        driven.do(MakeAnimation(request=1, kind="gif", dark=False))
        driven.do(end or Detached(driven.page))
        driven.host.finish()
        driven.do(Step())
        assert parts_of(driven) == []
        # Another one can be made then.
    driven = ready(at_once=False)
    driven.do(MakeAnimation(request=1, kind="gif", dark=False), CancelAnimation())
    driven.do(MakeAnimation(request=2, kind="gif", dark=False))
    driven.host.finish()
    driven.do(Step())
    assert {part.request for part in parts_of(driven)} == {2}


def test_only_one_is_drawn_at_a_time() -> None:
    driven = ready(at_once=False)
    driven.do(MakeAnimation(request=1, kind="gif", dark=False), MakeAnimation(request=2, kind="gif", dark=False))
    assert driven.page.last("trouble")["message"] == sentences.ANIMATION_UNDER_WAY
    driven.host.finish()
    driven.do(Step())
    assert {part.request for part in parts_of(driven)} == {1}


def test_training_continues_meanwhile_and_the_file_shows_what_was_then() -> None:
    driven = ready(at_once=False)
    driven.do(MakeAnimation(request=1, kind="gif", dark=False), *[Step()] * 5)
    driven.host.finish()
    driven.do(ChangeView(view={}))
    content = b"".join(part.content.tobytes() for part in parts_of(driven))
    assert Image.open(io.BytesIO(content)).n_frames == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("limit", "value", "problem"),
    [
        ("MOST_SECONDS", -1.0, sentences.ANIMATION_TOOK_TOO_LONG),
        ("MOST_BYTES", 100, sentences.ANIMATION_TOO_LARGE),
    ],
)
def test_one_that_takes_too_long_or_is_too_large_is_not_sent(
    limit: str, value: float, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, limit, value)
    driven = ready()
    driven.do(MakeAnimation(request=1, kind="gif", dark=False))
    assert driven.page.last("animation")["problem"] == problem
    assert parts_of(driven) == []
    driven.do(MakeAnimation(request=2, kind="gif", dark=False))
    assert not driven.page.last("trouble")


def test_what_a_film_needs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    driven = ready()
    driven.do(MakeAnimation(request=1, kind="mp4", dark=False))
    assert driven.page.last("animation")["problem"].startswith("av is not installed: pip install 'tinkernet[video]'")
