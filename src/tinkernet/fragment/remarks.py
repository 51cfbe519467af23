"""Remarks: what was ignored or replaced when a link was parsed, as data, and in one sentence each."""

from dataclasses import dataclass
from typing import Literal

LONGEST_SHOWN = 40
LONGEST_REASON = 120

Kind = Literal[
    "unknown-name", "unknown-control", "unknown-value", "unreadable", "no-formula", "no-points", "not-allowed"
]


@dataclass(frozen=True)
class Remark:
    """A setting of a link that was ignored or replaced by its default."""

    kind: Kind
    name: str
    value: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(
            name=self.name[:LONGEST_SHOWN], value=self.value[:LONGEST_SHOWN], reason=self.reason[:LONGEST_REASON]
        )


SENTENCES: dict[Kind, str] = {
    "unknown-name": "Ignored unknown setting “{name}”.",
    "unknown-control": "Ignored “{name}_hide”: unknown control.",
    "unknown-value": "Ignored unknown value “{value}” for {name}; using the default.",
    "unreadable": "Cannot read “{value}” as {name}; using the default.",
    "no-formula": "Ignored the formula “{value}”: {reason}.",
    "no-points": "Cannot read the points in the link: they must be {reason}. Using built-in data.",
    "not-allowed": "{name} cannot be “{value}”; using the default.",
}
