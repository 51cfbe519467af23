"""Formulas: inputs that the catalog lacks. Previews one while it is typed, and describes those in use to the page."""

from typing import Self

from tinkernet.data.slices import PLANE_SLICE
from tinkernet.formula import FormulaError
from tinkernet.network.features import MOST_FORMULAS
from tinkernet.network.inputs import PLANE_INPUTS
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.catalog import feature_choice, formula_names
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.workspace import Workspace

NOTHING = ((), PLANE_INPUTS, PLANE_SLICE)
MOST_OFFERED = 40
"""So many columns of a person's own data are shown as inputs to be switched on; others are added by their name."""


class Formulas(SessionFeature):
    """Previews a formula, and sends the page those that the displayed run has."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sent: object = NOTHING

    def handlers(self) -> Handlers:
        return {intentions.PreviewFormula: self._preview}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: each page is sent the formulas that it does not have."""

    def page_attached(self) -> None:
        self._sent = NOTHING

    def announce(self) -> None:
        """Send the formulas of the displayed run, if the page has others. Comes before the state that names them."""
        experiment, plane = self._workspace.run.experiment, self._workspace.plane
        inputs = experiment.inputs
        own = () if inputs is PLANE_INPUTS else tuple(inputs.table)[:MOST_OFFERED]
        names = tuple(dict.fromkeys((*own, *(name for name in experiment.features if inputs.is_extra(name)))))
        if (names, inputs, plane) != self._sent:
            self._sent = (names, inputs, plane)
            features = [feature_choice(inputs.feature_of(name), inputs, plane) for name in names]
            self._workspace.post(facts.FormulaFeatures(features=features, names=formula_names(inputs)))

    def _preview(self, message: intentions.PreviewFormula) -> None:
        inputs, plane = self._workspace.run.experiment.inputs, self._workspace.plane
        try:
            name = inputs.feature_name(message.text)
        except FormulaError as error:
            refusal = error.reason[0].upper() + error.reason[1:] + "."
            answer = _refused(message, refusal, error.place.start, error.place.length)
        else:
            refusal = self._refusal(name, message.replaces)
            answer = (
                _refused(message, refusal, 0, len(message.text))
                if refusal
                else facts.FormulaPreview(
                    request=message.request, feature=feature_choice(inputs.feature_of(name), inputs, plane)
                )
            )
        self._workspace.post(answer)

    def _refusal(self, name: str, replaces: str) -> str:
        """Why this feature cannot be added to the inputs, instead of one of them; empty if it can."""
        run, others = self._workspace.run, [*self._workspace.run.experiment.features]
        if replaces in others:
            others.remove(replaces)
        if name in others:
            return sentences.ALREADY_AN_INPUT
        if name in self._workspace.view.hidden_controls:
            return sentences.INPUT_HIDDEN
        inputs = run.experiment.inputs
        if len(inputs.formulas_of((*others, name))) > MOST_FORMULAS:
            return sentences.too_many_formulas(MOST_FORMULAS)
        for points in (run.train_data.scaled, run.test_data.scaled):
            where = inputs.not_finite_at(name, points)
            if where is not None:
                return sentences.not_finite_at(where)
        return ""


def _refused(message: intentions.PreviewFormula, refusal: str, start: int = 0, length: int = 0) -> facts.FormulaPreview:
    return facts.FormulaPreview(request=message.request, feature=None, refusal=refusal, start=start, length=length)
