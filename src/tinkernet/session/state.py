"""StateReport: sends the page the state, everything that changes rarely, whenever any of it has changed."""

import math

from tinkernet import engine
from tinkernet.protocol.experiment_facts import further_settings, option_facts, output_fact, own_data_fact
from tinkernet.protocol.rate_curve import rate_curve
from tinkernet.protocol.state import State
from tinkernet.session.editing import Editing
from tinkernet.session.formulas import Formulas
from tinkernet.session.pins.feature import Pins
from tinkernet.session.sharing import sharing_fact
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.wording import event_facts
from tinkernet.session.workspace import Workspace


class StateReport:
    """The state that a page has, put together from the features that have its parts."""

    def __init__(
        self,
        workspace: Workspace,
        undo: UndoHistory,
        training: Training,
        pins: Pins,
        editing: Editing,
        formulas: Formulas,
    ) -> None:
        self._workspace, self._undo, self._training = workspace, undo, training
        self._pins, self._editing, self._formulas = pins, editing, formulas
        self._curve_end: float = math.inf
        """The last epoch of the schedule's curve that the page has."""

    def report(self) -> None:
        """Send the state if it has changed, after the formulas that it names."""
        if self._workspace.state_due or self._workspace.present.epoch > self._curve_end:
            self._workspace.state_due = False
            self._formulas.announce()
            self._workspace.post(self._state())

    def _state(self) -> State:
        workspace, training = self._workspace, self._training
        run, present = workspace.run, workspace.present
        undo, redo = self._undo.words
        curve = rate_curve(run.experiment, present.epoch)
        self._curve_end = math.inf if curve is None else curve.epochs[-1]
        return State(
            experiment=run.experiment.setup,
            data=own_data_fact(run.experiment, workspace.plane),
            options=option_facts(run.experiment),
            further=further_settings(run.experiment),
            output=output_fact(run.experiment),
            rate_curve=curve,
            view=workspace.view,
            link=workspace.link,
            sharing=sharing_fact(run.experiment, workspace.view, workspace.link),
            sizes=list(run.layout.sizes),
            run=workspace.run_number,
            playing=workspace.playing,
            speed=training.pace.speed.name,  # type: ignore[arg-type]
            stop_epoch=training.stop_epoch,
            stop_loss=training.stop_loss,
            undo=undo,
            redo=redo,
            events=event_facts(present.events),
            engine="compiled" if engine.compiled_ready() else "reference",
            present=present.epoch,
            in_past=workspace.in_past,
            pins=self._pins.facts(run.experiment),
            training_pins=self._pins.in_step,
            frozen=self._editing.frozen(),
            off=self._editing.off(),
            watched=workspace.source is not None,
        )
