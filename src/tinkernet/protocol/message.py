"""What all messages share, and the kinds of values in them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=64)]
Index = Annotated[int, Meta(ge=0, le=100_000)]
Epoch = Annotated[int, Meta(ge=0, le=10_000_000_000)]
INPUTS = -1
"""The layer of the inputs, where a message speaks of one."""
Speed = Literal["point", "batch", "epoch", "fast", "max"]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of everything that crosses as text."""


class NeuronPlace(Message, frozen=True):
    """A neuron's place. Layer 0 is the first after the inputs, as everywhere; the inputs in use are layer −1."""

    layer: Annotated[int, Meta(ge=INPUTS, le=100_000)]
    neuron: Index
