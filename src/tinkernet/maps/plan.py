"""What a map shows: an experiment, the two settings that vary, and for how long each run trains."""

from typing import Any

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64
from tinkernet.engine import Stops
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.maps.settings import CHANGES_SHAPE, MAP_SETTINGS, MapSetting
from tinkernet.run import Run
from tinkernet.sweeps.design import Between

MOST_EPOCHS = 100_000


class MapAxis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A setting that varies along one side of a map, from `low` to `high`.

    Args:
        setting: a name of MAP_SETTINGS.
        low: the value at the left or the bottom.
        high: the value at the right or the top; of whole numbers it is the last one.
        log: whether equal factors are equally far apart instead of equal differences.
        weight: of the setting `weight`, which one: layer (0 is the first after the inputs), neuron, and input of that
            neuron.

    Raises:
        ExperimentError: there is no such setting, or an end is not allowed.

    Example:
        >>> MapAxis("learning_rate", 0.001, 10, log=True).values(numpy.array([0.0, 0.5]))
        array([0.001, 0.1  ])
    """

    setting: str
    low: float
    high: float
    log: bool = False
    weight: tuple[int, int, int] | None = None

    def __post_init__(self) -> None:
        checks.one_of("setting", self.setting, MAP_SETTINGS)
        entry = self.entry
        if entry.whole:
            for end in (self.low, self.high):
                checks.whole(self.setting, end, int(entry.least), int(entry.most))
        else:
            for end in (self.low, self.high):
                checks.number(self.setting, end, entry.least, entry.most)
        Between(float(self.low), float(self.high), self.log)
        if (self.setting == "weight") is (self.weight is None):
            allowed = "a layer, a neuron and an input" if self.weight is None else 'None unless the setting is "weight"'
            raise ExperimentError("weight", self.weight, allowed)

    @property
    def entry(self) -> MapSetting:
        """The entry of its setting."""
        return MAP_SETTINGS[self.setting]

    def values(self, shares: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
        """The values at these shares of the axis, which are from 0 to below 1; whole where the setting is.

        Each whole number has an equal part of the axis, on a linear scale.
        """
        low, high = float(self.low), float(self.high)
        whole: Float64[ndarray, " n"]
        if not self.entry.whole:
            return Between(low, high, self.log).at(shares)
        if self.log:
            whole = np.rint(Between(low, high, log=True).at(shares))
        else:
            whole = np.minimum(np.floor(low + (high + 1 - low) * shares), high)
        return whole


class MapPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides on the results of a map.

    Args:
        experiment: what is trained.
        x: the setting that varies from left to right.
        y: the setting that varies from bottom to top.
        epochs: for how long each run trains.
        goal: a run that reaches this training loss ends; None lets all train to the end.
        diagnosed: whether each run is diagnosed, which takes several times as long as a short training.

    Raises:
        ExperimentError: the axes are the same, one of them changes nothing, or the number of epochs is not allowed.
    """

    experiment: Experiment
    x: MapAxis
    y: MapAxis
    epochs: int = 100
    goal: float | None = None
    diagnosed: bool = False

    def __post_init__(self) -> None:
        checks.whole("epochs", self.epochs, 1, MOST_EPOCHS)
        if self.goal is not None:
            checks.number("goal", self.goal, 0)
        if (self.x.setting, self.x.weight) == (self.y.setting, self.y.weight):
            raise ExperimentError("y", self.y.setting, f"another setting than that of x, {self.x.setting}")
        for name, axis in (("x", self.x), ("y", self.y)):
            if reason := axis.entry.refusal(self.experiment):
                raise ExperimentError(name, axis.setting, f"a setting that changes something: {reason}")
            if axis.weight is not None:
                self._check_weight(axis)
        corners = [axis.values(np.array([0.0, 1 - 2.0**-48])).tolist() for axis in (self.x, self.y)]
        for x in corners[0]:
            for y in corners[1]:
                self.experiment.replace(**self.settings(x, y))

    def _check_weight(self, axis: MapAxis) -> None:
        for other in (self.x, self.y):
            if other.setting in CHANGES_SHAPE:
                allowed = "omitted, as the other axis changes the number of neurons"
                raise ExperimentError("weight", axis.weight, allowed)
        self.place_of(axis)

    def place_of(self, axis: MapAxis) -> int:
        """The place of the weight that varies along an axis, among all parameters.

        Raises:
            ExperimentError: there is no such weight.
        """
        layer, neuron, source = axis.weight or (0, 0, 0)
        layout = self.experiment.layout
        layer, neuron = layout.checked(layer, neuron)
        checks.index("input", source, layout.sizes[layer])
        first: int = layout.weight_slice(layer).start
        return first + neuron * layout.sizes[layer] + source

    def settings(self, x: float, y: float) -> dict[str, Any]:
        """What changes in the experiment for these values of the axes; depth comes before width."""
        changed: dict[str, Any] = {}

        def present(name: str) -> Any:
            return changed.get(name, getattr(self.experiment, name))

        for axis, value in sorted(((self.x, x), (self.y, y)), key=lambda pair: pair[0].setting == "width"):
            changed.update(axis.entry.change(present, int(value) if axis.entry.whole else value))
        return changed

    @property
    def stops(self) -> Stops:
        """What ends a run before its last epoch."""
        return Stops() if self.goal is None else Stops(solved=self.goal)

    def run(self, x: float, y: float, epochs: int) -> Run:
        """The run for these values of the axes, trained for so many epochs: it has the bits of the map."""
        run = Run(self.experiment.replace(**self.settings(x, y)))
        for axis, value in ((self.x, x), (self.y, y)):
            if axis.weight is not None:
                layer, neuron, source = axis.weight
                run.set_weight(layer, neuron, source, value)
        return run.train(epochs)
