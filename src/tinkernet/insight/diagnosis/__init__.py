"""Diagnosis: why does it not learn? Rules over measured quantities, each finding with its evidence and cures.

`diagnose(run)` applies them all; `run.diagnosis()` is the same. KINDS is the table of what can be found, EVIDENCE that
of the measured quantities.
"""

from tinkernet.insight.diagnosis.diagnose import diagnose
from tinkernet.insight.diagnosis.evidence import EVIDENCE
from tinkernet.insight.diagnosis.kinds import KINDS, Kind
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.run.finding import Cure, Finding

__all__ = ["EVIDENCE", "KINDS", "Cure", "Finding", "Kind", "Measurements", "diagnose"]
