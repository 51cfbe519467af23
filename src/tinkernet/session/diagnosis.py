"""Diagnosis: diagnoses the run in the background, and sends the findings when they have changed."""

import math
from collections.abc import Iterable
from time import perf_counter
from typing import Self

import msgspec

from tinkernet.insight.diagnosis import KINDS, Finding
from tinkernet.insight.diagnosis.study import Study
from tinkernet.protocol import facts
from tinkernet.protocol.findings import CureFact, DiagnosisFact, FindingFact, MeasuredFact
from tinkernet.protocol.message import NeuronPlace
from tinkernet.run import Run
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import Page
from tinkernet.session.workspace import Workspace

LEAST_SECONDS = 0.5
"""Between two diagnoses."""
STUDY_SECONDS = 0.04
"""About how long other starts are trained after a diagnosis that wants to know of them."""
LONG_SECONDS, BACK_OFF = 0.05, 10
"""A diagnosis that takes longer than this is repeated only after BACK_OFF times its duration."""


class Diagnosed(msgspec.Struct, frozen=True):
    """The findings on a run; None if the diagnosis failed."""

    run_number: int
    findings: list[FindingFact] | None
    seconds: float
    more: bool = False
    """Whether another diagnosis will know more, though nothing happens until then."""


class Diagnoser(SessionFeature):
    """Schedules diagnoses, and keeps the last findings that were sent."""

    def __init__(self, workspace: Workspace, host: Host, notify: Notify) -> None:
        self._workspace, self._host, self._notify = workspace, host, notify
        self._under_way = False
        self._study = Study()
        """What other starts have come to; with one diagnosis at a time, in one thread at a time."""
        self._next = -math.inf
        self._subject = workspace.run
        """The run that is diagnosed, or was last: another one that is shown, as a moment of the past, is not it."""
        self._findings: list[FindingFact] | None = None
        self._sent: list[FindingFact] | None = None

    def handlers(self) -> Handlers:
        return {Diagnosed: self._done}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the other session runs its own diagnoses."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what was found last."""
        return frozenset(finding.kind for finding in self._findings or ())

    def due(self) -> float | None:
        """When to start the next diagnosis; None if none is wanted, or one is in progress."""
        wanted = self._workspace.diagnosis_due and self._workspace.diagnosed
        return self._next if wanted and not self._under_way else None

    def page_attached(self) -> None:
        self._sent = None

    def report(self, page: Page) -> None:
        """Send what was found, if the page does not know it, and begin with the next diagnosis, if that is due."""
        if self._findings and self._subject is not self._workspace.run:
            self._findings = []
        if self._findings is not None and self._findings != self._sent:
            self._sent = self._findings
            page.post(facts.text(DiagnosisFact(findings=self._findings)))
        due, now = self.due(), self._workspace.clock()
        if due is not None and due <= now:
            self._begin(now)

    def _begin(self, now: float) -> None:
        workspace = self._workspace
        workspace.diagnosis_due, self._under_way, self._next = False, True, now + LEAST_SECONDS
        self._subject = workspace.run
        twin, number, study = workspace.run.copy(), workspace.run_number, self._study
        self._host.compute(
            lambda: diagnosed(twin, number, study), Diagnosed(number, None, LEAST_SECONDS), self._notify, asked=False
        )

    def _done(self, message: Diagnosed) -> None:
        self._under_way = False
        if message.seconds > LONG_SECONDS:
            self._next = self._workspace.clock() + max(LEAST_SECONDS, BACK_OFF * message.seconds)
        if message.more:
            self._workspace.diagnosis_due = True
        same = message.run_number == self._workspace.run_number and self._subject is self._workspace.run
        if message.findings is not None and same:
            self._findings = message.findings


def diagnosed(run: Run, run_number: int, study: Study) -> Diagnosed:
    """What there is to say of this run, and how long it took to find out; also takes the study on, if it is pending."""
    from tinkernet.insight.diagnosis.diagnose import diagnose

    began = perf_counter()
    findings = as_facts(diagnose(run, notes=True, study=study))
    seconds, more = perf_counter() - began, study.pending
    study.train(STUDY_SECONDS)
    return Diagnosed(run_number, findings, seconds, more)


def as_facts(findings: Iterable[Finding]) -> list[FindingFact]:
    """Findings as messages for the page."""
    return [
        FindingFact(
            kind=finding.kind,
            alarm=finding.alarm,
            tone=KINDS[finding.kind].tone,
            message=finding.message,
            reason=finding.reason,
            confidence=finding.confidence,
            evidence={name: float(value) if math.isfinite(value) else None for name, value in finding.evidence.items()},
            measured=[
                MeasuredFact(name=quantity.name, label=quantity.label, text=quantity.text)
                for quantity in finding.measured
            ],
            neurons=[NeuronPlace(layer=layer, neuron=neuron) for layer, neuron in finding.neurons],
            cures=[
                CureFact(
                    label=cure.label,
                    settings={name: msgspec.Raw(msgspec.json.encode(value)) for name, value in cure.settings.items()},
                )
                for cure in finding.cures
            ],
        )
        for finding in findings
    ]
