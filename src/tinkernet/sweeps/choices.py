"""What was chosen for a run of an adaptive design, as plain numbers: from them, and back from a table of results.

A choice is the place of a value in its list, or a number of an interval. Nothing else is written down: the settings
that are in a table say what was chosen.
"""

from typing import Any

from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.sweeps.design import Axis, Between, Design, written
from tinkernet.tables import Table

Choice = int | float
Choices = tuple[Choice, ...]
"""A choice for each axis of a design, in their order."""


def values_of(design: Design, choices: Choices) -> tuple[Any, ...]:
    """The values of all axes of a design with these choices."""
    return tuple(_value(axis, choice) for axis, choice in zip(design.axes, choices, strict=True))


def choices_in(design: Design, table: Table) -> list[Choices]:
    """What was chosen for each run in a table of results.

    Raises:
        ExperimentError: a cell has something that could not be chosen.
    """
    return list(zip(*(_choices(axis, table[axis.name]) for axis in design.axes), strict=True))


def settings_in(design: Design, table: Table) -> list[tuple[Any, ...]]:
    """The values of all axes for each run of a block, from its table of results.

    Raises:
        ExperimentError: a cell has something that could not be chosen.
    """
    if design.adaptive:
        return [values_of(design, choices) for choices in choices_in(design, table)]
    first = int(table["run"][0])
    return design.values(first, first + len(table))


def _value(axis: Axis, choice: Choice) -> Any:
    if isinstance(axis.values, Between):
        return choice
    if isinstance(choice, float) or not 0 <= choice < len(axis.values):
        raise ExperimentError(axis.name, choice, f"a place in a list of {len(axis.values)} values")
    return axis.values[choice]


def _choices(axis: Axis, column: ndarray) -> list[Choice]:
    """What was chosen, from a column of a table: the type of each is as it was."""
    cells = column.tolist()
    if isinstance(axis.values, Between):
        low, high = axis.values.low, axis.values.high
        wrong = [cell for cell in cells if isinstance(cell, str) or not low <= cell <= high]
        found: list[Choice] = [] if wrong else [int(cell) if axis.whole else float(cell) for cell in cells]
    else:
        places = {written(value): place for place, value in enumerate(axis.values)}
        wrong = [cell for cell in cells if cell not in places]
        found = [] if wrong else [places[cell] for cell in cells]
    if wrong:
        raise ExperimentError(axis.name, wrong[0], "one of the values of this sweep")
    return found
