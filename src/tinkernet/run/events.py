"""Events: the edits of a run, with everything needed to replay each at the same moment."""

from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.drawing.limits import LONGEST_TEXT
from tinkernet.data.drawing.notation import SEPARATOR, done_in_words
from tinkernet.formatting import figure

KEEPS_WEIGHTS = (
    "problem",
    "dataset",
    "noise",
    "train_percent",
    "seed",
    "drawing",
    "activation",
    "optimizer",
    "schedule",
    "loss",
    "dropout",
    "learning_rate",
    "batch_size",
    "regularization",
    "regularization_rate",
)
"""The settings that can change while the weights are kept."""
DATA_SETTINGS = frozenset({"problem", "dataset", "noise", "train_percent", "seed", "drawing"})
"""The settings among them that change the data."""


class EventBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the edit happened: after this many epochs, and this many training points of the next epoch."""

    epoch: int
    position: int


class Changed(EventBase, tag="changed", frozen=True):
    """Settings were changed while the weights were kept."""

    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def text(self) -> str:
        """For example `learning rate 0.03 → 0.1`."""
        return ", ".join(
            f"{name.replace('_', ' ')} {plain(self.before[name])} → {plain(value)}"
            for name, value in self.after.items()
        )


class Painted(EventBase, tag="painted", frozen=True):
    """The drawing was changed: of its text, the first `kept` characters stayed, and `added` follows them.

    So an event is as short as what was painted since the one before, and not as long as the whole drawing.
    """

    kept: Annotated[int, Meta(ge=0, le=LONGEST_TEXT)]
    added: str

    @classmethod
    def between(cls, before: str, after: str, *, epoch: int, position: int) -> "Painted":
        """The event that leads from one drawing to another."""
        kept = len(before) if after.startswith(before) else _common(before, after)
        return cls(epoch=epoch, position=position, kept=kept, added=after[kept:])

    def applied(self, before: str) -> str:
        """The drawing after this event."""
        return before[: self.kept] + self.added

    def followed_by(self, later: "Painted") -> "Painted":
        """Both events as one, at the moment of this one."""
        if later.kept < self.kept:
            return Painted(epoch=self.epoch, position=self.position, kept=later.kept, added=later.added)
        added = self.added[: later.kept - self.kept] + later.added
        return Painted(epoch=self.epoch, position=self.position, kept=self.kept, added=added)

    @property
    def continues(self) -> bool:
        """Whether it continues a stroke, instead of a new one."""
        return self.kept > 0 and not self.added.startswith(SEPARATOR)

    @property
    def text(self) -> str:
        """For example `sprayed points`."""
        return done_in_words(self.added)


class WeightSet(EventBase, tag="weight", frozen=True):
    """A weight was edited."""

    layer: int
    to: int
    source: int
    value: float

    @property
    def text(self) -> str:
        """As `weight 2 → 1 of layer 1 set to 0.5`; neurons are counted from 1."""
        return f"weight {self.source + 1} → {self.to + 1} of layer {self.layer + 1} set to {figure(self.value, 3)}"


class BiasSet(EventBase, tag="bias", frozen=True):
    """A bias was edited."""

    layer: int
    neuron: int
    value: float

    @property
    def text(self) -> str:
        """As `bias of neuron 1 of layer 1 set to 0.5`; neurons are counted from 1."""
        return f"bias of neuron {self.neuron + 1} of layer {self.layer + 1} set to {figure(self.value, 3)}"


class ParametersSet(EventBase, tag="parameters", frozen=True):
    """All weights and biases were set at once; switched-off neurons were switched on, and removed weights came back."""

    values: bytes
    """The vector of all parameters, as little-endian float64."""

    @classmethod
    def of(cls, parameters: Float64[ndarray, " count"], *, epoch: int, position: int) -> "ParametersSet":
        """The event that sets these parameters."""
        return cls(epoch=epoch, position=position, values=parameters.astype("<f8").tobytes())

    @property
    def parameters(self) -> Float64[ndarray, " count"]:
        """The vector of all parameters."""
        return np.frombuffer(self.values, dtype="<f8").astype(np.float64)

    @property
    def text(self) -> str:
        """`all weights and biases set`."""
        return "all weights and biases set"


class Frozen(EventBase, tag="frozen", frozen=True):
    """A neuron or a whole layer was frozen or unfrozen."""

    layer: int
    neuron: int | None
    frozen: bool

    @property
    def text(self) -> str:
        """For example `layer 1 frozen` or `neuron 2 of layer 1 unfrozen`; numbered from 1."""
        what = (
            f"layer {self.layer + 1}" if self.neuron is None else f"neuron {self.neuron + 1} of layer {self.layer + 1}"
        )
        return f"{what} {'frozen' if self.frozen else 'unfrozen'}"


class Switched(EventBase, tag="switched", frozen=True):
    """A neuron was switched off, so that it has no effect, or on again."""

    layer: int
    neuron: int
    on: bool

    @property
    def text(self) -> str:
        """For example `neuron 2 of layer 1 off`; numbered from 1."""
        return f"neuron {self.neuron + 1} of layer {self.layer + 1} {'on' if self.on else 'off'}"


Event = Changed | Painted | WeightSet | BiasSet | ParametersSet | Frozen | Switched


def resets_position(event: Event) -> bool:
    """Whether this event changed the data, so that the epoch in progress started again."""
    return isinstance(event, Painted) or (isinstance(event, Changed) and not DATA_SETTINGS.isdisjoint(event.after))


def same_place(one: Event, other: Event) -> bool:
    """Whether both set the same parameter at the same moment, as in a drag, so that only the later one counts."""
    if type(one) is not type(other) or isinstance(one, Changed | Painted | Frozen | Switched):
        return False
    names = [name for name in one.__struct_fields__ if name not in {"value", "values"}]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _common(one: str, other: str) -> int:
    """How many characters both texts begin with."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def plain(value: object) -> str:
    """A setting's value as text, for example `0.03` or `4, 2`."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "–"
    return figure(value, 6) if isinstance(value, float) else str(value)
