"""Remarks: what was ignored or replaced when a link was parsed, as data, and in one sentence each."""

from dataclasses import dataclass
from typing import Literal

LONGEST_SHOWN = 40
LONGEST_REASON = 120


@dataclass(frozen=True)
class Remark:
    """A setting of a link that was ignored or replaced by its default."""

    kind: Literal["unknown-name", "unknown-control", "unknown-value", "unreadable", "no-formula", "not-allowed"]
    name: str
    value: str = ""
    reason: str = ""

    def __str__(self) -> str:
        name, value = self.name[:LONGEST_SHOWN], self.value[:LONGEST_SHOWN]
        match self.kind:
            case "unknown-name":
                return f"Ignored unknown setting “{name}”."
            case "unknown-control":
                return f"Ignored “{name}_hide”: unknown control."
            case "unknown-value":
                return f"Ignored unknown value “{value}” for {name}; using the default."
            case "unreadable":
                return f"Cannot read “{value}” as {name}; using the default."
            case "no-formula":
                return f"Ignored the formula “{value}”: {self.reason[:LONGEST_REASON]}."
            case _:
                return f"{name} cannot be “{value}”; using the default."
