"""Training speeds on the page: one entry each in SPEEDS."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["point", "batch", "epoch"]


@dataclass(frozen=True, slots=True)
class Speed:
    """`per_second` is the number of training units per second; None is unlimited."""

    name: str
    label: str
    hint: str
    unit: Unit
    per_second: float | None


SPEEDS = {
    entry.name: entry
    for entry in (
        Speed(
            "point",
            "Point by point",
            "One training point at a time, slowly enough to watch.",
            "point",
            4.0,
        ),
        Speed("batch", "Batch by batch", "One weight update at a time, slowly enough to watch.", "batch", 4.0),
        Speed("epoch", "Normal", "60 epochs a second: one for each frame, as in the original.", "epoch", 60.0),
        Speed("fast", "Fast", "480 epochs a second.", "epoch", 480.0),
        Speed("max", "Full speed", "As many epochs as this machine can, still drawing every frame.", "epoch", None),
    )
}
NORMAL = SPEEDS["epoch"]
"""The speed that a page begins with."""
