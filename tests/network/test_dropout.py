"""Dropout: the random numbers, and what is dropped."""

import math

import numpy as np
import pytest

from tinkernet.data.philox import philox
from tinkernet.network.dropout import MOST, factors, key_of

ONES = 0xFFFFFFFF
# From the file `kat_vectors` of Random123, the authors' own implementation: philox4x32 with 10 rounds.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "numbers"), KNOWN)
def test_the_random_numbers_are_those_of_philox(
    counter: tuple[int, int, int, int], key: tuple[int, int], numbers: tuple[int, ...]
) -> None:
    assert tuple(int(number) for number in philox(counter, key[0] | key[1] << 32)) == numbers


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, MOST])
def test_over_many_masks_an_output_keeps_its_mean_and_the_share_is_dropped(share: float) -> None:
    many = factors(share, key_of("1"), 7, np.arange(40_000), 1, 6)
    assert set(np.unique(many)) == {0.0, 1.0 / (1.0 - share)}
    for neuron in many:
        spread = math.sqrt(share / (1 - share) / len(neuron))
        assert neuron.mean() == pytest.approx(1.0, abs=4 * spread)
        assert np.mean(neuron == 0) == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / len(neuron)))


def test_masks_of_other_seeds_epochs_points_layers_and_neurons_have_nothing_in_common() -> None:
    def masks(seed: str = "1", epoch: int = 0, first: int = 0, layer: int = 0) -> np.ndarray:
        return factors(0.5, key_of(seed), epoch, np.arange(first, first + 4000), layer, 5) > 0

    usual = masks()
    others = [masks(seed="2"), masks(epoch=1), masks(first=4000), masks(layer=1), usual[[1, 2, 3, 4, 0]]]
    for other in others:
        assert np.mean(usual == other) == pytest.approx(0.5, abs=0.02)


def test_a_mask_is_the_same_whatever_else_is_asked_for() -> None:
    together = factors(0.3, key_of("1"), 2, np.arange(50), 0, 9)
    apart = [factors(0.3, key_of("1"), 2, np.arange(at, at + 1), 0, 9) for at in range(50)]
    np.testing.assert_array_equal(together, np.concatenate(apart, axis=1))
    np.testing.assert_array_equal(together[:3], factors(0.3, key_of("1"), 2, np.arange(50), 0, 3))
