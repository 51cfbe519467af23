"""Rows that are long enough are computed in the widest registers of a processor, with the same bits as others."""

import dataclasses

import pytest
from rules import by_reference, material, same_bits

from tinkernet import Experiment, engine
from tinkernet.engine.arguments import CACHE_LINE, zeroed_memory
from tinkernet.run.beginning import rule_of


@pytest.mark.parametrize("batch_size", [28, 29, 40, 61, 64, 65])
def test_batches_around_the_length_of_wide_rows_train_with_the_bits_of_the_reference(batch_size: int) -> None:
    engine.wait_until_compiled()
    rule = dataclasses.replace(rule_of(Experiment(hidden=(5, 3))), batch_size=batch_size, learning_rate=0.3)
    fast, examples = material(rule, 150, 0)
    slow = fast.copy()
    losses = engine.train(rule, fast, examples, examples, 0, 3)
    with by_reference():
        expected = engine.train(rule, slow, examples, examples, 0, 3)
    assert same_bits(fast.parameters, slow.parameters)
    assert same_bits(losses, expected)


@pytest.mark.parametrize("count", [1, 7, 1000])
def test_memory_begins_with_a_cache_line_and_is_zero(count: int) -> None:
    memories = [zeroed_memory(count) for _ in range(20)]
    assert all(memory.ctypes.data % CACHE_LINE == 0 for memory in memories)
    assert all(memory.shape == (count,) and not memory.any() for memory in memories)
