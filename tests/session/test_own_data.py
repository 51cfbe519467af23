"""A person's own data in a session: uploads in chunks, reading with corrections, unusable rows, and limits."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playing_alone import Alone, alone

from tinkernet.data.own.limits import MOST_BYTES
from tinkernet.protocol.intentions import Undo
from tinkernet.protocol.own_data import AskUnusable, BeginUpload, ChooseReading, ForgetData, ReadingChoices, UseData
from tinkernet.protocol.uploads import CHUNK_BYTES, CHUNKS_AHEAD, UploadChunk, read_chunk, write_chunk
from tinkernet.session.messages import Attached, Detached
from tinkernet.session.own_data.feature import RoomLost
from tinkernet.session.own_data.reading import MOST_ROWS_ON_A_PAGE, SHOWN_UNUSABLE
from tinkernet.session.own_data.room import SHARE, STALE_SECONDS, FileRoom

FLOWERS = b"length;width;species\n5,1;3,5;a\n4,9;3,0;b\n6,2;2,9;a\nfour;1,0;b\n4,4;3,1\n5,5;2,5;b\n"


def send(
    driven: Alone, content: bytes, *, upload: int = 1, name: str = "a.csv", parts: int = 3, **choices: Any
) -> None:
    driven.do(BeginUpload(upload=upload, name=name, size=len(content), choices=ReadingChoices(**choices)))
    size = max(1, -(-len(content) // parts))
    for start in range(0, len(content), size):
        driven.do(UploadChunk(upload, start, content[start : start + size]))


def sent(content: bytes, **options: Any) -> Alone:
    driven = alone()
    send(driven, content, **options)
    return driven


def reading(driven: Alone) -> dict[str, Any]:
    return driven.page.last("reading")


def column(driven: Alone, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in reading(driven)["table"]["columns"] if one["name"] == name)
    return found


def test_each_chunk_is_answered_and_the_whole_is_read() -> None:
    driven = sent(FLOWERS)
    answers = [fact["received"] for fact in driven.page.facts if fact["type"] == "upload"]
    assert answers[0] == 0
    assert answers[-1] == len(FLOWERS)
    assert len(answers) == 4
    table = reading(driven)["table"]
    assert (table["separator"], table["decimal"], table["header"], table["encoding"]) == (";", ",", 1, "utf-8")
    assert table["first_rows"][0] == ["5,1", "3,5", "a"]
    assert (table["target"], table["target_kind"], table["classes"]) == ("species", "classes", ["a", "b"])
    assert (table["used_rows"], table["used_inputs"], table["row_count"]) == (4, 2, 5)
    assert reading(driven)["problem"] is None


def test_columns_say_what_they_are_used_for_and_their_range() -> None:
    driven = sent(FLOWERS)
    length = column(driven, "length")
    assert [length[key] for key in ("role", "kind", "as_input", "range")] == ["input", "number", "number", [4.8, 6.2]]
    species = column(driven, "species")
    assert (species["role"], species["as_input"], species["range"]) == ("target", "one-per-value", None)


def test_rows_that_cannot_be_used_come_with_line_and_reason() -> None:
    table = reading(sent(FLOWERS))["table"]
    assert table["unusable_count"] == 2
    assert [(row["line"], row["reason"]) for row in table["unusable"]] == [
        (5, "length is “four”, not a number"),
        (6, "it has 2 columns instead of 3"),
    ]


def test_all_unusable_rows_can_be_downloaded_in_parts() -> None:
    bad = "".join(f"{'x' * 900}{k},red\n" for k in range(700))
    driven = sent(f"x,kind\n1,red\n2,blue\n3,red\n{bad}".encode(), kinds={"x": "number"})
    table = reading(driven)["table"]
    assert (table["unusable_count"], len(table["unusable"])) == (700, SHOWN_UNUSABLE)
    text, start = "", 0
    while start is not None:
        driven.do(AskUnusable(upload=1, start=start))
        part = driven.page.last("unusable-text")
        assert part["start"] == start
        assert len(part["text"]) < 300_000
        text, start = text + part["text"], part["following"]
    assert text.count("# line ") == 700
    assert text.endswith(f"{'x' * 900}699,red\n")


def test_a_correction_reads_again_with_its_number() -> None:
    driven = sent(FLOWERS, separator="|")
    assert reading(driven)["table"]["separator"] == "|"
    assert reading(driven)["problem"] is not None
    driven.do(ChooseReading(upload=1, request=4, choices=ReadingChoices(separator=";")))
    assert reading(driven)["request"] == 4
    assert reading(driven)["table"]["used_rows"] == 4


def test_a_column_gets_another_name() -> None:
    driven = sent(FLOWERS, names=["", "breadth", ""], columns=["breadth"], ranges={"breadth": (0, 9)})
    assert column(driven, "breadth")["name_in_file"] == "width"
    driven.do(UseData(upload=1, request=0))
    assert driven.state["experiment"]["features"] == ["breadth"]


@pytest.mark.parametrize(
    ("content", "choices", "place", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n1234", {}, "file", "This is a PNG picture."),
        (b"", {}, "file", "This file is empty."),
        (b"PK\x03\x04abc", {}, "file", "This is an Excel workbook or a ZIP archive: open it in Excel"),
        (
            FLOWERS,
            {"target": "colour"},
            "target",
            "“colour” cannot be used here: choose one of length",
        ),
        (FLOWERS, {"columns": []}, "columns", "Choose at least one column of numbers as an input"),
        (b"a,b\nx,p\ny,q\nx,q\n", {}, "columns", "No column has numbers that can be an input: check the separator"),
        (FLOWERS, {"target": "species", "target_kind": "numbers"}, "target", "“species” cannot be the target"),
        (FLOWERS, {"ranges": {"length": (7, 7)}}, "range", "The range of length needs to be two numbers, the first"),
        (FLOWERS, {"names": ["", "length", ""]}, "names", "“length” cannot be the name of a column: choose a name"),
        (
            FLOWERS,
            {"names": ["", "a\0", ""]},
            "names",
            "“a\0” cannot be the name of a column: choose a text of 1 to 100",
        ),
        (FLOWERS, {"quote": ";", "separator": ";"}, "quote", "The quote needs to be another character"),
        (FLOWERS, {"encoding": "klingon"}, "encoding", "The encoding needs to be an encoding such as"),
        (FLOWERS, {"decimal": ",", "thousands": ","}, "thousands", "The thousands needs to be another mark"),
        (b"x,y\n1,a\n2,a\n", {"target": "y"}, "target", "“y” cannot be the target"),
    ],
)
def test_a_problem_is_one_sentence_at_a_control(
    content: bytes, choices: dict[str, Any], place: str, sentence: str
) -> None:
    problem = reading(sent(content, **choices))["problem"]
    assert problem["place"] == place
    assert problem["sentence"].startswith(sentence)
    assert problem["sentence"].endswith(".")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent() -> None:
    driven = alone()
    driven.do(BeginUpload(upload=1, name="large.csv", size=2 * MOST_BYTES))
    assert reading(driven)["problem"]["sentence"].startswith("This file has 200 MB. At most 100 MB can be read")
    assert driven.host.files.taken == 0
    driven.do(UploadChunk(1, 0, b"x"))
    assert not driven.page.last("upload")


def test_more_content_than_was_announced_ends_the_upload() -> None:
    driven = alone()
    driven.do(BeginUpload(upload=1, name="a.csv", size=4), UploadChunk(1, 0, b"x,y\n1,2\n"))
    assert driven.page.last("upload")["gone"]
    assert driven.host.files.taken == 0


def test_a_chunk_at_another_place_ends_the_upload() -> None:
    driven = alone()
    driven.do(BeginUpload(upload=1, name="a.csv", size=8), UploadChunk(1, 4, b"1,2\n"))
    assert driven.page.last("upload") == {"type": "upload", "upload": 1, "received": 0, "gone": True}


def test_a_reading_that_was_ready_when_the_choices_changed_is_dropped() -> None:
    driven = alone()
    driven.do(
        BeginUpload(upload=1, name="a.csv", size=len(FLOWERS)),
        UploadChunk(1, 0, FLOWERS),
        ChooseReading(upload=1, request=1, choices=ReadingChoices(target="width")),
    )
    assert [fact["request"] for fact in driven.page.facts if fact["type"] == "reading"] == [1]
    assert reading(driven)["table"]["target"] == "width"


def test_a_file_is_forgotten_with_its_dialog_and_with_its_page() -> None:
    driven = sent(FLOWERS)
    assert driven.host.files.taken == SHARE * len(FLOWERS)
    driven.do(ForgetData())
    assert driven.host.files.taken == 0
    send(driven, FLOWERS, upload=2)
    driven.do(Detached(driven.page))
    assert driven.host.files.taken == 0
    driven.do(Attached(driven.page), ChooseReading(upload=2, request=1, choices=ReadingChoices()))
    assert driven.page.last("upload") == {"type": "upload", "upload": 2, "received": 0, "gone": True}


def test_only_the_latest_choices_are_read() -> None:
    driven = alone(at_once=False)
    send(driven, FLOWERS)
    for request, separator in enumerate(",|:;", 1):
        driven.do(ChooseReading(upload=1, request=request, choices=ReadingChoices(separator=separator)))
    assert len(driven.host.pending) == 2  # with a diagnosis
    for _ in range(3):
        driven.host.finish()
        driven.do()
    answers = [fact["request"] for fact in driven.page.facts if fact["type"] == "reading"]
    assert answers == [4]


def test_what_is_read_after_the_dialog_was_closed_is_dropped() -> None:
    driven = alone(at_once=False)
    send(driven, FLOWERS)
    driven.do(ForgetData())
    driven.host.finish()
    driven.do()
    assert not reading(driven)


def test_data_is_used_only_if_it_was_read_last() -> None:
    driven = sent(FLOWERS)
    driven.do(UseData(upload=1, request=3))
    assert driven.page.last("data-used")["refusal"] == "The file is still being read."
    driven.do(UseData(upload=2, request=0))
    assert driven.page.last("data-used")["refusal"] == "This file is no longer here. Choose it again."


def test_a_new_file_gets_the_room_of_one_that_was_not_used_for_long() -> None:
    now = [0.0]
    room, lost = FileRoom(most=10 * SHARE, clock=lambda: now[0]), []

    class Holder:
        def __init__(self, name: str) -> None:
            self.name = name

        def lose_room(self) -> None:
            lost.append(self.name)

    first, second, third = Holder("first"), Holder("second"), Holder("third")
    assert room.take(first, 5)
    assert room.take(second, 5)
    assert not room.take(third, 5)
    now[0] = STALE_SECONDS + 1
    room.touch(second)
    assert room.take(third, 5)
    assert lost == ["first"]
    assert room.taken == 10 * SHARE


def test_a_page_whose_file_lost_its_room_is_asked_to_send_it_again() -> None:
    driven = sent(FLOWERS)
    driven.do(RoomLost())
    assert driven.page.last("upload")["gone"]


CHOSEN = st.builds(
    ReadingChoices, separator=st.sampled_from([None, "", ";", "ab"]), target=st.sampled_from([None, "x"])
)
CHUNKS = st.lists(
    st.one_of(
        st.builds(UploadChunk, st.integers(0, 2), st.integers(0, 12), st.binary(min_size=1, max_size=12)),
        st.builds(BeginUpload, st.integers(0, 2), st.just("a.csv"), st.sampled_from([0, 3, 12, 24, MOST_BYTES + 1])),
        st.builds(AskUnusable, st.integers(0, 2), st.integers(0, 3)),
        st.builds(UseData, st.integers(0, 2), st.integers(0, 2)),
        st.builds(
            ChooseReading,
            st.integers(0, 2),
            st.integers(0, 3),
            st.builds(
                ReadingChoices, separator=st.sampled_from([None, "", ";", "ab"]), target=st.sampled_from([None, "x"])
            ),
        ),
        st.just(ForgetData()),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(CHUNKS)
def test_any_messages_in_any_order_stay_within_the_announced_size(messages: list[Any]) -> None:
    driven = alone()
    announced = 0
    for message in messages:
        if isinstance(message, BeginUpload):
            announced = message.size
        driven.do(message)
        assert driven.host.files.taken <= SHARE * min(announced, MOST_BYTES)
    assert "Internal error in tinkernet" not in str(driven.page.facts)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 5))
def test_arbitrary_content_is_read_or_refused_in_a_sentence(content: bytes, parts: int) -> None:
    driven = sent(content, parts=parts)
    answer = reading(driven)
    assert (answer["problem"] is None) == (answer["table"] is not None and answer["table"]["used_rows"] > 0)
    assert "nternal error" not in str(driven.page.facts)


@given(st.binary(max_size=40))
def test_any_binary_message_is_a_chunk_or_none(message: bytes) -> None:
    chunk = read_chunk(message)
    assert chunk is None or write_chunk(chunk) == message


def test_the_page_has_the_same_limits() -> None:
    page = (Path(__file__).parents[2] / "web" / "src" / "protocol" / "uploads.ts").read_text()
    found = {name: int(value.replace("_", "")) for name, value in re.findall(r"export const (\w+) = ([\d_]+);", page)}
    assert found == {"CHUNK_BYTES": CHUNK_BYTES, "CHUNKS_AHEAD": CHUNKS_AHEAD, "MOST_BYTES": MOST_BYTES}


def test_used_data_is_the_experiment_s() -> None:
    driven = sent(FLOWERS)
    driven.do(UseData(upload=1, request=0))
    used, state = driven.page.last("data-used"), driven.state
    assert (used["refusal"], used["digest"]) == (None, state["data"]["digest"])
    assert (state["data"]["label"], state["data"]["rows"], state["undo"]) == ("a.csv", 4, "use your own data")
    assert state["experiment"]["features"] == ["length", "width"]
    driven.do(Undo())
    assert driven.state["data"] is None


def test_more_rows_than_a_page_shows_are_refused() -> None:
    rows = "".join(f"{k % 97},{'ab'[k % 2]}\n" for k in range(MOST_ROWS_ON_A_PAGE + 1))
    driven = sent(f"x,kind\n{rows}".encode())
    assert reading(driven)["problem"]["sentence"].startswith("This table has 100\u202f001 rows.")
    driven.do(UseData(upload=1, request=0))
    assert driven.page.last("data-used")["refusal"].startswith("This table has")


def test_a_table_of_one_column_asks_for_another_separator() -> None:
    problem = reading(sent(FLOWERS, separator="|"))["problem"]
    assert (problem["place"], problem["sentence"]) == (
        "separator",
        "Each row is read as one column: choose another separator.",
    )


def test_a_chunk_has_a_largest_size() -> None:
    assert read_chunk(write_chunk(UploadChunk(1, 0, bytes(CHUNK_BYTES)))) is not None
    assert read_chunk(write_chunk(UploadChunk(1, 0, bytes(CHUNK_BYTES + 1)))) is None
