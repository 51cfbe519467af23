"""What can be found: one entry for each kind in KINDS, the most important first.

To add a kind, add an entry, its sentences in wording.py and a rule, and run `make generate`.
"""

from dataclasses import dataclass
from typing import Literal

from tinkernet.options import FindingKind

Tone = Literal["alarm", "done", "down", "flat", "note"]


@dataclass(frozen=True)
class Kind:
    """A kind of finding. An alarm says that something prevents learning; a note only says how things are.

    `always` is set for a note that is reported even where no notes are asked for. What a kind `explains` follows from
    it, and is not reported beside it. `tone` is how a page shows it: done, on the way down, standing still, or neither.
    """

    name: FindingKind
    title: str
    hint: str
    always: bool = False
    explains: tuple[FindingKind, ...] = ()
    tone: Tone = "alarm"

    @property
    def alarm(self) -> bool:
        """Whether something prevents learning; otherwise it is a note."""
        return self.tone == "alarm"


def _note(name: FindingKind, title: str, hint: str, *, always: bool = False, tone: Tone = "note") -> Kind:
    return Kind(name, title, hint, always=always, tone=tone)


COURSE: tuple[FindingKind, ...] = ("unsteady", "falling", "rising", "level")
"""The notes on how the training loss goes."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "regularization-explodes",
            "Regularization that makes weights explode",
            "Where learning rate × regularization rate is over 2, the penalty makes each weight larger at every step.",
        ),
        Kind(
            "diverged",
            "Training diverged",
            "A weight or the loss has overflowed.",
            explains=(
                "symmetric",
                "stuck-output",
                "dead-neurons",
                "saturated",
                "vanishing-gradients",
                "local-minimum",
                "overfitting",
                "idle-regularization",
                *COURSE,
            ),
        ),
        Kind(
            "no-inputs",
            "No inputs",
            "Without a feature every point looks the same to the network.",
            explains=("symmetric", "over-regularized", "dead-neurons", "saturated", "vanishing-gradients", "too-small"),
        ),
        Kind("too-few-points", "Too few points", "There are too few training points to learn from."),
        Kind(
            "class-imbalance",
            "Class imbalance",
            "Most training points belong to one class, or one class has hardly any.",
        ),
        Kind(
            "batch-too-large",
            "Batch too large",
            "With fewer points in an epoch than in a batch, the weights never move.",
            explains=("learning-rate-too-small", "local-minimum", "saturated", "over-regularized", *COURSE),
        ),
        Kind(
            "symmetric",
            "Identical neurons",
            "Neurons with the same weights get the same gradients, and stay identical.",
            explains=("vanishing-gradients",),
        ),
        Kind(
            "over-regularized",
            "Too much regularization",
            "Weights are pulled to 0 more strongly than the data can resist.",
            explains=("vanishing-gradients", "dead-neurons", "local-minimum", "unlucky-start"),
        ),
        Kind(
            "learning-rate-too-large",
            "Learning rate too large",
            "Each step overshoots.",
            explains=("vanishing-gradients", "local-minimum"),
        ),
        Kind(
            "schedule-over",
            "Learning rate lowered by the schedule",
            "The schedule has lowered the learning rate so far that training stands still.",
            explains=(
                "learning-rate-too-small",
                "stuck-output",
                "saturated",
                "vanishing-gradients",
                "unlucky-start",
                "local-minimum",
                *COURSE,
            ),
        ),
        Kind(
            "stuck-output",
            "Output stuck",
            "The output is at the end of its range for nearly all points, where it hardly moves.",
            explains=("vanishing-gradients",),
        ),
        Kind(
            "dead-neurons",
            "Dead neurons",
            "Neurons that output 0 for every point get no gradient, and stop learning.",
            explains=("vanishing-gradients", "local-minimum"),
        ),
        Kind("saturated", "Saturated neurons", "Neurons at the flat end of their activation hardly learn."),
        Kind("learning-rate-too-small", "Learning rate too small", "It learns, but each step is tiny."),
        Kind("vanishing-gradients", "Vanishing gradients", "Hardly any gradient reaches the first layers."),
        Kind(
            "too-small",
            "Network too small",
            "The network, with these features, cannot represent the solution.",
            explains=("local-minimum",),
        ),
        Kind(
            "unlucky-start",
            "Bad initial weights",
            "Other initial weights of the same network do much better.",
            explains=("local-minimum",),
        ),
        Kind("local-minimum", "Local minimum", "Training has stopped improving, though a better solution exists."),
        Kind("overfitting", "Overfitting", "It memorizes the training points, and is worse on all others."),
        _note("solved", "Solved", "Training and test points are predicted correctly.", always=True, tone="done"),
        _note(
            "noise-floor",
            "As good as the noise allows",
            "The rest of the loss is noise: points close together have different labels.",
            tone="done",
        ),
        _note("idle-regularization", "Regularization without effect", "At a rate of 0, a penalty does nothing."),
        _note("not-started", "Not trained", "It has not been trained yet."),
        _note("unsteady", "Unsteady", "The training loss goes up and down from epoch to epoch."),
        _note("falling", "Falling", "The training loss is falling.", tone="down"),
        _note("rising", "Rising", "The training loss is rising."),
        _note("level", "Level", "The training loss has stopped changing.", tone="flat"),
    )
}
