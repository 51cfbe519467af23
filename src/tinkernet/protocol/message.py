"""The base class of messages, and common field types."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tinkernet.fragment import MOST_TEXT

Text = Annotated[str, Meta(max_length=20_000)]
LinkText = Annotated[str, Meta(max_length=MOST_TEXT)]
"""A link, perhaps with points in it."""
Name = Annotated[str, Meta(max_length=64)]
Index = Annotated[int, Meta(ge=0, le=100_000)]
Epoch = Annotated[int, Meta(ge=0, le=10_000_000_000)]
INPUTS = -1
"""The layer number of the inputs in messages."""
Speed = Literal["point", "batch", "epoch", "fast", "max"]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base class of all JSON messages."""


class NeuronPlace(Message, frozen=True):
    """The place of a neuron. Layer 0 is the first after the inputs; the inputs are layer −1."""

    layer: Annotated[int, Meta(ge=INPUTS, le=100_000)]
    neuron: Index
