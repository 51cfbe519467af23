"""The report of a check, for the terminal."""

from tinkernet.checker.check import StepReport
from tinkernet.formatting import count

FEW = 0.5
"""Where a solution works from fewer starts than this share, learners who follow it will mostly fail."""


def lines(report: StepReport, starts: int) -> list[str]:
    """What was found about one step."""
    found = [f"{report.number:>3}  {report.step.title}"]
    line = report.step.place.line
    found += [f"     line {line}: {problem}" for problem in report.problems]
    if report.works is not None and not report.problems:
        most = "at most " if report.limited else ""
        reach = f"{report.works.count} of {count(starts)} starts reach this in {most}{count(report.epochs)} epochs"
        found.append(f"     {reach}" + (": say so, or make it easier" if report.works.share < FEW else ""))
    return found
