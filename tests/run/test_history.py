"""The losses of every epoch."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from runs import SPIRAL

from tinkernet import Run
from tinkernet.run import History


@given(blocks=st.lists(st.integers(1, 50), max_size=30))
def test_a_long_history_is_thinned_evenly_and_keeps_epoch_0(blocks: list[int]) -> None:
    history, epoch = History(most=64), 0
    for block in blocks:
        history = history.extended(epoch, np.arange(epoch, epoch + block)[:, None] * np.ones((1, 2)))
        epoch += block
    epochs = history.epochs
    assert len(history) <= 64
    assert epochs.tolist() == list(range(0, epoch, history.stride))
    assert history.train_loss.tolist() == epochs.tolist()


@given(end=st.integers(0, 40))
def test_a_history_can_be_cut_at_an_epoch(end: int) -> None:
    history = History().extended(0, np.zeros((30, 2)))
    assert history.until(end).epochs.tolist() == list(range(min(end, 29) + 1))
    assert len(history) == 30


def test_a_history_is_a_sequence_of_named_tuples() -> None:
    history = Run(SPIRAL).train(3).history
    assert [row.epoch for row in history] == [0, 1, 2, 3]
    assert history[-1]._fields == ("epoch", "train_loss", "test_loss")
    assert history[-1].train_loss == history.train_loss[-1]
    assert [row.epoch for row in history[1:3]] == [1, 2]
