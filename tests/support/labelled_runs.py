"""Runs whose state is known (tests/insight/labelled.txt), and what the page says of them."""

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tinkernet import Experiment, Run, engine
from tinkernet.insight.diagnosis import Finding
from tinkernet.insight.diagnosis.diagnose import diagnose
from tinkernet.insight.diagnosis.study import Study

LABELS = Path(__file__).resolve().parent.parent / "insight" / "labelled.txt"


class Labelled(NamedTuple):
    """A run, and what there is to be said of it: nothing (healthy), or one of these kinds."""

    right: frozenset[str]
    epochs: int
    link: str

    def with_seed(self, seed: str) -> "Labelled":
        """The same experiment on other points and from other initial weights."""
        return self._replace(link=re.sub(r"\bseed=[^&]*", f"seed={seed}", self.link))

    def __str__(self) -> str:
        return f"{self.link}@{self.epochs}"


def labelled() -> Iterator[Labelled]:
    """All of them, in the file's order."""
    for line in LABELS.read_text().splitlines():
        if line and not line.startswith("#"):
            right, epochs, link = map(str.strip, line.split("|"))
            yield Labelled(frozenset() if right == "healthy" else frozenset(right.split()), int(epochs), link)


HEALTHY = [case for case in labelled() if not case.right]
SICK = [case for case in labelled() if case.right]


@cache
def judged(case: Labelled) -> tuple[Run, list[Finding]]:
    """The run, and what the page says of it in the end: other starts that were wanted have been trained."""
    engine.wait_until_compiled()
    run, study = Run(Experiment.from_link(case.link)), Study()
    if case.epochs:
        run.train(case.epochs)
    findings = diagnose(run, notes=True, study=study)
    if study.pending:
        study.train(math.inf)
        findings = diagnose(run, notes=True, study=study)
    return run, findings
