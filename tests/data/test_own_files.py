"""Files as people have them: each shape ends in a data set, or in one line that says what to do."""

import csv
import random
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest

from tinkernet import Dataset, ExperimentError
from tinkernet.data.own import Choices, Reading, read
from tinkernet.data.own.limits import MOST_BYTES

PLAIN = "x,y,kind\n1.5,2,red\n3.5,4,blue\n2.5,1,red\n"


def values_of(reading: Reading) -> list[list[float]]:
    assert reading.dataset is not None, reading.problem
    values: list[list[float]] = reading.dataset.values.tolist()
    return values


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN.encode(), id="commas"),
        pytest.param(b"x;y;kind\n1,5;2;red\n3,5;4;blue\n2,5;1;red\n", id="semicolons with decimal commas"),
        pytest.param(PLAIN.replace(",", "\t").encode(), id="tabs"),
        pytest.param(PLAIN.replace(",", "|").encode(), id="pipes"),
        pytest.param(b"x y kind\n1.5   2 red\n3.5   4 blue\n  2.5 1 red\n", id="several spaces"),
        pytest.param(PLAIN.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"), id="UTF-16 as Excel writes it"),
        pytest.param(PLAIN.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="line ends of an old Macintosh"),
        pytest.param(PLAIN.replace("\n", "\n\n").encode(), id="blank lines between"),
        pytest.param(("# made in 2024\n" + PLAIN + "# the end\n").encode(), id="comment lines"),
        pytest.param(("sep=,\n" + PLAIN).encode(), id="Excel's line for the separator"),
        pytest.param(PLAIN.replace("\n", ",,\n").encode(), id="trailing commas"),
        pytest.param(
            PLAIN.replace("kind", "kind,").replace("\n1", ",\n1", 1).encode(), id="a trailing comma in a header"
        ),
        pytest.param(PLAIN.rstrip("\n").encode(), id="no line end at the end"),
        pytest.param(b",x,y,kind\n0,1.5,2,red\n1,3.5,4,blue\n2,2.5,1,red\n", id="an index column"),
        pytest.param(b'"x","y","kind"\n"1",1.5,2,"red"\n"2",3.5,4,"blue"\n"3",2.5,1,"red"\n', id="row names of R"),
        pytest.param(b"x,y,kind\n1.5 %,2,red\n3.5 %,4,blue\n2.5 %,1,red\n", id="per cent signs"),
        pytest.param(b'x,y,kind\n"1.5","2","red"\n"3.5","4","blue"\n"2.5","1","red"\n', id="all quoted"),
        pytest.param(b"x,y,kind\ncm,kg,\n1.5,2,red\n3.5,4,blue\n2.5,1,red\n", id="a row of units"),
        pytest.param(b"A study of things\n\n" + PLAIN.encode(), id="a title above the table"),
    ],
)
def test_the_same_table_is_read_from_many_kinds_of_file(content: bytes) -> None:
    reading = read(content)
    assert values_of(reading) == [[1.5, 2.0], [3.5, 4.0], [2.5, 1.0]]
    assert reading.dataset is not None
    assert reading.dataset.classes == ("blue", "red")
    assert reading.dataset.target.values.tolist() == [1, 0, 1]
    assert [name.split()[0] for name in reading.dataset.names] == ["x", "y"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-16", "utf-32"])
def test_umlauts_are_read_in_every_usual_encoding(encoding: str) -> None:
    text = "Länge;Größe;Art\n" + "1,5;2;Möwe\n3,5;4;Käfer\n2,5;1;Möwe\n" * 3
    reading = read(text.encode(encoding))
    assert reading.dataset is not None
    assert reading.dataset.names == ("Länge", "Größe")
    assert reading.dataset.classes == ("Käfer", "Möwe")


def test_quotes_may_hold_separators_and_line_breaks() -> None:
    reading = read(b'x;"a ""long""\nname";kind\n1;2;"red; or\nso"\n3;4;blue\n5;6;blue\n')
    assert reading.dataset is not None
    assert reading.dataset.names == ("x", 'a "long" name')
    assert reading.dataset.classes == ("blue", "red; or so")


def test_a_file_without_header_gets_names_for_its_columns() -> None:
    reading = read(b"1.5,2,red\n3.5,4,blue\n2.5,1,red\n")
    assert reading.recognized.header == 0
    assert [column.name for column in reading.recognized.columns] == ["column 1", "column 2", "column 3"]
    assert values_of(reading) == [[1.5, 2.0], [3.5, 4.0], [2.5, 1.0]]


def test_names_in_a_comment_as_numpy_writes_them_are_used() -> None:
    reading = read(b"# x y label\n1.5 2 0\n3.5 4 1\n2.5 1 0\n2.5 2 1\n")
    assert [column.name for column in reading.recognized.columns] == ["x", "y", "label"]


def test_two_header_lines_are_joined_and_the_upper_names_continue() -> None:
    reading = read(
        b"Sepal,,Petal,,Kind\nlength,width,length,width,\n5.1,3.5,1.4,.2,a\n4.9,3,1.4,.2,b\n4.7,3.2,1.3,.3,a\n"
    )
    assert reading.recognized.header == 2
    assert reading.dataset is not None
    assert reading.dataset.names == ("Sepal length", "Sepal width", "Petal length", "Petal width")


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"a;b;k\n1.234,5;2;p\n-2.000.000,25;1;q\n5,5;3;p\n", 1234.5),
        (b'a,b,k\n"1,234.5",2,p\n"-2,000,000.25",1,q\n5.5,3,p\n', 1234.5),
        (b"a,b,k\n1'234.5,2,p\n2'000'000.25,1,q\n5.5,3,p\n", 1234.5),
        ("a;b;k\n1\u202f234,5;2;p\n-2 000 000,25;1;q\n5,5;3;p\n".encode(), 1234.5),
        (b'a,b,k\n"1,234",2,p\n"2,345",1,q\n"3,456",3,p\n', 1234.0),
        (b"a;b;k\n1,234;2;p\n2,345;1;q\n3,456;3;p\n", 1.234),
        ("a,b,k\n−3.5e-2,2,p\n+.5,1,q\n5.,3,p\n".encode(), -0.035),
    ],
)
def test_numbers_are_read_in_the_notation_of_the_file(content: bytes, first: float) -> None:
    assert values_of(read(content))[0][0] == first


def test_dates_are_recognized_and_not_used() -> None:
    reading = read(b"day,x,y\n2024-01-01,1,2.5\n2024-01-02,2,3.5\n2024-01-05,4,1.5\n")
    kinds = {column.name: column.kind for column in reading.recognized.columns}
    assert kinds["day"] == "date"
    assert reading.dataset is not None
    assert reading.dataset.names == ("x",)
    with_date = read(b"day,x,y\n2024-01-01,1,2.5\n2024-01-02,2,3.5\n", Choices(columns=("day",)))
    assert with_date.problem is not None
    assert with_date.problem.field == "columns"


def test_a_date_with_points_is_not_a_number_where_the_comma_is_the_decimal_mark() -> None:
    content = b"a;d;kind\n1,5;02.06.2023;x\n2,5;11.07.2023;y\n3,25;05.08.2023;x\n"
    reading = read(content)
    assert reading.recognized.decimal == ","
    assert [column.kind for column in reading.recognized.columns] == ["number", "date", "text"]
    wrong = read(b"a;b;kind\n1,5;1,5;x\n2,5;2.75;y\n3,25;3,25;x\n4;5;y\n6;7;x\n")
    assert [row.reason for row in wrong.unusable] == ["b is \u201c2.75\u201d, not a number"]


@pytest.mark.parametrize("name", ["PassengerId", "customer_id", "customerID", "User ID", "id"])
def test_a_column_whose_name_and_values_number_the_rows_is_not_an_input(name: str) -> None:
    rows = "".join(f"{7 * k % 50 + 100},{k % 9},{'ab'[k % 2]}\n" for k in range(50))
    columns = read(f"{name},age,kind\n{rows}".encode()).recognized.columns
    assert (columns[0].kind, columns[0].reason) == ("index", "its name, and each row has another whole number")


@pytest.mark.parametrize("name", ["humid", "Android", "grid", "bid"])
def test_a_name_that_only_ends_in_the_same_letters_is_an_input(name: str) -> None:
    rows = "".join(f"{7 * k % 50 + 100},{k % 9},{'ab'[k % 2]}\n" for k in range(50))
    assert name in read(f"{name},age,kind\n{rows}".encode()).recognized.inputs


def test_a_usual_target_with_a_single_value_is_said() -> None:
    rows = "".join(f"{k},{k * k},yes\n" for k in range(9))
    reading = read(f"a,b,label\n{rows}".encode())
    assert reading.recognized.notes == ("label has the same value in all rows, so it cannot be the target.",)


def test_missing_values_are_recognized_by_their_usual_marks() -> None:
    content = b"x,y,k\n1,2,a\nNA,3,b\n-,4,a\nn/a,5,b\n,6,a\n#N/A,7,b\n9,8,b\n"
    reading = read(content)
    assert reading.recognized.columns[0].missing == 5
    assert [row.line for row in reading.unusable] == [3, 4, 5, 6, 7]
    assert reading.unusable[0].reason == "x has no value"
    assert reading.unusable_text().startswith("# line 3: x has no value\nNA,3,b\n# line 4")
    filled = read(content, Choices(missing="median"))
    assert filled.unusable == ()
    assert filled.filled == 5
    assert values_of(filled)[1] == [5.0, 3.0]


def test_broken_rows_are_listed_with_line_reason_and_text() -> None:
    rows = [f"{k},{k * k % 7},{'ab'[k % 2]}" for k in range(20)]
    rows[4], rows[9], rows[12] = "4,two,a", "9,4", "1,2,a,b,c"
    reading = read(("x,y,k\n" + "\n".join(rows)).encode())
    assert [(row.line, row.reason, row.text) for row in reading.unusable] == [
        (6, "y is “two”, not a number", "4,two,a"),
        (11, "it has 2 columns instead of 3", "9,4"),
        (14, "it has 5 columns instead of 3", "1,2,a,b,c"),
    ]
    assert reading.dataset is not None
    assert len(reading.dataset) == 17
    assert "3 rows are not used." in reading.dataset.notes


def test_a_quote_that_is_never_closed_costs_one_line() -> None:
    rows = "".join(f'{k},{k % 3},"{"ab"[k % 2]}"\n' for k in range(300))
    content = "x,y,k\n" + rows.replace('\n7,1,"b"', '\n7,1,"b').replace('\n280,1,"a"', '\n280,1,"a')
    reading = read(content.encode(), Choices(quote='"'))
    assert reading.dataset is not None
    assert len(reading.dataset) == 298
    assert [row.line for row in reading.unusable] == [9, 282]
    assert "never closed" in reading.unusable[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x,y,k\n1,2,a\n", "two or more usable rows"),
        (b"x,y,k\n1,2,a\n2,3,a\n3,4,a\n", "target"),
        (b"x,y\nred,b\ngreen,c\nblue,b\n", "one column of numbers"),
        (b"x\n1\n2\n3\n", "a column that can be the target"),
    ],
    ids=["one row", "one class", "all text", "one column"],
)
def test_what_is_missing_for_a_data_set_is_said(content: bytes, words: str) -> None:
    reading = read(content, Choices(target="k")) if b"k" in content[:6] else read(content)
    assert reading.dataset is None
    assert reading.problem is not None
    assert words in reading.problem.sentence
    assert "\n" not in reading.problem.sentence


def test_a_constant_column_is_not_proposed_and_is_scaled_to_0_if_chosen() -> None:
    content = b"x,c,k\n1,7,a\n2,7,b\n3,7,a\n"
    assert read(content).recognized.inputs == ("x",)
    chosen = read(content, Choices(columns=("x", "c")))
    assert chosen.dataset is not None
    assert chosen.dataset.points[:, 1].tolist() == [0.0, 0.0, 0.0]


def test_300_columns_are_read_and_of_more_the_first_300_are_proposed() -> None:
    header = ",".join(f"c{k}" for k in range(320)) + ",k\n"
    rows = "".join(
        ",".join(str((k * 7 + row) % 11 + 0.5) for k in range(320)) + f",{'ab'[row % 2]}\n" for row in range(8)
    )
    reading = read((header + rows).encode())
    assert reading.dataset is not None
    assert len(reading.dataset.names) == 300
    assert any("300" in note for note in reading.dataset.notes)


def test_repeated_and_empty_names_are_made_different() -> None:
    reading = read(b"x,x,,k\n1,2,3,a\n4,5,1,b\n7,8,2,a\n")
    assert [column.name for column in reading.recognized.columns] == ["x", "x (2)", "column 3", "k"]


def test_a_range_that_was_copied_from_a_spreadsheet_is_read() -> None:
    reading = read(b"5,1\t3,5\tsetosa\r\n7,0\t3,2\tversicolor\r\n6,3\t3,3\tvirginica")
    assert values_of(reading) == [[5.1, 3.5], [7.0, 3.2], [6.3, 3.3]]


def workbook() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"),
        (workbook(), "Save As"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Save As"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"  <!DOCTYPE html><html><table>", "web page"),
        (b'[{"x": 1}]', "JSON"),
        (b"", "empty"),
        (bytes(10_000), "no text"),
        (b" \r\n\t\n", "no text"),
        (b"abc\0\1\2\3def" * 50, "not text"),
        (b"# only a comment\n# and another\n", "usable"),
    ],
    ids=["PNG", "xlsx", "xls", "PDF", "gzip", "HTML", "JSON", "empty", "NULs", "blanks", "binary", "comments"],
)
def test_what_is_not_a_table_is_refused_in_one_line_that_says_what_it_is(content: bytes, words: str) -> None:
    try:
        problem = read(content, Choices(name="data.csv")).problem
        said = problem.sentence if problem else ""
    except ExperimentError as error:
        said = str(error)
    assert words in said
    assert "\n" not in said


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as opened:
        opened.truncate(2 * MOST_BYTES)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(ExperimentError, match="at most 100 MB; this file has 200 MB"):
        Dataset.from_csv(file)


def test_a_text_column_becomes_one_input_for_each_value() -> None:
    content = b"size,colour,k\n1,red,a\n2,blue,b\n3,red,a\n4,green,b\n"
    choices = Choices(target="k", columns=("size", "colour"), text_columns="one-per-value")
    reading = read(content, choices)
    assert reading.dataset is not None
    assert reading.dataset.names == ("size", "colour: blue", "colour: green", "colour: red")
    assert reading.dataset.values[:, 3].tolist() == [1, 0, 1, 0]
    refused = read(content, Choices(target="k", columns=("colour",)))
    assert refused.problem is not None
    assert "one-per-value" in refused.problem.allowed


def test_everything_recognized_can_be_chosen() -> None:
    content = "1,234~5~2\n3,5~6~1\n4,75~7~2\n".encode("cp1250")
    chosen = Choices(
        encoding="cp1250",
        separator="~",
        decimal=",",
        header=0,
        names=("width", "height", "group"),
        target="height",
        target_kind="numbers",
        columns=("group", "width"),
        ranges={"width": (0, 10), "height": (0, 20)},
    )
    reading = read(content, chosen)
    assert reading.dataset is not None
    assert reading.dataset.names == ("group", "width")
    assert reading.dataset.columns[1].values.tolist() == [1.234, 3.5, 4.75]
    assert reading.dataset.columns[1].range == (0, 10)
    assert reading.dataset.labels.tolist() == pytest.approx([-0.5, -0.4, -0.3])
    as_text = read(content, Choices(separator="~", decimal=",", kinds={"column 3": "text"}, target="column 3"))
    assert as_text.dataset is not None
    assert as_text.dataset.classes == ("1", "2")


def test_an_empty_name_keeps_that_of_the_header() -> None:
    reading = read(PLAIN.encode(), Choices(names=("", "height", ""), columns=("height",)))
    assert [column.name for column in reading.recognized.columns] == ["x", "height", "kind"]
    assert [column.name_in_file for column in reading.recognized.columns] == ["x", "y", "kind"]
    assert reading.dataset is not None
    assert reading.dataset.names == ("height",)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("x", "kind", ""), "names is 'kind', but must be a name that no other column has"),
        (("x", "x", "kind"), "names is 'x', but must be a name that no other column has"),
        (("x", "a\u202eb", ""), r"names is 'a\u202eb', but must be a text of 1 to 100 printable characters"),
        (("x", "a" * 101, ""), "must be a text of 1 to 100 printable characters"),
        (("x", "y"), "must be 3 names, one for each column"),
    ],
)
def test_a_name_that_cannot_be_read_or_is_taken_is_refused(names: tuple[str, ...], message: str) -> None:
    with pytest.raises(ExperimentError) as error:
        read(PLAIN.encode(), Choices(names=names))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "choices",
    [
        Choices(separator="ab"),
        Choices(separator="\n"),
        Choices(quote=",", separator=","),
        Choices(decimal=";"),
        Choices(thousands=",", decimal=","),
        Choices(encoding="rot13"),
        Choices(encoding="no such"),
        Choices(header=9),
        Choices(target="no such"),
        Choices(columns=("no such",)),
        Choices(kinds={"no such": "text"}),
        Choices(names=("one",)),
        Choices(comment="a very long comment"),
    ],
    ids=str,
)
def test_a_choice_that_is_not_possible_is_refused(choices: Choices) -> None:
    with pytest.raises(ExperimentError):
        read(PLAIN.encode(), choices)


def test_a_file_is_read_by_name_and_unusable_rows_are_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "things.csv"
    file.write_text(PLAIN + "1,a,red\n1\n")
    with pytest.warns(UserWarning, match="2 rows of things.csv cannot be used \\(line 5: y is “a”"):
        data = Dataset.from_csv(file, target="kind", columns=["y"])
    assert data.names == ("y",)
    assert data.source == "things.csv"
    with pytest.raises(ExperimentError, match="the argument is 'seperator'"):
        Dataset.from_csv(file, seperator=";")
    with pytest.raises(ExperimentError, match="header is 'two'"):
        Dataset.from_csv(file, header="two")
    with pytest.raises(ExperimentError, match="a file that exists"):
        Dataset.from_csv(tmp_path / "missing.csv")
    with pytest.raises(ExperimentError, match="a file that exists"):
        Dataset.from_csv(tmp_path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_any_dialect_is_read_back_exactly(separator: str, quoting: int, encoding: str) -> None:
    draws = random.Random(f"{separator}{quoting}{encoding}")  # noqa: S311 (numbers for a test)
    rows = [
        [draws.gauss(0, 1) * 10.0 ** draws.randint(-9, 9), draws.random(), draws.choice(["a b", 'c"d', "é"])]
        for _ in range(200)
    ]
    draft = StringIO()
    writer = csv.writer(draft, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([["one", "two", "kind"], *rows])
    reading = read(draft.getvalue().encode(encoding))
    assert reading.recognized.separator == separator
    assert reading.unusable == ()
    assert reading.dataset is not None
    assert np.array_equal(reading.dataset.values, np.array([[one, two] for one, two, _ in rows]))
    assert [reading.dataset.classes[code] for code in reading.dataset.target.values] == [kind for *_, kind in rows]
