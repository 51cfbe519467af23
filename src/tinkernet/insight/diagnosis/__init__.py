"""Diagnosis: why does it not learn? Rules over measured quantities, each finding with its evidence and cures.

`run.diagnosis()` applies them all. KINDS is the table of what can be found, EVIDENCE that of the measured quantities.
The rules themselves are loaded with the first diagnosis.
"""

from tinkernet.insight.diagnosis.evidence import EVIDENCE
from tinkernet.insight.diagnosis.kinds import KINDS, Kind
from tinkernet.run.finding import Cure, Finding

__all__ = ["EVIDENCE", "KINDS", "Cure", "Finding", "Kind"]
