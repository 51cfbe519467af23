"""By hand: one weight or bias set, a neuron frozen or switched off."""

import math

from tinkernet.protocol import messages
from tinkernet.session.inbox import CannotError
from tinkernet.session.workspace import Playground


def set_weight(ground: Playground, message: messages.SetWeight) -> None:
    """One weight."""
    sizes = ground.run.layout.sizes
    if message.layer >= len(sizes) - 1:
        raise CannotError("There is no such layer any more.")
    if message.to >= sizes[message.layer + 1] or message.source >= sizes[message.layer]:
        raise CannotError("There is no such weight any more.")
    value = _finite(message.value)
    key = ("weight", message.layer, message.to, message.source)
    ground.remember("Weight by hand", key)
    ground.run.set_weight(message.layer, message.to, message.source, value)
    ground.dragged = None if message.done else key
    ground.seen()


def set_bias(ground: Playground, message: messages.SetBias) -> None:
    """One bias."""
    check_neuron(ground, message.layer, message.neuron)
    value = _finite(message.value)
    key = ("bias", message.layer, message.neuron)
    ground.remember("Bias by hand", key)
    ground.run.set_bias(message.layer, message.neuron, value)
    ground.dragged = None if message.done else key
    ground.seen()


def freeze(ground: Playground, message: messages.Freeze) -> None:
    """Hold a neuron's weights, or a layer's, or let them go."""
    check_neuron(ground, message.layer, message.neuron or 0)
    frozen = ground.run.frozen[message.layer]
    chosen = frozen if message.neuron is None else frozen[message.neuron : message.neuron + 1]
    if (chosen == message.frozen).all():
        return
    what = _what(message.layer, message.neuron)
    ground.remember(f"Freeze {what}" if message.frozen else f"Let {what} go")
    ground.run.freeze(message.layer, message.neuron, frozen=message.frozen)
    ground.seen()


def switch(ground: Playground, message: messages.Switch) -> None:
    """Switch a neuron off, or on again."""
    check_neuron(ground, message.layer, message.neuron)
    if message.layer == ground.run.layout.layers - 1:
        raise CannotError("The output cannot be switched off: there would be nothing left.")
    if ground.run.is_on(message.layer, message.neuron) == message.on:
        return
    ground.remember(f"Switch {_what(message.layer, message.neuron)} {'on' if message.on else 'off'}")
    ground.run.switch(message.layer, message.neuron, on=message.on)
    ground.seen()


def frozen_places(ground: Playground) -> list[messages.NeuronPlace]:
    """All neurons that are held, in places as the page counts them."""
    return [
        messages.NeuronPlace(layer=layer + 1, neuron=neuron)
        for layer, marks in enumerate(ground.run.frozen)
        for neuron in marks.nonzero()[0].tolist()
    ]


def places_off(ground: Playground) -> list[messages.NeuronPlace]:
    """All neurons that are switched off, in places as the page counts them."""
    run = ground.run
    return [
        messages.NeuronPlace(layer=layer + 1, neuron=neuron)
        for layer, size in enumerate(run.layout.sizes[1:-1])
        for neuron in range(size)
        if not run.is_on(layer, neuron)
    ]


def check_neuron(ground: Playground, layer: int, neuron: int) -> None:
    """That there is such a neuron; layer 0 is the first after the inputs."""
    sizes = ground.run.layout.sizes
    if layer >= len(sizes) - 1 or neuron >= sizes[layer + 1]:
        raise CannotError("There is no such neuron any more.")


def _what(layer: int, neuron: int | None) -> str:
    """A neuron or a layer in words, counted from 1 as everywhere."""
    return f"layer {layer + 1}" if neuron is None else f"neuron {neuron + 1} of layer {layer + 1}"


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise CannotError("A weight must be a finite number.")
    return float(value)
