"""Formulas are read as people write them; an error says what is wrong and where."""

import pickle
import time

import pytest
from formulas import FORMULAS, Written
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import ExperimentError
from tinkernet.formula import FUNCTIONS, QUANTITIES, Column, Formula, FormulaError, read_formula, separated
from tinkernet.formula.reader import LONGEST, MOST_DEPTH, MOST_OPERATIONS


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("sin(3*x)*y", "sin(3*x)*y"),
        (" Sin ( 3 x₁ ) · X2 ", "sin(3*x)*y"),
        ("x₁x₂", "x*y"),
        ("(x+1)(y−1)", "(x+1)*(y-1)"),
        ("((x))+(y*2)", "x+y*2"),
        ("x^2^3", "x^2^3"),
        ("(x^2)^3", "(x^2)^3"),
        ("x**2", "x^2"),
        ("x²y³", "x^2*y^3"),
        ("-x²", "-x^2"),
        ("(-x)²", "(-x)^2"),
        ("2^-x", "2^-x"),
        ("x--y", "x--y"),
        ("+x", "x"),
        ("x-(y-1)", "x-(y-1)"),
        ("(x-y)-1", "x-y-1"),
        ("6÷x×y", "6/x*y"),
        ("6/(x*y)", "6/(x*y)"),
        ("1.50", "1.5"),
        (".5x", "0.5*x"),
        ("1e+3", "1000"),
        ("1E-07", "1e-7"),
        ("2π", "2*pi"),
        ("min(x,max(y,1),2)", "min(x,max(y,1),2)"),
    ],
)
def test_each_formula_has_one_text(written: str, text: str) -> None:
    assert read_formula(written).text == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("sin(3*x)*y", "sin(3x₁)·x₂"),
        ("x^2-4*y^3", "x₁² − 4x₂³"),
        ("x/(y-1)", "x₁/(x₂ − 1)"),
        ("-3*x", "−3x₁"),
        ("x--y", "x₁ − (−x₂)"),
        ("x*-y", "x₁·(−x₂)"),
        ("2*3*x", "2·3·x₁"),
        ("x^(y+1)", "x₁^(x₂ + 1)"),
        ("x^0.5", "x₁^0.5"),
        ("min(x,2*pi)", "min(x₁, 2π)"),
    ],
)
def test_a_formula_is_shown_with_proper_typography(written: str, shown: str) -> None:
    assert read_formula(written).shown == shown


def test_a_sum_is_in_parentheses_where_a_number_stands_before_it() -> None:
    assert read_formula("x+y").shown_as_factor == "(x₁ + x₂)"
    assert read_formula("-x").shown_as_factor == "(−x₁)"
    assert read_formula("x*y").shown_as_factor == "x₁·x₂"


@pytest.mark.parametrize(
    ("written", "wrong", "reason"),
    [
        ("", "", "a formula is missing, such as sin(3*x)"),
        ("sin(3*x", "(", "“(” is never closed"),
        ("sin(3*x))", ")", "“)” has no “(”"),
        ("x y", "y", "an operator is missing before “y”"),
        ("2 3", "3", "an operator is missing before “3”"),
        ("x +", "+", "a number or a name is missing after “+”"),
        ("x ÷ × y", "÷", "a number or a name is missing after “÷”"),
        ("*x", "*", "a number or a name is missing before “*”"),
        ("sin x", "sin", "sin needs parentheses, as in sin(…)"),
        ("2 + foo(x)", "foo", "“foo” is not known; use x, y or a function"),
        ("sni(x)", "sni", "“sni” is not known (did you mean sin?)"),
        ("x*xy", "xy", "“xy” is not known (did you mean x*y?)"),
        ("x(y+1)", "x", "“x” is not a function; a multiplication is written x*(…)"),
        ("y+sin(x,y)", "sin(x,y)", "sin takes 1 value, not 2"),
        ("min(x)", "min(x)", "min takes 2 to 20 values, not 1"),
        ("x,y", ",", "a comma may stand only between the values of a function"),
        ("x=3", "=", "“=” cannot be part of a formula"),
        ("1e999*x", "1e999", "this number is too large"),
        ("x^(10*200)", "10*200", "an exponent must be from −1\u202f000 to 1\u202f000"),
        ("[x", "[", "“[” is never closed"),
        ("x" + " " * LONGEST, " ", f"it is longer than {LONGEST} characters"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(written: str, wrong: str, reason: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(written)
    start, length = caught.value.place
    assert (written[start : start + length], caught.value.reason) == (wrong, reason)


def test_the_error_is_one_line_that_names_the_field() -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula("sin(3*x")
    assert isinstance(caught.value, ExperimentError)
    assert str(caught.value) == "features is 'sin(3*x', but must be a formula; at character 4, “(” is never closed"
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (copy.field, copy.place, copy.reason) == ("features", caught.value.place, caught.value.reason)


def test_a_column_whose_name_has_an_exponent_is_written_in_brackets() -> None:
    columns = (Column("x²", "x²"), Column("y", "y"))
    formula = read_formula("[x²]*y", columns)
    assert formula.text == "[x²]*y"
    assert read_formula(formula.text, columns) == formula


def test_the_columns_of_other_data_have_other_names() -> None:
    columns = (Column("age", "age"), Column("sepal length", "sepal length"), Column("r", "r"))
    formula = read_formula("log(age) * [sepal length]", columns)
    assert formula.text == "log(age)*[sepal length]"
    assert formula.shown == "log(age)·[sepal length]"
    assert read_formula(formula.shown, columns) == formula
    assert read_formula("r", columns).tree.name == "r"  # type: ignore[union-attr]
    with pytest.raises(FormulaError, match="“x” is not known"):
        read_formula("x", columns)


def test_a_quantity_that_needs_more_columns_is_not_known() -> None:
    with pytest.raises(FormulaError, match="“angle” is not known"):
        read_formula("angle", (Column("age", "age"),))


@given(FORMULAS)
def test_what_is_written_and_what_is_shown_are_read_as_the_same_formula(written: Written) -> None:
    formula = read_formula(written.text)
    assert read_formula(formula.text) == formula
    assert read_formula(formula.shown) == formula
    assert read_formula(formula.shown_as_factor) == formula


PIECES = st.sampled_from(
    [*"()+-*/^,.0189 xyr=&'\"[]\\%", "**", "²", "₁", "−", "×", *FUNCTIONS, *QUANTITIES, "__import__", "1e308", "\u202e"]
)
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=150).map("".join),
    st.sampled_from(["(", "-", "2^", "sin(", "+", "[", "x^x^", "²", "₁"]).map(lambda piece: piece * 5000),
    st.integers(1, 10**6).map(lambda n: "9" * min(n, 5000) + "^" + str(n)),
    st.just("min(" + ",".join("x" * 90) + ")"),
)


def outcome(text: str) -> Formula | FormulaError:
    try:
        return read_formula(text)
    except FormulaError as error:
        return error


@given(HOSTILE)
def test_a_hostile_text_is_a_formula_within_the_limits_or_an_error_at_a_place(text: str) -> None:
    began, found = time.process_time(), outcome(text)
    assert time.process_time() - began < 1
    if isinstance(found, FormulaError):
        assert 0 <= found.place.start <= len(text)
        assert found.reason
        assert "\n" not in str(found)
    else:
        assert len(found.text) <= LONGEST
        assert read_formula(found.text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(" * MOST_DEPTH + "x" + ")" * MOST_DEPTH, ""),
        ("(" * (MOST_DEPTH + 1) + "x" + ")" * (MOST_DEPTH + 1), "levels"),
        ("-" * (MOST_DEPTH + 1) + "x", "levels"),
        ("x" + "^x" * (MOST_DEPTH + 1), "levels"),
        ("x" + "+x" * MOST_OPERATIONS, ""),
        ("x" + "+x" * (MOST_OPERATIONS + 1), f"more than {MOST_OPERATIONS} operations"),
        ("x²+" * 49 + "x" + " " * 3, "operations"),
    ],
)
def test_a_formula_has_limits(text: str, reason: str) -> None:
    if not reason:
        assert read_formula(text).columns
        return
    with pytest.raises(FormulaError, match=reason):
        read_formula(text)


def test_a_text_that_is_too_long_when_it_is_written_out_is_refused() -> None:
    short = f"min({','.join(['123456789x²'] * 15)})"  # each is 2 characters longer with its signs
    assert len(short) < LONGEST
    with pytest.raises(FormulaError, match="longer than"):
        read_formula(short)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x,y", ["x", "y"]),
        (" x , min(x,y) ,, sin(3*x)*y", ["x", "min(x,y)", "sin(3*x)*y"]),
        ("max(x,min(y,1)),r", ["max(x,min(y,1))", "r"]),
        ("x),y", ["x)", "y"]),
        ("", []),
    ],
)
def test_commas_inside_parentheses_separate_no_formulas(text: str, parts: list[str]) -> None:
    assert separated(text) == parts
