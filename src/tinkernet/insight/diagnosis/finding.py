"""Finding: one answer to "why does it not learn?", with its evidence and what to try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.kinds import KINDS


@dataclass(frozen=True)
class Cure:
    """Something to try: `experiment` is the run's own with `settings` changed; `label` says it in a few words."""

    label: str
    experiment: Experiment
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """What is the matter. `message` is the verdict with its numbers, `reason` why it is so (may be empty).

    `confidence` is from 0 to 1; `neurons` are (layer, neuron), where layer 0 is the first one after the inputs.
    """

    kind: str
    message: str
    confidence: float
    reason: str = ""
    evidence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    neurons: tuple[tuple[int, int], ...] = ()
    cures: tuple[Cure, ...] = ()

    @property
    def alarm(self) -> bool:
        """Whether something stands in the way, rather than a note on how things are."""
        return KINDS[self.kind].alarm

    @property
    def title(self) -> str:
        """The kind in a few words."""
        return KINDS[self.kind].title
