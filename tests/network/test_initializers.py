"""Initial weights: their spread, as in PyTorch's `torch.nn.init`; one draw for each weight."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.arithmetic import normal_quantile
from tinkernet.data import Stream
from tinkernet.network import INITIALIZERS, Layout
from tinkernet.network.initializers import initial_parameters

INPUTS, NEURONS = 30, 200
LAYOUT = Layout((INPUTS, NEURONS))
# The formulas of `torch.nn.init`: xavier_uniform_, kaiming_uniform_(nonlinearity="relu"), and so on.
VARIANCES = {
    "uniform": 1 / 12,
    "zeros": 0.0,
    "glorot-uniform": 2 / (INPUTS + NEURONS),
    "glorot-normal": 2 / (INPUTS + NEURONS),
    "he-uniform": 2 / INPUTS,
    "he-normal": 2 / INPUTS,
    "lecun-normal": 1 / INPUTS,
    "orthogonal": 1 / NEURONS,
}


def drawn(initializer: str, layout: Layout = LAYOUT, seed: str = "1") -> np.ndarray:
    return layout.weights(initial_parameters(layout, initializer, Stream(seed)))[0]


def test_the_spread_of_every_initializer_is_known() -> None:
    assert set(VARIANCES) == set(INITIALIZERS)


@pytest.mark.parametrize("name", VARIANCES)
def test_initial_weights_have_the_variance_of_pytorch(name: str) -> None:
    weights = np.concatenate([drawn(name, seed=str(seed)).ravel() for seed in range(5)])
    # With 30,000 draws, the variance of a normal sample is within 3 % of the true one except in 1 of 5,000 cases.
    assert weights.var() == pytest.approx(VARIANCES[name], rel=0.03, abs=1e-15)
    assert weights.mean() == pytest.approx(0, abs=4 * math.sqrt(VARIANCES[name] / len(weights)) + 1e-15)


@pytest.mark.parametrize("name", [name for name in VARIANCES if name.endswith("-uniform")])
def test_uniform_weights_lie_within_the_limit_of_pytorch(name: str) -> None:
    limit = math.sqrt(3 * VARIANCES[name])
    size = np.abs(drawn(name)).max()
    assert 0.99 * limit < size <= limit


@pytest.mark.parametrize("name", [name for name in VARIANCES if name.endswith("-normal")])
def test_normal_weights_have_the_shares_of_a_normal_distribution(name: str) -> None:
    scaled = drawn(name).ravel() / math.sqrt(VARIANCES[name])
    for size, share in ((1.0, 0.6827), (2.0, 0.9545), (3.0, 0.9973)):
        assert np.mean(np.abs(scaled) < size) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("sizes", [(3, 8), (8, 3), (6, 6), (1, 5), (5, 1), (40, 20)])
def test_orthogonal_weights_are_orthogonal(sizes: tuple[int, int]) -> None:
    weights = drawn("orthogonal", Layout(sizes))
    product = weights @ weights.T if sizes[1] <= sizes[0] else weights.T @ weights
    np.testing.assert_allclose(product, np.eye(min(sizes)), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", [entry.name for entry in INITIALIZERS.values() if entry.parameters])
def test_the_scale_multiplies_all_weights(name: str) -> None:
    np.testing.assert_array_equal(drawn(f"{name},scale:2.5"), 2.5 * drawn(name))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_weight_takes_one_draw_so_that_starts_and_reset_go_together(name: str) -> None:
    stream, other = Stream("1"), Stream("1")
    layout = Layout((3, 4, 2))
    initial_parameters(layout, name, stream)
    other.skip(layout.weight_count)
    assert stream.state() == other.state()
    experiment = Experiment(seed="0.5", initializer=name, hidden=(3, 2))
    again = Run(experiment).reset()
    assert again.experiment == experiment.replace(start=1)
    assert again.parameters.tobytes() == Run(experiment.replace(start=1)).parameters.tobytes()


def test_the_normal_quantile_is_that_of_the_standard_library() -> None:
    shares = np.concatenate([np.linspace(0.001, 0.999, 999), [2.0**-53, 1e-9, 0.0749, 0.925, 1 - 1e-9, 1 - 1e-15]])
    expected = [NormalDist().inv_cdf(share) for share in shares.tolist()]
    np.testing.assert_allclose(normal_quantile(shares), expected, rtol=1e-14, atol=1e-15)
    assert normal_quantile(np.zeros(1))[0] == NormalDist().inv_cdf(2.0**-53)
