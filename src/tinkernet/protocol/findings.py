"""The diagnosis as it is sent to the page: findings, their evidence, and what to try."""

import msgspec

from tinkernet.insight.diagnosis.kinds import Tone
from tinkernet.protocol.message import Message, NeuronPlace


class CureFact(Message, frozen=True):
    """A suggested change for a finding: `settings` is the argument of Branch."""

    label: str
    settings: dict[str, msgspec.Raw]


class MeasuredFact(Message, frozen=True):
    """A measured quantity in words."""

    name: str
    """Under which it is among the evidence."""
    label: str
    """What it is called, as “Training loss”."""
    text: str
    """Its value with its unit, as “0.034” or “about 400”."""


class FindingFact(Message, frozen=True):
    """One result of the diagnosis, with its evidence as numbers."""

    kind: str
    alarm: bool
    """Whether it is a problem; otherwise it is a note."""
    tone: Tone
    """How it is displayed."""
    message: str
    reason: str
    confidence: float
    evidence: dict[str, float | None]
    """null is a number that is not finite."""
    measured: list[MeasuredFact]
    """The evidence in words, in the order to show it in."""
    neurons: list[NeuronPlace]
    """The neurons that it is about."""
    cures: list[CureFact]


class DiagnosisFact(Message, frozen=True, tag="diagnosis"):
    """The findings on the run, the most important first; often empty. Sent when it has changed."""

    findings: list[FindingFact]
