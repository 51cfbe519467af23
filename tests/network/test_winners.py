"""The largest of several outputs, and the classes that outputs stand for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tinkernet.network.heads import HEADS, OutputHead
from tinkernet.network.winners import largest, margin

PROBABILITIES = arrays(np.float64, st.tuples(st.integers(3, 10), st.just(6)), elements=st.floats(0, 1))


@given(PROBABILITIES)
def test_the_margin_is_that_of_the_largest_over_the_second_largest(outputs: np.ndarray) -> None:
    ordered = np.sort(outputs, axis=0)
    assert np.array_equal(margin(outputs), ordered[-1] - ordered[-2])
    assert np.array_equal(largest(outputs), outputs.argmax(axis=0))


def test_of_equal_outputs_the_first_wins_by_a_margin_of_0() -> None:
    outputs = np.array([[0.2, 0.5], [0.4, 0.5], [0.4, 0.0]])
    assert largest(outputs).tolist() == [1, 0]
    assert margin(outputs).tolist() == [0.0, 0.0]


def test_not_a_number_gives_a_class_and_no_margin() -> None:
    outputs = np.array([[np.nan], [0.4], [0.6]])
    assert largest(outputs).tolist() == [0]
    assert np.isnan(margin(outputs)).all()


@pytest.mark.parametrize("head", HEADS, ids=lambda head: f"{head.problem}, {head.activation}, {head.loss.name}")
def test_encoded_labels_stand_for_their_class(head: OutputHead) -> None:
    labels = np.array([0.0, 2.0, 1.0]) if head.several else np.array([-1.0, 1.0])
    expected = [0, 2, 1] if head.several else [0, 1]
    assert head.classes_of(head.encode(labels, 3)).tolist() == expected


@pytest.mark.parametrize("head", HEADS, ids=lambda head: f"{head.problem}, {head.activation}, {head.loss.name}")
def test_slopes_and_limits_are_those_of_the_outputs(head: OutputHead) -> None:
    sums = np.random.default_rng(5).normal(size=(4 if head.several else 1, 30))
    _, outputs = head.answers(sums)
    step = 1e-6
    for k in range(len(sums)):
        moved = sums.copy()
        moved[k] += step
        found = (head.answers(moved)[1][k] - outputs[k]) / step
        assert head.slopes(sums, outputs)[k] == pytest.approx(found, abs=1e-5)
    assert head.limit is None or np.abs(head.answers(100 * sums)[1]).max() <= head.limit
