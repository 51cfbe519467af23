"""Problem types: one entry each in PROBLEMS. How a network answers each of them is in `heads.py`."""

from dataclasses import dataclass

from tinkernet.options import ProblemName

CLASSIFICATION: ProblemName = "classification"
REGRESSION: ProblemName = "regression"


@dataclass(frozen=True)
class Problem:
    """A problem type."""

    name: ProblemName
    label: str
    hint: str


PROBLEMS: dict[str, Problem] = {
    entry.name: entry
    for entry in (
        Problem(CLASSIFICATION, "Classification", "Separate classes of points."),
        Problem(REGRESSION, "Regression", "Predict a number for every position."),
    )
}
"""All problems; the first is the default."""
