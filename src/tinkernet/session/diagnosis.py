"""Diagnosis: diagnoses the run in the background, and sends the findings when they have changed."""

import math
from collections.abc import Iterable
from time import perf_counter
from typing import Self

import msgspec

from tinkernet.insight.diagnosis import KINDS, Finding
from tinkernet.protocol import facts
from tinkernet.protocol.message import NeuronPlace
from tinkernet.run import Run
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import Page
from tinkernet.session.workspace import Workspace

LEAST_SECONDS = 0.5
"""The minimum time between two diagnoses."""
LONG_SECONDS, BACK_OFF = 0.05, 10
"""A diagnosis that takes longer than this is repeated only after BACK_OFF times its duration."""


class Diagnosed(msgspec.Struct, frozen=True):
    """The findings on a run; None if the diagnosis failed."""

    run_number: int
    findings: list[facts.FindingFact] | None
    seconds: float


class Diagnoser(SessionFeature):
    """Schedules diagnoses, and keeps the last findings that were sent."""

    def __init__(self, workspace: Workspace, host: Host, notify: Notify) -> None:
        self._workspace, self._host, self._notify = workspace, host, notify
        self._under_way = False
        self._next = -math.inf
        self._findings: list[facts.FindingFact] | None = None
        self._sent: list[facts.FindingFact] | None = None

    def handlers(self) -> Handlers:
        return {Diagnosed: self._done}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the other session runs its own diagnoses."""

    def due(self) -> float | None:
        """When to start the next diagnosis; None if none is wanted, or one is in progress."""
        return self._next if self._workspace.diagnosis_due and not self._under_way else None

    def page_attached(self) -> None:
        self._sent = None

    def report(self, page: Page) -> None:
        """Send the findings if the page does not have them yet, and start the next diagnosis if it is due."""
        if self._findings is not None and self._findings != self._sent:
            self._sent = self._findings
            page.post(facts.text(facts.DiagnosisFact(findings=self._findings)))
        due, now = self.due(), self._workspace.clock()
        if due is not None and due <= now:
            self._begin(now)

    def _begin(self, now: float) -> None:
        workspace = self._workspace
        workspace.diagnosis_due, self._under_way, self._next = False, True, now + LEAST_SECONDS
        twin, number = workspace.run.copy(), workspace.run_number
        self._host.compute(
            lambda: diagnosed(twin, number), Diagnosed(number, None, LEAST_SECONDS), self._notify, asked=False
        )

    def _done(self, message: Diagnosed) -> None:
        self._under_way = False
        if message.seconds > LONG_SECONDS:
            self._next = self._workspace.clock() + max(LEAST_SECONDS, BACK_OFF * message.seconds)
        if message.findings is not None and message.run_number == self._workspace.run_number:
            self._findings = message.findings


def diagnosed(run: Run, run_number: int) -> Diagnosed:
    """The findings on this run, and how long the diagnosis took."""
    from tinkernet.insight.diagnosis.diagnose import diagnose

    began = perf_counter()
    findings = as_facts(diagnose(run, notes=True))
    return Diagnosed(run_number, findings, perf_counter() - began)


def as_facts(findings: Iterable[Finding]) -> list[facts.FindingFact]:
    """Findings as messages for the page."""
    return [
        facts.FindingFact(
            kind=finding.kind,
            alarm=finding.alarm,
            tone=KINDS[finding.kind].tone,
            message=finding.message,
            reason=finding.reason,
            confidence=finding.confidence,
            evidence={name: float(value) if math.isfinite(value) else None for name, value in finding.evidence.items()},
            neurons=[NeuronPlace(layer=layer, neuron=neuron) for layer, neuron in finding.neurons],
            cures=[
                facts.CureFact(
                    label=cure.label,
                    settings={name: msgspec.Raw(msgspec.json.encode(value)) for name, value in cure.settings.items()},
                )
                for cure in finding.cures
            ],
        )
        for finding in findings
    ]
