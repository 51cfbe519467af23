"""Networks from PyTorch: the same predictions, and one clear error for what cannot be shown."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray
from torch import nn

from tinkernet import Dataset, ExperimentError, Run, from_torch
from tinkernet.network.activations import ACTIVATIONS

POINTS = np.random.default_rng(1).normal(size=(80, 3)) * 2
TWO, THREE = (POINTS[:, 0] > POINTS[:, 1]).astype(int), (POINTS > 0).sum(axis=1) % 3


def sigmoid(values: ndarray) -> ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))


def differences(module: nn.Module, run: Run, answers: Callable[[ndarray], ndarray] = lambda found: found) -> float:
    """The largest difference between the run's predictions and those of the module, in the units of the data."""
    points, data = run.test_data.points, run.experiment.data
    module.eval()
    with torch.no_grad():
        theirs = answers(module(torch.tensor(points, dtype=torch.float32)).numpy().astype(float)).squeeze()
    ours = run.predict(points)
    if data is not None and data.target.kind == "numbers":
        ours = data.target.scaling.backward(ours[:, None])[:, 0]
    return float(np.abs(ours - theirs).max())


# What PyTorch calls each of tinkernet's activations.
LAYERS: dict[str, nn.Module] = {
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "sigmoid": nn.Sigmoid(),
    "linear": nn.Identity(),
    "leaky-relu": nn.LeakyReLU(),
    "elu": nn.ELU(),
    "gelu": nn.GELU(),
    "swish": nn.SiLU(),
    "softplus": nn.Softplus(),
    "hard-tanh": nn.Hardtanh(),
}


class Attributes(nn.Module):  # type: ignore[misc]
    """Layers in attributes, and activations that are functions and methods."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(2, 5), nn.Linear(5, 4, bias=False)
        self.third, self.last = nn.Linear(4, 4), nn.Linear(4, 1)
        self.between = nn.Sequential(nn.ELU(), nn.Dropout(0.25))

    def forward(self, points: torch.Tensor) -> torch.Tensor:
        found = torch.sin(self.first(points))
        found = self.between(self.second(found))
        found = nn.functional.leaky_relu(self.third(found), 0.01)
        answers: torch.Tensor = self.last(found).tanh().squeeze(-1)
        return answers


@pytest.mark.parametrize("name", LAYERS)
def test_every_activation_of_pytorch_is_the_same_here(name: str) -> None:
    module = nn.Sequential(nn.Linear(2, 4), LAYERS[name], nn.Linear(4, 1))
    run = from_torch(module, "circle", seed="0.5")
    assert run.experiment.activation == name
    assert differences(module, run, sigmoid) < 1e-6


def test_every_activation_but_the_sine_is_a_module_in_pytorch() -> None:
    assert {*LAYERS, "sine"} == ACTIVATIONS.keys()


def test_layers_in_attributes_and_functions_between_them_are_found() -> None:
    module = Attributes()
    run = from_torch(module, "xor", seed="0.5")
    assert run.layout.sizes == (2, 5, 4, 4, 1)
    assert run.experiment.activation == ("sine", "elu", "leaky-relu")
    assert run.experiment.dropout == (0.0, 0.25, 0.0)
    assert run.experiment.loss == "squared"
    assert differences(module, run) < 1e-6


def test_weights_are_the_exact_values_and_copies() -> None:
    module = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    run = from_torch(module, "circle")
    assert np.array_equal(run.weights[0], module[0].weight.detach().numpy().astype(np.float64))
    before = module[0].weight.detach().clone()
    run.train(3)
    assert torch.equal(before, module[0].weight)
    assert module.training


@pytest.mark.parametrize(
    ("last", "answers"),
    [(2, lambda found: sigmoid(found[:, 1] - found[:, 0])), (1, sigmoid)],
    ids=["two outputs", "one output"],
)
@pytest.mark.parametrize("scale", [1.0, 100.0])
def test_two_classes_of_own_data_on_any_scale(last: int, answers: Callable[[ndarray], ndarray], scale: float) -> None:
    module = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, last)).double()
    run = from_torch(module, (torch.tensor(POINTS * scale), torch.tensor(TWO)), seed="0.5")
    module.float()
    assert run.layout.sizes == (3, 6, 1)
    assert differences(module, run, answers) < 1e-5
    # In its own units, nothing is scaled.
    assert (scale == 1.0) == np.array_equal(run.weights[0], module[0].weight.detach().double().numpy())


def test_several_classes_with_one_hot_labels_and_a_data_loader() -> None:
    module = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 3), nn.LogSoftmax(dim=-1))
    data = torch.utils.data.TensorDataset(torch.tensor(POINTS), nn.functional.one_hot(torch.tensor(THREE)))
    run = from_torch(module, torch.utils.data.DataLoader(data, batch_size=8), seed="0.5")
    assert run.experiment.classes == ("0", "1", "2")
    assert differences(module, run, np.exp) < 1e-6


def test_a_regression_answers_in_the_units_of_its_target() -> None:
    module = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1))
    run = from_torch(module, (POINTS, 50 * POINTS[:, 0] + 20), seed="0.5")
    assert differences(module, run) < 1e-4
    assert run.train(20).train_loss < run.history.train_loss[0]


def test_features_are_given_in_the_order_of_the_modules_inputs() -> None:
    module = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1), nn.Tanh())
    run = from_torch(module, "xor", features=("xTimesY", "y", "x"), seed="0.5")
    assert run.experiment.features == ("x", "y", "xTimesY")
    x, y = run.test_data.points.T
    with torch.no_grad():
        theirs = module(torch.tensor(np.stack([x * y, y, x], axis=1), dtype=torch.float32)).numpy()[:, 0]
    assert np.abs(run.predict(run.test_data.points) - theirs).max() < 1e-6


def test_a_single_layer_and_a_chosen_loss() -> None:
    module = nn.Linear(2, 1)
    run = from_torch(module, "gauss", loss="hinge", seed="0.5")
    assert run.layout.sizes == (2, 1)
    assert differences(module, run) < 1e-6


class Skips(nn.Module):  # type: ignore[misc]
    """A layer whose input is added to its output."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(2, 2), nn.Linear(2, 1)

    def forward(self, points: torch.Tensor) -> Any:
        return self.last(points + self.first(points))


class Decides(Skips):
    """A module whose layers depend on the data."""

    def forward(self, points: torch.Tensor) -> Any:
        return self.last(points if points.sum() > 0 else self.first(points))


class Hooked(nn.Sequential):  # type: ignore[misc]
    """A module that does more than tracing sees."""

    def __init__(self) -> None:
        super().__init__(nn.Linear(2, 1))
        self[0].register_forward_hook(lambda _module, _inputs, outputs: 2 * outputs + 1)


def stacked(*between: nn.Module) -> nn.Module:
    return nn.Sequential(nn.Linear(2, 4), *between, nn.Linear(4, 1))


CANNOT: list[tuple[Any, str]] = [
    (nn.Sequential(nn.Conv1d(2, 4, 1)), "layer 0 is 'Conv1d"),
    (stacked(nn.BatchNorm1d(4)), "layer 1 is 'BatchNorm1d"),
    (stacked(nn.PReLU()), "layer 1 is 'PReLU"),
    (stacked(nn.ReLU6()), "layer 1 is 'ReLU6"),
    (stacked(nn.LeakyReLU(0.2)), "negative_slope of layer 1 is 0.2, but must be 0.01"),
    (stacked(nn.GELU(approximate="tanh")), "approximate of layer 1 is 'tanh'"),
    (stacked(nn.Tanh(), nn.ReLU()), "layer 2 is 'ReLU'.*layer 0 has an activation"),
    (stacked(nn.Softmax(dim=-1)), "layer 0 is 'softmax'"),
    (nn.Sequential(nn.Tanh(), nn.Linear(2, 1)), "layer 0 is 'Tanh'.*not before the first"),
    (nn.Sequential(nn.Linear(2, 1), nn.ReLU()), "the activation of the output, layer 0, is 'ReLU'"),
    (nn.Sequential(nn.Linear(2, 300), nn.Linear(300, 1)), "layer 0 is 'a dense layer with 300 neurons'"),
    (nn.Sequential(nn.Linear(5, 1)), "data is None, but must be .* with 5 inputs"),
    (nn.Sequential(), "without dense layers"),
    (Skips(), "layer add is 'add of points, first'"),
    (Decides(), "cannot be traced .*control flow"),
    (nn.Sequential(nn.LazyLinear(1)), "the parameter 0.weight is 'without values'"),
    (nn.Sequential(nn.Linear(2, 1, device="meta")), "the parameter 0.weight is 'without values'"),
    (Hooked(), "module|Hooked"),
    (3, "module is 'int', but must be a torch.nn.Module"),
]


@pytest.mark.parametrize(("module", "message"), CANNOT, ids=[message for _, message in CANNOT])
def test_what_cannot_be_shown_is_one_line_that_names_the_layer(module: Any, message: str) -> None:
    with pytest.raises(ExperimentError, match=message) as raised:
        from_torch(module)
    assert "\n" not in str(raised.value)


def test_data_that_does_not_fit_is_refused() -> None:
    module = nn.Sequential(nn.Linear(3, 2))
    with pytest.raises(ExperimentError, match="data is '2 inputs', but must be 3 inputs"):
        from_torch(module, "circle")
    with pytest.raises(ExperimentError, match="an output of 2 neurons"):
        from_torch(module, Dataset.from_arrays(POINTS, THREE))
    with pytest.raises(ExperimentError, match="the setting hidden"):
        from_torch(module, (POINTS, TWO), hidden=(4,))
    with pytest.raises(ExperimentError, match="data is 5"):
        from_torch(module, 5)  # type: ignore[arg-type]
