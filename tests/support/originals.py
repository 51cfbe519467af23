"""The original's results, read from tests/reference."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy import ndarray

FOLDER = Path(__file__).parent.parent / "reference"


def read(name: str) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in (FOLDER / name).read_text().splitlines()]


def numbers(value: Any) -> ndarray:
    """A number, or nested lists of numbers; strings stand for numbers that are not valid JSON."""
    if isinstance(value, list):
        return np.array([numbers(part) for part in value], dtype=np.float64)
    return np.array(float(value))


def distance(ours: Any, theirs: Any) -> float:
    """The largest relative difference; 0 if both are NaN or the same infinity, infinite if only one is."""
    ours = np.asarray(ours, dtype=np.float64)
    theirs = numbers(theirs).reshape(ours.shape)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(invalid="ignore"):
        apart = np.where(same, 0.0, np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-12))
    return float(np.where(np.isnan(apart), np.inf, apart).max(initial=0.0))
