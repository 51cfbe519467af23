"""Hostile files, choices and links: each gives data, or an error in one line, within limits of memory."""

import base64
import tracemalloc
import zlib
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinkernet import Dataset, link
from tinkernet.data.own import Reading, read
from tinkernet.data.own.compact import LONGEST_WORD, MOST_UNPACKED, as_word, of_word
from tinkernet.data.own.files import choices_of
from tinkernet.data.own.limits import LONGEST_NAME, LONGEST_SOURCE
from tinkernet.data.own.names import different, one_line
from tinkernet.errors import ExperimentError

HEAD = b"x,y,kind\n"
GOOD = "".join(f"{k},{k % 7},{'ab'[k % 2]}\n" for k in range(50)).encode()
MOST_MEGABYTES = 400


def answer(content: bytes, **choices: Any) -> Reading | ExperimentError:
    """The reading, or the error, which has one line that is not too long."""
    try:
        reading = read(content, choices_of(choices))
    except ExperimentError as error:
        return checked(error)
    if reading.problem is not None:
        assert "\n" not in reading.problem.sentence
        assert len(reading.problem.sentence) < 10_000
    assert (reading.dataset is None) != (reading.problem is None)
    if reading.dataset is not None:
        check(reading.dataset)
    return reading


def checked(error: ExperimentError) -> ExperimentError:
    """The error, which names the field and what is allowed, in one line."""
    assert "\n" not in str(error)
    assert len(str(error)) < 10_000
    assert error.field
    assert error.allowed
    return error


def check(data: Dataset) -> None:
    """Whatever it came from, it can be drawn and trained on, and its names can be shown."""
    assert np.isfinite(data.points).all()
    assert np.isfinite(data.labels).all()
    for name in (*data.names, data.target.name, *data.classes):
        assert name.isprintable()
        assert 0 < len(name) <= LONGEST_NAME
    assert len(set(data.classes)) == len(data.classes)
    assert data.source.isprintable()
    assert len(data.source) <= LONGEST_SOURCE


FILES = {
    "a million columns": b",".join([b"1"] * 1_000_000),
    "a million empty columns": b"," * 1_000_000,
    "a cell of a million characters": HEAD + GOOD + b"1,2," + b"a" * 990_000 + b"\n",
    "a name of a million characters": b"x" * 990_000 + b",y,kind\n" + GOOD,
    "a cell of many megabytes": HEAD + GOOD + b'1,2,"' + b"a" * 5_000_000 + b'"\n',
    "zeros": b"\0" * 100_000,
    "a zero in a cell": HEAD + GOOD + b"1\0,2,a\0\n",
    "lone quotes": HEAD + b'1,"2,a\n"\n' * 3_000 + GOOD,
    "numbers that are too large": HEAD + GOOD + b"1e999,2,a\n-1e999,1,b\n1e-999,3,a\n1e200,2,b\n",
    "numbers of Python": HEAD + GOOD + b"inf,2,a\nnan,1,b\n1_0,1,b\n0x10,3,a\n",
    "digits without end": HEAD + b"9" * 900_000 + b",1,a\n" + GOOD,
    "blanks without end": HEAD + GOOD + b" " * 900_000 + b"\n",
    "the same name 1,900 times": b",".join([b"a"] * 1_900) + b"\n" + (b",".join([b"1", b"2"] * 950) + b"\n") * 20,
    "names with braces": b"y,{0},{kind.__class__}\n" + GOOD + b"a,2,b\n",
    "half a letter": b"x,y,k\n1,2,a\n".replace(b"\n", b"\n\xd8\x00"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_hostile_file_ends_in_little_memory(content: bytes) -> None:
    tracemalloc.start()
    try:
        answer(content)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("gnp\u202e", "gnp"),
        ("Ku\u00adchen", "Kuchen"),
        ("a\u200b \u2066b", "a b"),
        ("a\u00a0b", "a b"),
        ("a" * 5_000, "a" * 90 + "…"),
    ],
    ids=["right to left", "soft hyphen", "invisible", "no-break space", "long"],
)
def test_the_names_of_classes_and_inputs_can_be_shown(kind: str, shown: str) -> None:
    content = ("x,t,kind\n" + "".join(f"{k},{kind}{k % 3},{[kind, 'b'][k % 2]}\n" for k in range(30))).encode()
    reading = answer(content, columns=["x", "t"], text_columns="one-per-value")
    assert isinstance(reading, Reading)
    assert reading.dataset is not None
    assert set(reading.dataset.classes) == {shown, "b"}
    assert len(set(reading.dataset.names)) == 4


def test_long_texts_that_begin_alike_stay_different() -> None:
    content = ("x,kind\n" + "".join(f"{k},{'a' * 500}{k % 3}\n" for k in range(30))).encode()
    reading = answer(content)
    assert isinstance(reading, Reading)
    assert reading.dataset is not None
    assert reading.dataset.classes == ("a" * 90 + "…", "a" * 90 + "… (2)", "a" * 90 + "… (3)")


def test_a_range_that_is_too_narrow_is_refused() -> None:
    reading = answer(HEAD + GOOD, ranges={"x": (0, 5e-324)})
    assert isinstance(reading, Reading)
    assert reading.problem is not None
    assert reading.problem.field == "range of x"


NAMES = st.sampled_from(["x", "y", "kind", "", "no such", "x" * 101, "a\u202e", "\0"])
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "encoding": st.sampled_from(["utf-8", "utf-16", "cp1252", "rot13", "", "\0"]),
        "separator": st.sampled_from([",", ";", "", " ", "x", '"', "\n", "ab", "😀", "1"]),
        "quote": st.sampled_from(["", '"', "'", ",", "ab"]),
        "decimal": st.sampled_from([".", ",", ";"]),
        "thousands": st.sampled_from(["", ",", ".", "'", "x"]),
        "comment": st.sampled_from(["", "#", "1", "//", "too long", " "]),
        "header": st.integers(-1, 6),
        "names": st.lists(NAMES, max_size=4),
        "kinds": st.dictionaries(NAMES, st.sampled_from(["number", "text"]), max_size=2),
        "target": NAMES,
        "target_kind": st.sampled_from(["classes", "numbers"]),
        "columns": st.lists(NAMES, max_size=4),
        "missing": st.sampled_from(["leave-out", "median"]),
        "text_columns": st.sampled_from(["leave-out", "one-per-value"]),
        "ranges": st.dictionaries(
            NAMES, st.tuples(*[st.sampled_from([0.0, 1.0, -1e308, 1e308, 5e-324, float("nan"), float("inf")])] * 2)
        ),
    },
)
CELLS = st.sampled_from(
    ["1", "-2.5", "3,5", "a", "b", "", "NA", "1e999", '"', "\u202e", "12 %", "2024-01-01", "x" * 200]
)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12).map(
    lambda rows: "x,y,kind\n" + "".join(",".join(row) + "\n" for row in rows)
)


@settings(deadline=None)
@given(TABLES, CHOICES)
def test_any_choices_for_a_table_are_answered(table: str, choices: dict[str, Any]) -> None:
    answer(table.encode(), **choices)


@given(st.text(max_size=40))
def test_a_name_on_one_line_can_be_shown_and_stays_as_it_is(text: str) -> None:
    shown = one_line(text)
    assert shown.isprintable()
    assert one_line(shown) == shown
    if text.isprintable() and text == " ".join(text.split()):
        assert shown == text


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b"]), max_size=9))
def test_repeated_names_become_different(names: list[str]) -> None:
    found = different(names)
    assert len(set(found)) == len(names)
    assert all(one.startswith(name) for one, name in zip(found, names, strict=True))


# --- Links ----------------------------------------------------------------------------


def word_of(content: Any) -> str:
    return packed(msgspec.msgpack.encode(content))


def packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


def opened(text: str) -> Dataset | None:
    """The data of a link; without any, it says why in one line."""
    tracemalloc.start()
    try:
        reading = link.read(text)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()
    data = reading.experiment.data
    if data is not None:
        check(data)
        assert as_word(data) is not None
    for notice in reading.notices:
        assert "\n" not in notice
        assert len(notice) < 2_000
    return data


def columns(count: int, numbers: str = "1 2 3", **changes: Any) -> list[Any]:
    given = {"name": "c{}", "unit": "", "range": (0.0, 9.0), "numbers": numbers} | changes
    return [[given["name"].format(k), given["unit"], given["range"], given["numbers"]] for k in range(count)]


def content(of: list[Any], **changes: Any) -> list[Any]:
    given = {
        "name": "kind",
        "kind": "classes",
        "classes": ("a", "b"),
        "range": (0.0, 1.0),
        "values": b"\0\1\0",
        "source": "a.csv",
    } | changes
    return [of, *given.values()]


def test_a_link_with_sound_points_is_opened() -> None:
    data = opened(f"points={word_of(content(columns(2)))}")
    assert data is not None
    assert (data.names, len(data)) == (("c0", "c1"), 3)


BOMBS = {
    "zeros": packed(b"\0" * 50_000_000),
    "just more than is unpacked": packed(b"\0" * (MOST_UNPACKED + 1)),
    "many columns": word_of(content(columns(60_000, "1 2"))),
    "many numbers": word_of(content(columns(1, "1 " * 1_900_000 + "1"))),
    "nested lists": packed(b"\x91" * 3_000_000),
    "a long list that is announced": packed(b"\x97\xdd\xff\xff\xff\xff"),
    "a number without end": word_of(content(columns(1, "9" * 3_900_000))),
    "compressed twice": packed(zlib.compress(b"\0" * 50_000_000, 9)),
}


@pytest.mark.parametrize("word", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_in_a_link_ends_in_little_memory(word: str) -> None:
    assert opened(f"points={word[:LONGEST_WORD]}") is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (content(columns(1, "1 2 1e999")), "finite"),
        (content(columns(1, "1 2 nan")), "finite"),
        (content(columns(1, "1 2 x")), "complete and unchanged"),
        (content(columns(1, "1 2")), "3 values"),
        (content(columns(1, name="a\u202e")), "printable"),
        (content(columns(1, name="")), "printable"),
        (content(columns(1, name="a" * 101)), "printable"),
        (content(columns(1, unit="\u202e")), "printable"),
        (content(columns(1, unit="m" * 1_000_000)), "printable"),
        (content(columns(1, range=(0.0, 5e-324))), "widths"),
        (content(columns(1, range=(9.0, 0.0))), "below"),
        (content(columns(2, name="a")), "different"),
        (content(columns(1), classes=("a", "a")), "different"),
        (content(columns(1), classes=("a", "\0")), "printable"),
        (content(columns(1), classes=("a",)), "2 to 10"),
        (content(columns(1), values=b"\0\1\7"), "index"),
        (content(columns(0)), "1 to 300"),
    ],
)
def test_what_is_wrong_with_the_points_of_a_link_is_said(changed: list[Any], words: str) -> None:
    word = word_of(changed)
    with pytest.raises(ExperimentError) as error:
        of_word(word)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 1_000
    assert opened(f"points={word}") is None


def test_the_source_in_a_link_is_shown_on_one_line() -> None:
    data = opened(f"points={word_of(content(columns(1), source='a' + chr(0x202E) + chr(10) + 'b' * 1_000_000))}")
    assert data is not None
    assert data.source == f"a {'b' * 252}"


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=300).map(packed)))
def test_any_points_in_a_link_are_opened_or_said_to_be_unreadable(word: str) -> None:
    opened(f"points={word}")
    opened(f"seed=1&pointsDigest={word}")


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(), st.text(max_size=9), st.binary(max_size=9)),
    lambda inner: st.lists(inner, max_size=7),
    max_leaves=30,
)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 6), st.integers(0, 3), VALUES)
def test_points_with_any_part_changed_are_opened_or_said_to_be_unreadable(place: int, inner: int, value: Any) -> None:
    changed = content(columns(2))
    if place:
        changed[place] = value
    else:
        changed[0][1][inner] = value
    opened(f"points={word_of(changed)}")
