"""Ask every rule, and put what they find in order."""

import numpy as np

from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.rules import RULES
from tinkernet.run import Run


def diagnose(run: Run, *, thorough: bool = False, notes: bool = False) -> list[Finding]:
    """Why the run does not learn, the most telling finding first; empty where there is nothing to say.

    Args:
        run: any run, in any state; it is left as it is.
        thorough: take some seconds to train many starts of the same network too.
        notes: say how it goes as well, where nothing is wrong: falling, level, not started, …
    """
    measured = Measured(run, thorough=thorough)
    with np.errstate(all="ignore"):
        found = [finding for finding in (rule(measured) for rule in RULES) if finding is not None]
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    best: dict[str, Finding] = {}
    for finding in sorted(found, key=lambda finding: -finding.confidence):
        kind = KINDS[finding.kind]
        if kind.alarm or kind.always or notes:
            best.setdefault(finding.kind, finding)
    explained = {name for kind in best for name in KINDS[kind].explains}
    told = [finding for kind, finding in best.items() if kind not in explained]
    return sorted(told, key=lambda finding: ranks[finding.kind])
