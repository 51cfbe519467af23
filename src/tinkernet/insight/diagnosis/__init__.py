"""Diagnosis: why does it not learn? Rules over measured quantities, each finding with its evidence and cures.

`diagnose(run)` asks them all; `run.diagnosis()` is the same. KINDS is the table of what can be found.
"""

from tinkernet.insight.diagnosis.diagnose import diagnose
from tinkernet.insight.diagnosis.finding import Cure, Finding
from tinkernet.insight.diagnosis.kinds import KINDS, Kind
from tinkernet.insight.diagnosis.measured import Measured

__all__ = ["KINDS", "Cure", "Finding", "Kind", "Measured", "diagnose"]
