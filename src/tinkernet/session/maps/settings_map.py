"""A map of two settings: every cell is a run of the experiment, which can be opened."""

import math
from collections.abc import Callable
from typing import Self

import msgspec

from tinkernet.experiment import Experiment
from tinkernet.maps import Cells, MapAxis, MapPlan, Tile, compute
from tinkernet.maps.tiles import finding_of, values_at
from tinkernet.protocol import frames
from tinkernet.protocol.maps import AskMapCell, MapAxisFact, MapFact, MapWeight, OpenMap, OpenMapCell
from tinkernet.protocol.setting_words import experiment_in_words
from tinkernet.run import Run
from tinkernet.session.workspace import Workspace


class CellRun(msgspec.Struct, frozen=True):
    """The run in a cell, after its last epoch; with the values of both axes and the number of a finding."""

    values: tuple[float, float]
    run: Run
    finding: int = 0


class SettingsMap(msgspec.Struct, frozen=True):
    """The subject of a map of two settings."""

    plan: MapPlan

    @classmethod
    def asked(cls, message: OpenMap, experiment: Experiment) -> Self:
        """The map of this experiment that a page asks for.

        Raises:
            ExperimentError: there is no such map.
        """
        x, y = _axis(message.x), _axis(message.y)
        return cls(MapPlan(experiment, x, y, message.epochs, message.goal, message.diagnosed))

    def compute(self, tile: Tile, parent: Cells | None) -> Cells:
        return compute(self.plan, tile, parent)

    def tile_frame(self, number: int, tile: Tile, found: Cells) -> bytes:
        return frames.MapTile(
            map=number,
            level=tile.level,
            column=float(tile.column),
            row=float(tile.row),
            train_losses=found.train_loss,
            test_losses=found.test_loss,
            train_accuracies=found.train_accuracy,
            test_accuracies=found.test_accuracy,
            epochs=found.epochs,
            reasons=found.reasons,
            findings=found.findings,
        ).pack()

    def look_closer(self, message: AskMapCell | OpenMapCell) -> Callable[[], CellRun]:
        values = values_at(self.plan, message.level, message.column, message.row)
        epochs = min(message.epochs, self.plan.epochs)

        def trained() -> CellRun:
            run = self.plan.run(*values, epochs)
            return CellRun(values, run, finding_of(run) if self.plan.diagnosed else 0)

        return trained

    def cell_frame(self, message: AskMapCell, found: CellRun, workspace: Workspace) -> bytes:
        run = found.run
        plane = workspace.plane_of(run.experiment)
        outputs = run.output_fields(message.cells, plane=plane)
        drawn, winners = run.experiment.head.drawn(outputs)
        (picture,), _ = frames.quantize(drawn[None], (1.0,))
        return frames.MapCell(
            request=message.request,
            classes=0 if winners is None else len(outputs),
            x=found.values[0],
            y=found.values[1],
            epochs=float(run.epoch),
            train_loss=run.train_loss,
            test_loss=run.test_loss,
            train_accuracy=_number(run.train_accuracy),
            test_accuracy=_number(run.test_accuracy),
            finding=found.finding,
            picture=picture,
            winners=frames.winners_of(winners),
        ).pack()

    def fact(self) -> MapFact:
        return MapFact(
            number=0,
            label=experiment_in_words(self.plan.experiment),
            x=_axis_fact(self.plan.x),
            y=_axis_fact(self.plan.y),
            epochs=self.plan.epochs,
            goal=self.plan.goal,
            diagnosed=self.plan.diagnosed,
            judged=self.plan.experiment.problem == "classification",
        )


def _axis(given: MapAxisFact) -> MapAxis:
    weight = None if given.weight is None else (given.weight.layer, given.weight.to, given.weight.source)
    return MapAxis(given.setting, given.low, given.high, given.log, weight)


def _axis_fact(axis: MapAxis) -> MapAxisFact:
    weight = None if axis.weight is None else MapWeight(layer=axis.weight[0], to=axis.weight[1], source=axis.weight[2])
    return MapAxisFact(setting=axis.setting, low=axis.low, high=axis.high, log=axis.log, weight=weight)


def _number(value: float | None) -> float:
    return math.nan if value is None else value
