"""Formulas: inputs by formula. Previews one while it is typed, and describes those in use to the page."""

from typing import Self

from tinkernet.formula import FormulaError
from tinkernet.network.features import MOST_FORMULAS, feature_name, feature_of, formulas_of, not_finite_at
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.catalog import feature_choice
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.workspace import Workspace


class Formulas(SessionFeature):
    """Previews a formula, and sends the page those that the displayed run has."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sent: tuple[str, ...] = ()

    def handlers(self) -> Handlers:
        return {intentions.PreviewFormula: self._preview}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: each page is sent the formulas that it does not have."""

    def page_attached(self) -> None:
        self._sent = ()

    def announce(self) -> None:
        """Send the formulas of the displayed run, if the page has others. Comes before the state that names them."""
        names = formulas_of(self._workspace.run.experiment.features)
        if names != self._sent:
            self._sent = names
            features = [feature_choice(feature_of(name)) for name in names]
            self._workspace.post(facts.FormulaFeatures(features=features))

    def _preview(self, message: intentions.PreviewFormula) -> None:
        try:
            name = feature_name(message.text)
        except FormulaError as error:
            refusal = error.reason[0].upper() + error.reason[1:] + "."
            answer = _refused(message, refusal, error.place.start, error.place.length)
        else:
            refusal = self._refusal(name, message.replaces)
            answer = (
                _refused(message, refusal, 0, len(message.text))
                if refusal
                else facts.FormulaPreview(request=message.request, feature=feature_choice(feature_of(name)))
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
        if len(formulas_of((*others, name))) > MOST_FORMULAS:
            return sentences.too_many_formulas(MOST_FORMULAS)
        for points in (run.train_data.points, run.test_data.points):
            where = not_finite_at(name, points)
            if where is not None:
                return sentences.not_finite_at(where)
        return ""


def _refused(message: intentions.PreviewFormula, refusal: str, start: int = 0, length: int = 0) -> facts.FormulaPreview:
    return facts.FormulaPreview(request=message.request, feature=None, refusal=refusal, start=start, length=length)
