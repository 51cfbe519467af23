"""How a lesson names a neuron, a weight or a bias, everywhere the same. All of it counts from 1."""

NEURON = r"neuron (\d{1,4}) of layer (\d{1,3})"
WEIGHT = r"weight (\d{1,4}) *(?:->|→) *(\d{1,4}) of layer (\d{1,3})"
BIAS = rf"bias of {NEURON}"
