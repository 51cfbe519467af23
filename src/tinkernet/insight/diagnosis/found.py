"""What a rule returns: a finding whose sentences are made from its kind, its cause and its evidence."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from tinkernet.insight.diagnosis.evidence import EVIDENCE
from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.insight.diagnosis.wording import sentences
from tinkernet.options import FindingKind
from tinkernet.run.finding import Cure, Finding, Measured

Neurons = tuple[tuple[int, int], ...]


def finding(
    kind: FindingKind,
    confidence: float,
    evidence: Mapping[str, float],
    *,
    cause: str = "",
    neurons: Neurons = (),
    cures: tuple[Cure, ...] = (),
) -> Finding:
    """A finding, in words. Evidence that is unknown is given as NaN, where no sentence of the cause needs it."""
    message, reason = sentences(kind, cause, evidence)
    entry = KINDS[kind]
    return Finding(
        kind=kind,
        cause=cause,
        alarm=entry.alarm,
        title=entry.title,
        message=message,
        reason=reason,
        confidence=confidence,
        evidence=MappingProxyType(dict(evidence)),
        measured=in_words(evidence),
        neurons=neurons,
        cures=cures,
    )


def in_words(evidence: Mapping[str, float]) -> tuple[Measured, ...]:
    """The evidence in words; what is unknown or infinite has none."""
    return tuple(
        Measured(name, EVIDENCE[name].label, float(value), EVIDENCE[name].written(value))
        for name, value in evidence.items()
        if math.isfinite(value)
    )
