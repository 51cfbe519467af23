"""The catalog: all options, sent to the page, from the tables that the engine uses."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Protocol, runtime_checkable

import numpy as np
from numpy import ndarray

from tinkernet.data import DATASETS, BuiltIn
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.data.stream import Stream
from tinkernet.engine import grid_points
from tinkernet.experiment import LEARNING_RATES, REGULARIZATION_RATES
from tinkernet.export.networks.targets import TARGETS
from tinkernet.formula import FUNCTIONS, QUANTITIES, named
from tinkernet.fragment import CONTROLS
from tinkernet.insight.diagnosis import KINDS
from tinkernet.maps import MAP_SETTINGS
from tinkernet.network import (
    ACTIVATIONS,
    FEATURES,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    PROBLEMS,
    REGULARIZATIONS,
    SCHEDULES,
)
from tinkernet.network.activations import Activation
from tinkernet.network.features import Feature
from tinkernet.network.inputs import PLANE_INPUTS, Inputs
from tinkernet.network.parameters import Option
from tinkernet.protocol.choices import (
    ActivationChoice,
    AxisFact,
    Catalog,
    Choice,
    DatasetChoice,
    ExportChoice,
    FeatureChoice,
    FindingChoice,
    MapSettingChoice,
    OptionChoice,
    OptionPlace,
    ParameterChoice,
)
from tinkernet.protocol.frames import quantize
from tinkernet.protocol.hints import HINTS
from tinkernet.protocol.speeds import SPEEDS

PICTURE_CELLS = 32
GRID_CELLS = 48
"""Fine enough to draw the boundary where a weighted sum of features is 0."""
SAMPLE_POINTS = 150
MOST_NAMES = 40
"""So many columns of a person's own data are offered to be put into a formula; others can be typed."""


@runtime_checkable
class Named(Protocol):
    """An entry of a table."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...


@cache
def catalog() -> Catalog:
    """The catalog of all options."""
    return Catalog(
        problems=_choices(PROBLEMS.values()),
        datasets=[_dataset(entry) for entry in DATASETS.values()],
        features=[feature_choice(entry) for entry in FEATURES.values()],
        formula_names=formula_names(),
        activations=[activation_choice(entry) for entry in ACTIVATIONS.values()],
        regularizations=_choices(REGULARIZATIONS.values()),
        initializers=[_option(entry, entry.formula) for entry in INITIALIZERS.values()],
        losses=[_option(entry, entry.formula) for entry in LOSSES.values()],
        optimizers=[_option(entry, entry.formula) for entry in OPTIMIZERS.values()],
        schedules=[_option(entry, entry.formula) for entry in SCHEDULES.values()],
        exports=[ExportChoice(**_named(entry), trains=entry.train is not None) for entry in TARGETS.values()],
        speeds=_choices(SPEEDS.values()),
        controls=_choices(CONTROLS.values()),
        learning_rates=list(LEARNING_RATES),
        regularization_rates=list(REGULARIZATION_RATES),
        map_settings=[
            MapSettingChoice(
                entry.name,
                entry.label,
                entry.low,
                entry.high,
                entry.log,
                entry.whole,
                None if entry.option is None else OptionPlace(*entry.option),
            )
            for entry in MAP_SETTINGS.values()
        ],
        map_findings=[FindingChoice(entry.title, entry.tone) for entry in KINDS.values()],
        hints=HINTS,
    )


def feature_field(entry: Feature, cells: int, inputs: Inputs = PLANE_INPUTS, plane: Slice = PLANE_SLICE) -> ndarray:
    """The feature over the plane, float32 (1, cells, cells)."""
    if _is_held(entry, plane):
        return np.full((1, cells, cells), plane.held[entry.column or 0], np.float32)
    points = plane.points(grid_points(cells))
    return inputs.drawn((entry.name,), points).astype(np.float32).reshape(1, cells, cells)


def _is_held(entry: Feature, plane: Slice) -> bool:
    """Whether it is a column that is the same everywhere on the plane."""
    return entry.column is not None and entry.column not in plane.drawn


def _named(entry: Named) -> dict[str, str]:
    """The fields that every choice has."""
    return {"name": entry.name, "label": entry.label, "hint": entry.hint}


def _choices(table: Iterable[Named]) -> list[Choice]:
    return [Choice(**_named(entry)) for entry in table]


@lru_cache(maxsize=16)
def formula_names(inputs: Inputs = PLANE_INPUTS) -> list[Choice]:
    """What a formula over these columns may contain."""
    columns = [
        Choice(name=named(column.name), label=column.symbol, hint=f"Type {named(column.name)}.")
        for column in inputs.columns[:MOST_NAMES]
    ]
    quantities = [
        Choice(name=entry.name, label=entry.symbol, hint=entry.hint)
        for entry in QUANTITIES.values()
        if entry.columns <= len(inputs.columns)
    ]
    functions = [Choice(name=f"{entry.name}(", label=entry.name, hint=entry.hint) for entry in FUNCTIONS.values()]
    return columns + quantities + functions


def _option(entry: Option, formula: str) -> OptionChoice:
    parameters = [
        ParameterChoice(
            **_named(one),
            default=one.default,
            least=one.least,
            most=one.most,
            offered=list(one.offered),
            whole=one.whole,
        )
        for one in entry.parameters
    ]
    return OptionChoice(**_named(entry), formula=formula, parameters=parameters)


def activation_choice(entry: Activation) -> ActivationChoice:
    """An activation as the page gets it."""
    before, _, after = entry.formula.partition("…")
    return ActivationChoice(
        **_named(entry),
        before=before,
        after=after,
        effect=entry.effect,
        lowest=entry.lowest,
    )


@lru_cache(maxsize=64)
def feature_choice(entry: Feature, inputs: Inputs = PLANE_INPUTS, plane: Slice = PLANE_SLICE) -> FeatureChoice:
    """A feature for the page: of the table, or by formula. A held column, of up to 300, is one cell."""
    cells, grid_cells = (1, 1) if _is_held(entry, plane) else (PICTURE_CELLS, GRID_CELLS)
    picture, _ = quantize(feature_field(entry, cells, inputs, plane), (entry.scale,))
    return FeatureChoice(
        **_named(entry),
        symbol=entry.symbol,
        scale=entry.scale,
        cells=cells,
        picture=picture.tobytes(),
        grid_cells=grid_cells,
        grid=feature_field(entry, grid_cells, inputs, plane).astype("<f4").tobytes(),
        formula=entry.formula,
        by_formula=entry.name not in inputs.table,
    )


class _Places(Stream):
    """Draws the places that it is given instead of random ones: a data set's maker then gives its value at each."""

    def __init__(self, places: ndarray) -> None:
        super().__init__("")
        self._draws = (places + EDGE) / (2 * EDGE)

    def uniforms(self, *shape: int) -> ndarray:
        return np.hstack([self._draws, np.zeros((shape[0], shape[1] - 2))])


def dataset_field(entry: BuiltIn, cells: int) -> ndarray:
    """The values of a regression's data set over the plane, float32 (1, cells, cells)."""
    _, labels = entry.make(_Places(grid_points(cells)), cells * cells, 0.0)
    return labels.astype(np.float32).reshape(1, cells, cells)


def dataset_sample(entry: BuiltIn) -> ndarray:
    """Some points of a data set with classes, uint8 (n, 3): x, y and the index of the class."""
    points, labels = entry.make(Stream("a small picture"), min(entry.count, SAMPLE_POINTS), 0.0)
    places = np.clip(np.rint((points + EDGE) / (2 * EDGE) * 255), 0, 255)
    index = (labels + 1) / 2 if len(entry.classes) == 2 else labels
    return np.column_stack([places, index]).astype(np.uint8)


def _dataset(entry: BuiltIn) -> DatasetChoice:
    classes = len(entry.classes) > 0
    return DatasetChoice(
        **_named(entry),
        problem=entry.problem,
        classes=list(entry.classes),
        group=entry.group,
        in_original=entry.in_original,
        axes=[AxisFact(axis.name, axis.unit, axis.low, axis.high) for axis in entry.axes],
        sample=dataset_sample(entry).tobytes() if classes else b"",
        cells=0 if classes else PICTURE_CELLS,
        picture=b"" if classes else quantize(dataset_field(entry, PICTURE_CELLS), (1.0,))[0].tobytes(),
    )
