"""Numbers as people read them."""

from collections.abc import Sequence

import pytest

from tinkernet.formatting import count, figure, percent, powers_of_ten, rounded


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0, 2, "0"),
        (0.000012345, 3, "0.0000123"),
        (0.00001, 2, "0.00001"),
        (0.0000099, 2, "9.9 × 10⁻⁶"),
        (0.00000999, 1, "0.00001"),
        (0.1, 3, "0.1"),
        (0.999, 2, "1"),
        (12.34, 3, "12.3"),
        (99.96, 3, "100"),
        (999_999.4, 6, "999\u202f999"),
        (1e227, 2, "1 × 10²²⁷"),
        (-0.5, 6, "−0.5"),
        (float("nan"), 2, "not a number"),
        (float("-inf"), 2, "infinity"),
    ],
)
def test_a_figure_has_the_digits_that_matter_and_no_exponent_of_a_program(value: float, digits: int, text: str) -> None:
    assert figure(value, digits) == text


def test_thousands_are_apart_by_a_space_at_which_no_line_breaks() -> None:
    assert (count(2340), count(-1_234_567), count(999)) == ("2\u202f340", "−1\u202f234\u202f567", "999")
    assert rounded(12_345) == "12\u202f000"


def test_what_is_not_all_or_nothing_does_not_read_as_if_it_were() -> None:
    assert [percent(share) for share in (0.0, 0.0001, 0.5, 0.9999, 1.0)] == ["0 %", "0.1 %", "50 %", "99.9 %", "100 %"]


@pytest.mark.parametrize(
    ("powers", "texts"),
    [
        (range(-3, 2), ["0.001", "0.01", "0.1", "1", "10"]),
        (range(-8, 1, 4), ["10⁻⁸", "10⁻⁴", "1"]),
        ((2, 5), ["10²", "10⁵"]),
    ],
)
def test_powers_of_ten_are_short_and_alike(powers: Sequence[int], texts: list[str]) -> None:
    assert powers_of_ten(powers) == texts
