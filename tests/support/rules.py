"""Any rule of the engine, with a learner and points for it; and the engine without its compiled kernels."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy import ndarray

from tinkernet.engine import Examples, Learner, Rule, compiled
from tinkernet.network import ACTIVATIONS, HEADS, OPTIMIZERS, REGULARIZATIONS, SCHEDULES, Layout
from tinkernet.network.parameters import Option


@contextmanager
def by_reference() -> Iterator[None]:
    """Use the NumPy reference, as before the compiled engine is loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "fast_engine", lambda: None)
        yield


@st.composite
def options(draw: st.DrawFn, table: Mapping[str, Option]) -> str:
    """Any option of a table with any of the values that the page offers for its parameters."""
    entry = draw(st.sampled_from(list(table.values())))
    values = {one.name: draw(st.sampled_from(one.offered)) for one in entry.parameters if draw(st.booleans())}
    return entry(**values)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any network with any hyperparameters, including several outputs and no inputs."""
    head = draw(st.sampled_from(HEADS))
    outputs = draw(st.integers(2, 4)) if head.several else 1
    sizes = (draw(st.integers(0, 5)), *draw(st.lists(st.integers(1, 9), max_size=3)), outputs)
    layers = len(sizes) - 2
    shares = st.sampled_from([0.0, 0.1, 0.5, 0.9])
    return Rule(
        layout=Layout(sizes),
        activations=tuple(draw(st.sampled_from(list(ACTIVATIONS))) for _ in range(layers)),
        head=head,
        loss=draw(options({head.loss.name: head.loss})),
        learning_rate=draw(st.sampled_from([0.0, 0.003, 0.1, 3.0, 1e4])),
        batch_size=draw(st.integers(1, 150)),
        regularization=draw(st.sampled_from(list(REGULARIZATIONS))),
        regularization_rate=draw(st.sampled_from([0.0, 0.03, 1.0])),
        optimizer=draw(options(OPTIMIZERS)),
        schedule=draw(options(SCHEDULES)),
        dropout=tuple(draw(shares) for _ in range(layers)) if draw(st.booleans()) else (),
        dropout_key=draw(st.integers(0, 2**64 - 1)),
    )


def material(rule: Rule, count: int, seed: int) -> tuple[Learner, Examples]:
    random = np.random.default_rng(seed)
    inputs = random.normal(0, 2, (rule.layout.sizes[0], count))
    outputs = rule.layout.sizes[-1]
    if rule.head.several:
        labels = rule.head.encode(random.integers(0, outputs, count).astype(np.float64), outputs)
    else:
        labels = np.vstack([rule.head.encode(np.sign(random.normal(size=count)), 2) for _ in range(outputs)])
    return Learner.fresh(rule, random.uniform(-1, 1, rule.layout.count)), Examples(inputs, labels)


def same_bits(one: ndarray, other: ndarray) -> bool:
    """Bit-identical, except that all NaNs are equal."""
    one, other = np.where(np.isnan(one), 0.5, one), np.where(np.isnan(other), 0.5, other)
    return one.tobytes() == other.tobytes()
