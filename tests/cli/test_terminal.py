"""Drawings with characters, readable without colour."""

import numpy as np
import pytest

from tinkernet.cli import terminal
from tinkernet.data import Points


def test_a_decision_boundary_is_readable_without_colour() -> None:
    field = np.array([[-1.0, 0.0, 1.0], [np.nan, -0.3, 0.3]])
    points = Points(np.array([[5.0, -5.0], [-5.0, 5.0]]), np.array([1.0, -1.0]))
    lines = terminal.boundary(field, points, terminal.UNICODE)
    assert [line.plain for line in lines] == ["○·+", "?-●"]


def test_points_outside_the_plane_are_omitted() -> None:
    points = Points(np.array([[7.0, 0.0]]), np.array([1.0]))
    lines = terminal.boundary(np.ones((2, 2)), points, terminal.UNICODE)
    assert [line.plain for line in lines] == ["++", "++"]


def test_a_curve_shows_both_losses() -> None:
    epochs = np.arange(5)
    train = 10.0 ** -np.arange(5)
    lines = [line.plain for line in terminal.curve(epochs, train, np.ones(5), 14, 7, terminal.UNICODE)]
    assert lines[0] == "      1 │*××××"
    assert lines[4] == " 0.0001 │    •"
    assert lines[5].split() == ["0", "4"]


@pytest.mark.parametrize("losses", [np.full(3, np.nan), np.full(3, np.inf), np.zeros(3), np.ones(1), np.ones(0)])
def test_there_is_no_curve_without_two_losses_to_draw(losses: np.ndarray) -> None:
    assert terminal.curve(np.arange(len(losses)), losses, losses, 40, 10, terminal.UNICODE) == []


def test_a_constant_curve_is_drawn_horizontally() -> None:
    lines = terminal.curve(np.arange(9), np.full(9, 0.5), np.full(9, 0.5), 30, 9, terminal.UNICODE)
    assert sum("*" in line.plain for line in lines[:7]) == 1


def test_a_terminal_without_unicode_gets_plain_characters() -> None:
    assert terminal.signs_for("ascii") is terminal.ASCII
    assert terminal.signs_for("utf-8") is terminal.UNICODE
    assert terminal.signs_for(None) is terminal.ASCII
