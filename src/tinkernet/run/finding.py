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
    """Something to try: `experiment` is the run's with these `settings` changed; `label` is an instruction."""

    label: str
    experiment: Experiment
    settings: Mapping[str, Any]

    @property
    def new_weights(self) -> bool:
        """Whether it only resets the network: other initial weights, the same settings."""
        return set(self.settings) <= {"start", "initializer"}


@dataclass(frozen=True)
class Measured:
    """A measured quantity: its `name`, its `label` (“Training loss”), its `value`, and `text`, which has its unit."""

    name: str
    label: str
    value: float
    text: str


@dataclass(frozen=True)
class Finding:
    """One result of a diagnosis.

    `kind` is a name in `tinkernet.insight.diagnosis.KINDS`, `cause` which of its cases this is; `alarm` is set where
    something prevents learning, and not for a note on how things are. `title` is a few words, `message` one short
    sentence, `reason` why it is so (may be empty). `confidence` is from 0 to 1. `evidence` holds what was measured, by
    names that `tinkernet.insight.diagnosis.EVIDENCE` explains, and `measured` the same in words, each with its label
    and unit.
    `neurons` are (layer, neuron), where layer 0 is the first after the inputs. `cures` are what to try.
    """

    kind: FindingKind
    cause: str
    alarm: bool
    title: str
    message: str
    reason: str
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    measured: tuple[Measured, ...] = ()
    neurons: tuple[tuple[int, int], ...] = ()
    cures: tuple[Cure, ...] = ()

    def _repr_html_(self) -> str:
        rows: dict[str, object] = {"reason": self.reason} if self.reason else {}
        rows |= {"confidence": f"{self.confidence:.0%}"}
        rows |= {quantity.label: quantity.text for quantity in self.measured}
        if self.cures:
            rows["try"] = "; ".join(cure.label for cure in self.cures)
        return table(self.message, rows)
