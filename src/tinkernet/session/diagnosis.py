"""Diagnosing: what there is to say of the run, found out backstage, and told when it has changed."""

import math
from collections.abc import Iterable
from time import perf_counter

import msgspec

from tinkernet.insight.diagnosis import Finding, diagnose
from tinkernet.run import Run
from tinkernet.protocol import messages
from tinkernet.session.background import Backstage, Listener
from tinkernet.session.inbox import Diagnosed, Page

EVERY = 0.5
"""Seconds between two diagnoses at the least."""
LONG, BACK_OFF = 0.05, 10
"""What takes longer than so many seconds comes again only after so many times as long."""


class Diagnosing:
    """A session's diagnosis: when it is due, and what the page knows of it."""

    def __init__(self) -> None:
        self.wanted = True
        """Whether something has happened since the last one."""
        self._under_way = False
        self._next = 0.0
        self._findings: list[messages.Finding] | None = None
        self._told: list[messages.Finding] | None = None

    def due(self) -> float | None:
        """When to begin with the next one; None where none is wanted, or one is under way."""
        return self._next if self.wanted and not self._under_way else None

    def begin(self, run: Run, run_number: int, backstage: Backstage, listener: Listener) -> None:
        """Find out, backstage, what is to be said of a copy of this run, if that is due."""
        due = self.due()
        if due is None or perf_counter() < due:
            return
        self.wanted, self._under_way = False, True
        twin = run.copy()
        backstage.compute(
            listener, lambda: diagnosed(twin, run_number), Diagnosed(run_number, None, EVERY), asked=False
        )
        self._next = perf_counter() + EVERY

    def end(self, message: Diagnosed, run_number: int) -> None:
        """It is found."""
        self._under_way = False
        if message.seconds > LONG:
            self._next = perf_counter() + max(EVERY, BACK_OFF * message.seconds)
        if message.findings is not None and message.run_number == run_number:
            self._findings = message.findings

    def forget_page(self) -> None:
        """Another page looks: it has been told nothing."""
        self._told = None

    def report(self, page: Page) -> None:
        """Tell what was found, if the page does not know it."""
        if self._findings is not None and self._findings != self._told:
            self._told = self._findings
            page.post(messages.text(messages.Diagnosis(findings=self._findings)))


def diagnosed(run: Run, run_number: int) -> Diagnosed:
    """What there is to say of this run, and how long it took to find out."""
    began = perf_counter()
    findings = on_the_wire(diagnose(run, notes=True))
    return Diagnosed(run_number, findings, perf_counter() - began)


def on_the_wire(findings: Iterable[Finding]) -> list[messages.Finding]:
    """Findings as the page takes them, with places that count from the inputs."""
    return [
        messages.Finding(
            kind=finding.kind,
            alarm=finding.alarm,
            message=finding.message,
            reason=finding.reason,
            confidence=finding.confidence,
            evidence={name: float(value) if math.isfinite(value) else None for name, value in finding.evidence.items()},
            neurons=[messages.NeuronPlace(layer=layer + 1, neuron=neuron) for layer, neuron in finding.neurons],
            cures=[
                messages.Cure(
                    label=cure.label,
                    settings={name: msgspec.Raw(msgspec.json.encode(value)) for name, value in cure.settings.items()},
                )
                for cure in finding.cures
            ],
        )
        for finding in findings
    ]
