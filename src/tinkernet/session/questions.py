"""Questions: requests that are answered immediately and change nothing."""

from typing import Self

from tinkernet.export.points import points_csv
from tinkernet.export.python_code import python_code
from tinkernet.insight.neuron import report
from tinkernet.protocol import facts, intentions
from tinkernet.session.exporting import exported
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.workspace import Workspace, check_neuron


class Questions(SessionFeature):
    """Answers requests for Python code, for exports, for points as CSV and for neuron reports of the displayed run."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def handlers(self) -> Handlers:
        return {
            intentions.AskCode: self._code,
            intentions.AskPoints: self._points,
            intentions.AskExport: self._export,
            intentions.AskNeuron: self._neuron,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy."""

    def _code(self, _message: intentions.AskCode) -> None:
        self._workspace.post(facts.PythonCode(code=python_code(self._workspace.run)))

    def _export(self, message: intentions.AskExport) -> None:
        self._workspace.post(exported(self._workspace.run, message.target, training=message.training))

    def _points(self, _message: intentions.AskPoints) -> None:
        self._workspace.post(facts.PointsText(csv=points_csv(self._workspace.run)))

    def _neuron(self, message: intentions.AskNeuron) -> None:
        run = self._workspace.run
        check_neuron(run, message.layer, message.neuron)
        found = report(run, message.layer, message.neuron)
        self._workspace.post(
            facts.NeuronFact(
                layer=found.layer,
                neuron=found.neuron,
                separates=found.separates,
                separates_class=found.separates_class,
                loss=found.loss,
                loss_without=found.loss_without,
            )
        )
