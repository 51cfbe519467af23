"""Finding: one result of a diagnosis, with its evidence and cures to try. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tinkernet.experiment import Experiment
from tinkernet.html import table
from tinkernet.options import FindingKind


@dataclass(frozen=True)
class Cure:
    """Something to try: `experiment` is the run's with `settings` changed; `label` is an instruction."""

    label: str
    experiment: Experiment
    settings: Mapping[str, Any]

    @property
    def new_weights(self) -> bool:
        """Whether it only resets the network: other initial weights, the same settings."""
        return set(self.settings) <= {"start", "initializer"}


@dataclass(frozen=True)
class Finding:
    """One result of a diagnosis.

    `kind` is a name in `tinkernet.insight.diagnosis.KINDS`, `cause` one of its cases. `alarm` is true for a problem
    that prevents learning, and false for a note on progress. `message` is one short sentence; `reason` explains it (may
    be empty). `confidence` is from 0 to 1. `evidence` has the measured values; names and units are in
    `tinkernet.insight.diagnosis.EVIDENCE`. `neurons` are (layer, neuron), where layer 0 is the first after the inputs.
    """

    kind: FindingKind
    cause: str
    alarm: bool
    title: str
    message: str
    reason: str
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    neurons: tuple[tuple[int, int], ...] = ()
    cures: tuple[Cure, ...] = ()

    def _repr_html_(self) -> str:
        rows: dict[str, object] = {"reason": self.reason} if self.reason else {}
        rows |= {"confidence": f"{self.confidence:.0%}"}
        rows |= {name.replace("_", " "): f"{value:.4g}" for name, value in self.evidence.items()}
        if self.cures:
            rows["try"] = "; ".join(cure.label for cure in self.cures)
        return table(self.message, rows)
