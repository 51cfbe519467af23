"""Asking, and taking back: what a page wants to know, and what Undo and Redo do."""

from tinkernet.export.python_code import python_code
from tinkernet.insight.neuron import report
from tinkernet.protocol import messages
from tinkernet.session.editing import check_neuron
from tinkernet.session.workspace import Playground


def take_back(ground: Playground, _message: messages.Undo) -> None:
    """Take the newest step back."""
    ground.swap(ground.undo, ground.redo)


def do_again(ground: Playground, _message: messages.Redo) -> None:
    """Do again what was taken back last."""
    ground.swap(ground.redo, ground.undo)


def ask_code(ground: Playground, _message: messages.AskCode) -> None:
    """The Python of the run that is shown."""
    ground.tell(messages.PythonCode(code=python_code(ground.run)))


def ask_neuron(ground: Playground, message: messages.AskNeuron) -> None:
    """What a neuron does, in the run that is shown."""
    check_neuron(ground, message.layer, message.neuron)
    found = report(ground.run, message.layer, message.neuron)
    ground.tell(
        messages.NeuronReport(
            layer=found.layer,
            neuron=found.neuron,
            formula=found.formula,
            short=found.short,
            separates=found.separates,
            loss=found.loss,
            loss_without=found.loss_without,
        )
    )
