"""Writes `pytorch-activations.json`: PyTorch's value and gradient of every activation. Needs PyTorch.

    python tests/reference/pytorch_activations.py

Softplus is asked for with a threshold of 100: beyond its threshold, by default 20, PyTorch returns the sum itself,
which differs from log(1 + e^x) by up to 2 · 10^−9.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

FILE = Path(__file__).with_name("pytorch-activations.json")
SUMS = [
    *(step / 4 for step in range(-120, 121)),
    *(sign * size for size in (1e-300, 1e-9, 1e-3, 0.999, 1.001, 37.5, 100.0, 750.0, 1e5) for sign in (-1, 1)),
]
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": torch.tanh,
    "relu": functional.relu,
    "sigmoid": torch.sigmoid,
    "linear": lambda x: x * 1.0,
    "leaky-relu": functional.leaky_relu,
    "elu": functional.elu,
    "gelu": functional.gelu,
    "swish": functional.silu,
    "softplus": lambda x: functional.softplus(x, threshold=100.0),
    "sine": torch.sin,
    "hard-tanh": functional.hardtanh,
}


def recorded(function: Callable[[Any], Any]) -> dict[str, list[float]]:
    """The function's values and its gradients at SUMS."""
    sums = torch.tensor(SUMS, dtype=torch.float64, requires_grad=True)
    values = function(sums)
    values.sum().backward()
    return {"values": values.tolist(), "gradients": sums.grad.tolist()}


def main() -> None:
    """Write the file."""
    activations = {name: recorded(function) for name, function in FUNCTIONS.items()}
    content = {"torch": torch.__version__, "sums": SUMS, "activations": activations}
    FILE.write_text(json.dumps(content, allow_nan=False).replace("], ", "],\n").replace(": {", ":\n{") + "\n")


if __name__ == "__main__":
    main()
