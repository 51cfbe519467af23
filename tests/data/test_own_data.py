"""Dataset: from arrays and frames, the rule for classes, scaling, JSON, equality, and points as CSV."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Dataset, ExperimentError
from tinkernet.data.own import Choices, Reading, Scaling, points_as_csv, read
from tinkernet.data.own.scaling import readable_range

POINTS = np.array([[0.0, 10.0], [1.0, 20.0], [2.0, 40.0], [3.0, 30.0]])


def test_two_classes_are_minus_1_and_1_and_more_are_their_index() -> None:
    two = Dataset.from_arrays(POINTS, ["b", "a", "b", "a"])
    assert two.classes == ("a", "b")
    assert two.labels.tolist() == [1, -1, 1, -1]
    three = Dataset.from_arrays(POINTS, ["b", "a", "c", "a"])
    assert three.labels.tolist() == [1, 0, 2, 0]


@pytest.mark.parametrize(
    ("labels", "kind", "reason"),
    [
        (["a", "b", "a", "b"], "classes", "because it is text"),
        ([0, 1, 1, 0], "classes", "because it has only 2 different whole numbers"),
        ([True, False, True, True], "classes", "because it is text"),
        ([1.5, 2.5, 1.5, 2.5], "numbers", "because it has 2 different numbers, not all of them whole"),
        ([1, 2, 3, 4], "numbers", "because it has 4 different numbers"),
    ],
)
def test_texts_and_few_whole_numbers_are_classes_and_the_description_says_why(
    labels: list[Any], kind: str, reason: str
) -> None:
    data = Dataset.from_arrays(POINTS, labels)
    assert data.target.kind == kind
    assert data.target.reason == reason
    assert reason in repr(data)


def test_the_kind_can_be_chosen() -> None:
    numbers = Dataset.from_arrays(POINTS, [0, 1, 1, 0], kind="numbers")
    assert numbers.labels.tolist() == [-1, 1, 1, -1]
    classes = Dataset.from_arrays(POINTS, [1.5, 2.5, 1.5, 2.5], kind="classes")
    assert classes.classes == ("1.5", "2.5")


@pytest.mark.parametrize(
    ("labels", "indices"),
    [([0, 1, 1, 0], [0, 1, 1, 0]), ([-1, 1, 1, -1], [0, 1, 1, 0]), (["no", "yes", "yes", "no"], [0, 1, 1, 0])],
)
def test_classes_can_be_named(labels: list[Any], indices: list[int]) -> None:
    data = Dataset.from_arrays(POINTS, labels, classes=("no", "yes"))
    assert data.classes == ("no", "yes")
    assert data.target.values.tolist() == indices


@pytest.mark.parametrize(
    ("points", "labels", "options", "words"),
    [
        (POINTS, ["a"] * 4, {}, "two or more classes"),
        (POINTS, [7, 7, 7, 7], {"kind": "numbers"}, "two or more different numbers"),
        (POINTS, [0, 1, 2], {}, "one label for each of 4 rows"),
        (POINTS, [0, 1, 2, 0], {"classes": ("a", "b")}, "a class's index from 0 to 1"),
        (POINTS, ["a", "b", "c", "a"], {"classes": ("a", "b")}, "one of a, b"),
        (POINTS, ["a", "b", "c", "a"], {"kind": "numbers"}, "a number in every row"),
        (POINTS, ["a", "b", "a", "b"], {"names": ("u",)}, "a list of 2 names"),
        (POINTS, ["a", "b", "a", "b"], {"names": ("u", "u")}, "different from all other names"),
        (POINTS, ["a", "b", "a", "b"], {"names": ("u", "v\n")}, "printable"),
        (POINTS, ["a", "b", "a", "b"], {"target": "x1"}, "different from all other names"),
        (np.where(POINTS == 20, np.nan, POINTS), [0, 1, 1, 0], {}, "x2 in row 2 is nan"),
        (POINTS * 1e200, [0, 1, 1, 0], {}, "a finite number up to 1e+150"),
        (POINTS, [0, 1, 1, np.inf], {}, "label in row 4 is inf"),
        ([[1, 2], [3]], [0, 1], {}, "rows of equal length"),
        ([["a", "b"], ["c", "d"]], [0, 1], {}, "numbers"),
        (np.zeros((2, 2, 2)), [0, 1], {}, "rows of 1 to 300 numbers"),
        (np.zeros((4, 301)), [0, 1, 1, 0], {}, "rows of 1 to 300 numbers"),
        ([[1, 2]], [0], {}, "2 to"),
        (np.zeros((22, 1)), [f"class {k}" for k in range(22)], {}, "at most 10 classes"),
        (POINTS, [{}, {}, {}, {}], {}, "text"),
        (None, [0, 1], {}, "points"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line(points: Any, labels: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError) as raised:
        Dataset.from_arrays(points, labels, **options)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_data_set_cannot_be_changed() -> None:
    given_points = POINTS.copy()
    data = Dataset.from_arrays(given_points, [0, 1, 1, 0])
    given_points[:] = 0
    assert data.values.tolist() == POINTS.tolist()
    for array in (data.points, data.labels, data.columns[0].values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        data.source = "other"  # type: ignore[misc]


def test_data_sets_are_compared_by_their_content() -> None:
    data = Dataset.from_arrays(POINTS, [0, 1, 1, 0])
    same = Dataset.from_arrays(POINTS.tolist(), np.array([0, 1, 1, 0]), source="elsewhere")
    assert data == same
    assert hash(data) == hash(same)
    others = [
        Dataset.from_arrays(POINTS + 1e-12, [0, 1, 1, 0]),
        Dataset.from_arrays(POINTS, [0, 1, 1, 1]),
        Dataset.from_arrays(POINTS, [0, 1, 1, 0], names=("x1", "z")),
        Dataset.from_arrays(POINTS, [0, 1, 1, 0], classes=("a", "b")),
        data.with_ranges({"x1": (0, 7)}),
    ]
    assert len({data, *others}) == len(others) + 1
    assert Dataset.from_arrays(-POINTS * 0, [0, 1, 1, 0]) == Dataset.from_arrays(POINTS * 0, [0, 1, 1, 0])
    assert data.digest == "e70d435310d9a847478cd8e0c1501bc98967405e20684c8094099229ce652b44"


@given(st.lists(st.tuples(st.floats(-1e150, 1e150), st.floats(-1e150, 1e150)), min_size=2, max_size=20))
def test_json_pickle_and_copy_keep_every_bit(rows: list[tuple[float, float]]) -> None:
    data = Dataset.from_arrays(np.array(rows), [k % 2 for k in range(len(rows))], classes=("a", "b"))
    for again in (Dataset.from_json(data.to_json()), pickle.loads(pickle.dumps(data)), copy.deepcopy(data)):  # noqa: S301
        assert again == data
        assert again.values.tobytes() == data.values.tobytes()
        assert again.points.tobytes() == data.points.tobytes()


@pytest.mark.parametrize(
    "change",
    [
        ("AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAA+H8AAAAAAAAAAA=="),
        ('"classes":["0","1"]', '"classes":["0"]'),
        ('"data":"AA', '"data":"B'),
        ("{", "["),
    ],
)
def test_json_of_something_else_is_refused(change: tuple[str, str]) -> None:
    text = Dataset.from_arrays([[0.0], [0.0]], [0, 1]).to_json()
    with pytest.raises(ExperimentError):
        Dataset.from_json(text.replace(*change))


@pytest.mark.parametrize(
    ("least", "most", "low", "high"),
    [(4.3, 7.9, 4, 8), (0.1, 2.5, 0, 2.5), (-5, 5, -5, 5), (-0.3, 1700, -100, 1700), (3, 3, 1.5, 4.5), (0, 0, -1, 1)],
)
def test_ranges_begin_and_end_at_readable_numbers(least: float, most: float, low: float, high: float) -> None:
    assert readable_range(least, most) == (low, high)


@given(st.floats(-1e150, 1e150), st.floats(-1e150, 1e150))
def test_a_range_holds_its_values_and_is_little_wider(one: float, other: float) -> None:
    least, most = sorted((one, other))
    low, high = readable_range(least, most)
    assert low <= least <= most <= high
    assert low < high
    if most - least > 1e-9 * max(abs(least), abs(most)):
        assert high - low <= 1.16 * (most - least)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_scaling_there_and_back_gives_the_value(low: float, span: float, values: list[float]) -> None:
    scaling = Scaling((low,), (low + span,))
    column = np.array(values)[:, None]
    assert scaling.forward(np.array([[low], [low + span]])).tolist() == [[-6], [6]]
    size = np.abs(column).max() + abs(low) + span
    assert np.abs(scaling.backward(scaling.forward(column)) - column).max() <= 1e-13 * size


COLUMNS: dict[str, list[Any]] = {"a": [1.5, 2.5, None, 4.5], "n": [3, 1, 2, 5], "kind": ["u", "v", "u", "v"]}
FRAMES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "mapping": lambda: COLUMNS,
    "categories of pandas": lambda: pd.DataFrame(COLUMNS).astype({"kind": "category", "n": "Int64"}),
    "categories of polars": lambda: pl.DataFrame(COLUMNS).with_columns(pl.col("kind").cast(pl.Categorical)),
}


@pytest.mark.parametrize("library", FRAMES)
def test_frames_of_every_library_give_the_same_data(library: str) -> None:
    frame = FRAMES[library]()
    data = Dataset.from_frame(frame, target="kind")
    assert data.names == ("a", "n")
    assert data.values.tolist() == [[1.5, 3], [2.5, 1], [4.5, 5]]
    assert data.labels.tolist() == [-1, 1, 1]
    assert data.notes == ("1 row with a missing value is not used.",)
    filled = Dataset.from_frame(frame, target="kind", columns=["a"], missing="median")
    assert filled.columns[0].values.tolist() == [1.5, 2.5, 2.5, 4.5]
    assert Dataset.from_frame(frame, target="n", columns=("a",)).target.kind == "numbers"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"target": "nothing"}, "one of a, n, kind"),
        ({"target": "kind", "columns": ("a", "b")}, "one of a, n, kind"),
        ({"target": "a", "columns": ("kind",)}, "a number"),
        ({"target": "a", "columns": ("a",)}, "different from all other names"),
        ({"target": "a", "missing": "zero"}, "one of leave-out, median"),
    ],
)
def test_a_wrong_choice_for_a_frame_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        Dataset.from_frame(pd.DataFrame(COLUMNS), **options)


def test_what_is_not_a_frame_is_refused() -> None:
    with pytest.raises(ExperimentError, match="a data frame, or a mapping"):
        Dataset.from_frame([[1, 2]], target="a")


def test_points_are_written_in_their_own_units_and_read_back_exactly() -> None:
    data = Dataset.from_arrays(POINTS / 7, ["b", "a, c", "b", "a, c"], names=("u", "v w"))
    text = points_as_csv(data, extra={"output": np.array([0.1, 0.2, 0.3, 1 / 3])})
    assert text.splitlines()[0] == "u,v w,label,output"
    again = read(text.encode(), Choices(target="label", columns=("u", "v w")))
    assert again.dataset == data
    assert points_as_csv(data, np.array([1])).splitlines()[1].endswith('"a, c"')
    with pytest.raises(ExperimentError, match="one for each row"):
        points_as_csv(data, extra={"output": np.zeros(2)})


def test_a_class_cannot_bring_a_formula_into_a_spreadsheet() -> None:
    data = Dataset.from_arrays(POINTS, ["=1+1", "b", "b", "b"])
    assert "'=1+1" in points_as_csv(data)


def read_or_error(content: bytes, choices: Choices) -> Reading | None:
    try:
        return read(content, choices)
    except ExperimentError as error:
        if "\n" in str(error):
            raise
        return None


PIECES = st.sampled_from(
    [
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b'"',
        b"'",
        b" ",
        b"#",
        b"1",
        b"-2.5",
        b"3,5",
        b"a",
        b"NA",
        b"\xff",
        b"\0",
        b"2024-01-01",
        b"\\",
        b"sep=;",
    ]
)


@given(
    st.one_of(st.binary(max_size=3000), st.lists(PIECES, max_size=300).map(b"".join)), st.sampled_from([None, ",", " "])
)
def test_any_bytes_end_in_a_reading_or_in_a_one_line_error(content: bytes, separator: str | None) -> None:
    reading = read_or_error(content, Choices(separator=separator, text_columns="one-per-value", missing="median"))
    if reading is not None:
        assert (reading.dataset is None) != (reading.problem is None)
        if reading.dataset is not None:
            table_rows = {row.line for row in reading.unusable}
            assert len(reading.dataset) <= reading.recognized.row_count
            assert len(table_rows) == len(reading.unusable)
            assert np.isfinite(reading.dataset.points).all()


@pytest.mark.parametrize(
    "content",
    [
        b"1" * 300_000,
        b'"' * 300_000,
        b"\n" * 300_000,
        b"," * 300_000,
        b'a,"b\n' * 20_000,
        b"a b " * 50_000,
        b"1,2\n" + b"3," * 100_000,
        b"\n" * 2_100_000 + b"1",
    ],
    ids=["digits", "quotes", "line ends", "commas", "open quotes", "one line", "a long row", "many lines"],
)
def test_hostile_files_end_quickly(content: bytes) -> None:
    reading = read_or_error(content, Choices())
    assert reading is None or reading.dataset is None or len(reading.dataset) < 100_000


def test_a_line_without_end_is_listed_and_the_others_are_read() -> None:
    reading = read(b"a,k\n3,x\n" + b"1" * 1_100_000 + b"\n1,x\n2,y\n")
    assert [row.line for row in reading.unusable] == [3]
    assert reading.dataset is not None
    assert len(reading.dataset) == 3


def test_neither_importing_nor_from_arrays_loads_the_readers_of_files() -> None:
    code = (
        "import sys; from tinkernet import Dataset, Experiment; Experiment();"
        "Dataset.from_arrays([[0], [1]], [0, 1]);"
        "assert not {'clevercsv', 'chardet', 'regex', 'pandas', 'polars'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
