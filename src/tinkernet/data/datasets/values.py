"""Invented surfaces of values, for regression. Draws per point: its place, and how far off its value is taken from."""

import numpy as np

from tinkernet.arithmetic import sin
from tinkernet.data.datasets.built_in import BuiltIn, Made
from tinkernet.data.datasets.drawing import between
from tinkernet.data.plane import EDGE
from tinkernet.data.stream import Stream


def sine(stream: Stream, n: int, noise: float) -> Made:
    """A ridge along the curve y = 2.5 sin(x): 1 on it, falling to −1 at a vertical distance of 3."""
    draws = between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    return draws[:, :2], 1 - 2 * np.clip(np.abs(y - 2.5 * sin(x)) / 3, 0, 1)


def step(stream: Stream, n: int, noise: float) -> Made:
    """Two flat levels, −1 and 1, with an abrupt edge along the line 2x + y = 0."""
    draws = between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    return draws[:, :2], np.where(2 * x + y > 0, 1.0, -1.0)


VALUES = (
    BuiltIn("reg-sine", "Sine ridge", "A ridge that winds like a sine curve.", "regression", 1200, sine, (), "Values"),
    BuiltIn("reg-step", "Step", "Two flat levels with an abrupt edge.", "regression", 1200, step, (), "Values"),
)
