"""Apply every rule, and put what they find in order."""

import math

import numpy as np

from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.rules import RULES
from tinkernet.insight.diagnosis.study import Study
from tinkernet.run import Run
from tinkernet.run.finding import Finding


def diagnose(run: Run, *, thorough: bool = False, notes: bool = False, study: Study | None = None) -> list[Finding]:
    """Why the run does not learn, the most important finding first; empty where there is nothing to say.

    Args:
        run: any run, in any state; it is not changed.
        thorough: also train other starts of the same network, and of a larger one, which takes some seconds.
        notes: also say how training goes where nothing is wrong: falling, level, not started, …
        study: what other starts have come to, from earlier diagnoses. Where a rule wants more of them it is `pending`
            afterwards: train it, and diagnose again.
    """
    measured = Measurements(run, thorough=thorough, study=study)
    found = _found(measured)
    if thorough and measured.study.pending:
        measured.study.train(math.inf)
        found = _found(measured)
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    best: dict[str, Finding] = {}
    for finding in sorted(found, key=lambda finding: -finding.confidence):
        if finding.alarm or KINDS[finding.kind].always or notes:
            best.setdefault(finding.kind, finding)
    explained = {name for kind in best for name in KINDS[kind].explains}
    reported = [finding for kind, finding in best.items() if kind not in explained]
    return sorted(reported, key=lambda finding: ranks[finding.kind])


def _found(measured: Measurements) -> list[Finding]:
    with np.errstate(all="ignore"):
        return [finding for finding in (rule(measured) for rule in RULES) if finding is not None]
