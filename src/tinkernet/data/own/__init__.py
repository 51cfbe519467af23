"""Data that a person brings: arrays, data frames and files become one immutable `Dataset`.

`read(content, choices)` turns the bytes of a file into a `Reading`: what was recognized, the rows that cannot be used,
and the data set, or the sentence why there is none yet. A page shows it, changes the choices and reads again.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tinkernet.data.own.dataset import OWN_DATA, Dataset
from tinkernet.data.own.parts import Column, Target
from tinkernet.data.own.scaling import Scaling
from tinkernet.data.own.structures import Choices, Problem, Reading, Recognized, RecognizedColumn, UnusableRow
from tinkernet.data.own.writing import points_as_csv

__all__ = [
    "OWN_DATA",
    "Choices",
    "Column",
    "Dataset",
    "Problem",
    "Reading",
    "Recognized",
    "RecognizedColumn",
    "Scaling",
    "StoppedError",
    "Target",
    "UnusableRow",
    "points_as_csv",
    "read",
]

if TYPE_CHECKING:
    from tinkernet.data.own.reading import StoppedError, read
else:

    def __getattr__(name: str) -> object:
        # Every run needs `Dataset`; only a file needs all that reads it, which would delay each start.
        if name in {"StoppedError", "read"}:
            return getattr(import_module("tinkernet.data.own.reading"), name)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
