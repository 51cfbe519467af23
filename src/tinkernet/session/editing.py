"""Editing: setting a weight or bias, freezing neurons and switching them off."""

import math
from typing import Self

from tinkernet.protocol import intentions
from tinkernet.protocol.message import NeuronPlace
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace, check_neuron


class Editing(SessionFeature):
    """Edits single parameters and neurons of the displayed run."""

    def __init__(self, workspace: Workspace, undo: UndoHistory) -> None:
        self._workspace, self._undo = workspace, undo

    def handlers(self) -> Handlers:
        return {
            intentions.SetWeight: self._set_weight,
            intentions.SetBias: self._set_bias,
            intentions.Freeze: self._freeze,
            intentions.Switch: self._switch,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: edits are part of the run."""

    def _set_weight(self, message: intentions.SetWeight) -> None:
        run = self._workspace.run
        check_neuron(run, message.layer, message.to)
        if message.source >= run.layout.sizes[message.layer]:
            raise IntentionError(sentences.WEIGHT_GONE)
        value = _finite(message.value)
        drag = ("weight", message.layer, message.to, message.source)
        with self._undo.edit(sentences.EDIT_WEIGHT, drag, done=message.done):
            run.set_weight(message.layer, message.to, message.source, value)

    def _set_bias(self, message: intentions.SetBias) -> None:
        run = self._workspace.run
        check_neuron(run, message.layer, message.neuron)
        value = _finite(message.value)
        with self._undo.edit(sentences.EDIT_BIAS, ("bias", message.layer, message.neuron), done=message.done):
            run.set_bias(message.layer, message.neuron, value)

    def _freeze(self, message: intentions.Freeze) -> None:
        run = self._workspace.run
        check_neuron(run, message.layer, message.neuron or 0)
        frozen = run.frozen[message.layer]
        chosen = frozen if message.neuron is None else frozen[message.neuron : message.neuron + 1]
        if (chosen == message.frozen).all():
            return
        what = sentences.place(message.layer, message.neuron)
        with self._undo.edit(sentences.freeze(what, frozen=message.frozen)):
            run.freeze(message.layer, message.neuron, frozen=message.frozen)

    def _switch(self, message: intentions.Switch) -> None:
        run = self._workspace.run
        check_neuron(run, message.layer, message.neuron)
        if message.layer == run.layout.layers - 1:
            raise IntentionError(sentences.OUTPUT_STAYS_ON)
        if run.is_on(message.layer, message.neuron) == message.on:
            return
        what = sentences.place(message.layer, message.neuron)
        with self._undo.edit(sentences.switch(what, on=message.on)):
            run.switch(message.layer, message.neuron, on=message.on)

    # --- What the page is sent -------------------------------------------------

    def frozen(self) -> list[NeuronPlace]:
        """All frozen neurons."""
        return [
            NeuronPlace(layer=layer, neuron=neuron)
            for layer, marks in enumerate(self._workspace.run.frozen)
            for neuron in marks.nonzero()[0].tolist()
        ]

    def off(self) -> list[NeuronPlace]:
        """All switched-off neurons."""
        run = self._workspace.run
        return [
            NeuronPlace(layer=layer, neuron=neuron)
            for layer, size in enumerate(run.layout.sizes[1:-1])
            for neuron in range(size)
            if not run.is_on(layer, neuron)
        ]


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise IntentionError(sentences.NOT_FINITE)
    return float(value)
