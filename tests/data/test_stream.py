"""The random stream."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet.data import Stream, stream


@given(seed=st.text(max_size=300))
def test_any_text_is_a_seed_and_gives_numbers_from_0_to_1(seed: str) -> None:
    numbers = Stream(seed).uniforms(20)
    assert np.all((numbers >= 0) & (numbers < 1))


@given(seed=st.text(min_size=1, max_size=10), drawn=st.integers(0, 40))
def test_a_stream_continues_from_its_saved_state(seed: str, drawn: int) -> None:
    one = Stream(seed)
    one.skip(drawn)
    other = Stream.from_state(one.state())
    assert one.uniforms(10).tolist() == other.uniforms(10).tolist()


def test_the_compiled_loop_draws_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Stream("a seed")
    expected = slow.uniforms(2000)
    monkeypatch.setattr(stream, "WORTH_COMPILING", 1)
    fast = Stream("a seed")
    assert np.array_equal(fast.uniforms(2000), expected)
    assert fast.state() == slow.state()


@pytest.mark.parametrize("state", [b"", b"\0" * 258, bytes(range(256))])
def test_an_invalid_state_is_rejected(state: bytes) -> None:
    with pytest.raises(ValueError, match="invalid state of the random stream"):
        Stream.from_state(state)


@given(n=st.integers(0, 50))
def test_shuffling_gives_a_permutation(n: int) -> None:
    assert sorted(Stream("x").shuffled(n).tolist()) == list(range(n))
