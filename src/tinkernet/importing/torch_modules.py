"""Stacks of dense layers in PyTorch modules.

The order of the layers is found with `torch.fx`, which traces `forward` once without data. Hooks on layers would find
layers only: `torch.relu(self.hidden(x))`, `x.tanh()` and skip connections are calls of functions, which no hook sees.
The network is then compared with the module at some points, so that whatever tracing cannot see is an error.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.importing.activations import check_parameter, checked_activation, is_activation
from tinkernet.importing.data import Given
from tinkernet.importing.making import check, run_of
from tinkernet.importing.stack import Stack, StackBuilder
from tinkernet.network.activations import ELU, HARD_TANH, LEAKY_RELU, SOFTPLUS, Activation
from tinkernet.run import Run

USUAL: dict[str, Any] = {
    "negative_slope": 0.01,
    "alpha": 1.0,
    "beta": 1,
    "threshold": 20,
    "approximate": str(None).lower(),
    "min_val": -1.0,
    "max_val": 1.0,
}
"""The parameters of activations, with the values that tinkernet's activations have: PyTorch's defaults."""
COMPILED = "_orig_mod"
"""Where `torch.compile` keeps the module that it was given."""
HALF_TOLERANCE = 16
"""How much the outputs of numbers in half precision may differ, in steps of their precision."""
IGNORED = {"inplace", "dim", "_stacklevel", "dtype", "training"}
RESHAPING = {"squeeze", "flatten", "view", "reshape", "contiguous", "float", "double", "to", "unflatten"}
"""What changes neither the numbers nor, where the outputs stay as many, their meaning."""
POSITIONAL = {
    LEAKY_RELU.name: ("negative_slope",),
    ELU.name: ("alpha",),
    SOFTPLUS.name: ("beta", "threshold"),
    HARD_TANH.name: ("min_val", "max_val"),
}
"""The parameters of functions, in order."""


def from_torch(module: Any, data: Given = None, **settings: Any) -> Run:
    """A run at epoch 0 with the network of a PyTorch module: a stack of dense layers with supported activations.

    The layers may be in an `nn.Sequential`, or in attributes that `forward` calls, as modules or functions. Dropout
    does nothing to predictions, and becomes the dropout of the run. The weights are copied: the module stays as it is.

    Args:
        module: the module.
        data: a Dataset, (points, labels) as arrays or tensors, a DataLoader of a TensorDataset, or the name of a
            built-in data set; by default, for two inputs, the first built-in one with as many classes.
        settings: other settings of the experiment, such as `learning_rate=0.1` or `loss="hinge"`.

    Raises:
        ExperimentError: a layer cannot be shown, with its name and the reason, or the data does not fit.
        MissingExtraError: PyTorch is not installed.

    Example:
        >>> import torch
        >>> module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
        >>> from_torch(module, "circle").layout.sizes
        (2, 3, 1)
    """
    return run_of(stack_of(module), data, settings)


def stack_of(module: Any) -> Stack:
    """The stack of dense layers in a module, checked against the module.

    Raises:
        ExperimentError: it is something else; the message names the layer and the reason.
    """
    torch = extra("torch", "torch")
    if not isinstance(module, torch.nn.Module):
        raise ExperimentError("module", type(module).__name__, "a torch.nn.Module")
    module = uncompiled(module)
    _check_values(torch, module)
    with _evaluating(torch, module):
        stack = _traced(torch, module)
        first = next(module.parameters())

        def outputs(points: ndarray) -> ndarray:
            answers = module(torch.as_tensor(points, dtype=first.dtype, device=first.device))
            return _array(answers)

        return check(stack, type(module).__name__, outputs, HALF_TOLERANCE * torch.finfo(first.dtype).eps)


def _check_values(torch: Any, module: Any) -> None:
    """That all parameters have values: lazy layers have none before their first use, nor has the device "meta"."""
    for name, parameter in module.named_parameters():
        if parameter.is_meta or torch.nn.parameter.is_lazy(parameter):
            needs = "with values: call the module once, or move it to a device"
            raise ExperimentError(f"the parameter {name}", "without values", needs)


def uncompiled(module: Any) -> Any:
    """The module that `torch.compile` was given, for one that it made; any other module itself."""
    return getattr(module, COMPILED, module)


@contextlib.contextmanager
def _evaluating(torch: Any, module: Any) -> Iterator[None]:
    """The module as it predicts, without gradients; afterwards each part is as it was."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for part, training in modes:
            part.training = training


def _traced(torch: Any, module: Any) -> Stack:
    if not any(True for _ in module.children()):
        # A single layer, which is one step of the trace only inside another module.
        module = torch.nn.Sequential(module)
    graph = _graph(torch, module)
    parts, builder = dict(module.named_modules()), StackBuilder("module")
    flowing: Any = None
    """The step whose result is what flows through the network; anything else is no stack."""
    for node in graph.nodes:
        if node.op == "placeholder":
            if flowing is not None and node.users:
                raise ExperimentError("module", f"called with a second input {node.name}", "a stack with one input")
            flowing = flowing or node
        elif node.op == "output":
            if node.args[0] is not flowing:
                raise ExperimentError("the result of the module", str(node.args[0]), "that of its last layer alone")
        else:
            name, kind, part = _step(node, parts)
            if list(node.all_input_nodes) != [flowing]:
                sources = ", ".join(map(str, node.all_input_nodes))
                raise ExperimentError(f"layer {name}", f"{kind} of {sources}", "of the layer before it alone")
            _add(torch, builder, name, kind, node, part)
            flowing = node
    return builder.stack()


def _step(node: Any, parts: dict[str, Any]) -> tuple[str, str, Any]:
    """What a step of the trace is called, what it is, and its module, if it is one."""
    match node.op:
        case "call_module":
            part = parts[node.target]
            return str(node.target), type(part).__name__, part
        case "call_method":
            return node.name, str(node.target), None
        case "call_function":
            return node.name, getattr(node.target, "__name__", str(node.target)), None
    raise ExperimentError(f"layer {node.name}", f"the value {node.target}", "a dense layer or an activation")


def _graph(torch: Any, module: Any) -> Any:
    if isinstance(module, torch.jit.ScriptModule):
        raise ExperimentError("module", "a ScriptModule", "the module that it was made of")
    try:
        return torch.fx.symbolic_trace(module).graph
    except Exception as error:  # tracing runs the person's code, which may raise anything
        reason = " ".join(str(error).split())[:120]
        raise ExperimentError(
            "module", type(module).__name__, f"a stack of layers; this cannot be traced ({reason})"
        ) from error


def _add(torch: Any, builder: StackBuilder, name: str, kind: str, node: Any, part: Any) -> None:
    """Add one step of the trace."""
    plain = kind.replace("_", "").lower()
    if part is not None and isinstance(part, torch.nn.Linear):
        biases = None if part.bias is None else _array(part.bias)
        builder.dense(name, _array(part.weight), biases)
    elif plain in ("dropout", "alphadropout"):
        share = part.p if part is not None else node.kwargs.get("p", 0.0)
        builder.dropout(share if plain == "dropout" and isinstance(share, float) else 0.0)
    elif plain in RESHAPING:
        return
    elif is_activation(kind) or (part is None and plain.startswith(("leaky", "hard"))):
        entry = checked_activation(name, kind)
        usual = entry.name if isinstance(entry, Activation) else entry
        for parameter, given in _parameters(usual, node, part).items():
            check_parameter(name, parameter, given, USUAL.get(parameter, given))
        builder.activation(name, entry)
    else:
        builder.refuse(name, str(part) if part is not None and len(str(part)) <= 80 else kind)


def _parameters(activation: Any, node: Any, part: Any) -> dict[str, Any]:
    """The parameters of an activation, by name."""
    if part is not None:
        return {name: getattr(part, name) for name in USUAL if hasattr(part, name)}
    named = {name: value for name, value in node.kwargs.items() if name not in IGNORED}
    return named | dict(zip(POSITIONAL.get(activation, ()), node.args[1:], strict=False))


def _array(tensor: Any) -> ndarray:
    """A parameter as float64, exactly."""
    return np.asarray(tensor.detach().cpu().to(tensor.new_zeros(()).double().dtype).numpy())
