"""The compiled engine and the NumPy reference are bit-identical, and so are single runs and crowds."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import by_reference, material, rules, same_bits

from tinkernet import Experiment, Run, engine
from tinkernet.engine import Crowd, Learner, Rule, reference
from tinkernet.engine.rule import gradient_rows
from tinkernet.network import ACTIVATIONS
from tinkernet.options import ActivationName
from tinkernet.run.beginning import rule_of


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


FEW_HELD = np.array([0, 0, 0, 0, engine.DEAD, engine.FROZEN, engine.DEAD | engine.FROZEN], dtype=np.uint8)


@settings(max_examples=150)
@given(rule=rules(), count=st.integers(0, 200), epochs=st.integers(1, 4), seed=st.integers(0, 2**32))
def test_training_is_bit_identical(rule: Rule, count: int, epochs: int, seed: int) -> None:
    fast, examples = material(rule, count, seed)
    fast.held[:] = np.random.default_rng(seed).choice(FEW_HELD, len(fast.held))
    slow = fast.copy()
    fast_losses = engine.train(rule, fast, examples, examples, 3, epochs)
    with by_reference():
        slow_losses = engine.train(rule, slow, examples, examples, 3, epochs)
    assert same_bits(fast.parameters, slow.parameters)
    assert same_bits(fast_losses, slow_losses)
    assert np.array_equal(fast.held, slow.held)
    assert same_bits(fast.kept, slow.kept)
    assert (fast.counted, fast.updates) == (slow.counted, slow.updates)


@settings(max_examples=60)
@given(
    rule=rules(),
    count=st.integers(1, 200),
    steps=st.lists(st.integers(1, 60), min_size=1, max_size=12),
    seed=st.integers(0, 99),
)
def test_splitting_an_epoch_does_not_change_a_bit(rule: Rule, count: int, steps: list[int], seed: int) -> None:
    whole, examples = material(rule, count, seed)
    pieces = whole.copy()
    engine.advance(rule, whole, examples, 3, 0, count)
    cuts = [0, *[cut for cut in np.cumsum(steps).tolist() if cut < count], count]
    for first, last in pairwise(cuts):
        engine.advance(rule, pieces, examples, 3, first, last)
    assert same_bits(whole.parameters, pieces.parameters)


@settings(max_examples=60)
@given(rule=rules(), count=st.integers(1, 130), seed=st.integers(0, 99))
def test_outputs_and_losses_are_bit_identical(rule: Rule, count: int, seed: int) -> None:
    learner, examples = material(rule, count, seed)
    fast = engine.outputs(rule, learner.parameters, examples.inputs)
    loss = engine.evaluate(rule, learner.parameters, examples)
    with by_reference():
        slow = engine.outputs(rule, learner.parameters, examples.inputs)
        assert engine.evaluate(rule, learner.parameters, examples) == loss
    assert all(same_bits(one, other) for one, other in zip(fast, slow, strict=True))


@settings(max_examples=40)
@given(rule=rules(), runs=st.integers(1, 5), seed=st.integers(0, 99), epochs=st.integers(1, 3))
def test_each_learner_of_a_crowd_equals_a_single_run(rule: Rule, runs: int, seed: int, epochs: int) -> None:
    learners = [material(rule, 60, seed + k)[0] for k in range(runs)]
    examples = material(rule, 60, seed)[1]
    crowd = Crowd(learners)
    losses = engine.train_crowd(rule, crowd, examples, examples, 3, epochs)
    for k, learner in enumerate(learners):
        assert same_bits(engine.train(rule, learner, examples, examples, 3, epochs), losses[k])
        assert same_bits(learner.parameters, crowd.parameters[k])


@settings(max_examples=30)
@given(cells=st.integers(1, 40), activation=st.sampled_from([entry.name for entry in ACTIVATIONS.values()]))
def test_fields_are_the_outputs_over_the_grid(cells: int, activation: ActivationName) -> None:
    run = Run(Experiment(seed="0.1", hidden=(5, 3), activation=activation, features=("x", "sinY", "xTimesY")))
    expected = np.concatenate([layer.T for layer in run.outputs(engine.grid_points(cells))])
    fields = run.fields(cells)
    assert fields.shape == (9, cells, cells)
    assert np.allclose(fields.reshape(9, -1), expected, atol=2e-5, rtol=1e-5)


def test_the_top_row_of_a_field_is_the_top_of_the_plane() -> None:
    first, second = Run(Experiment(seed="1")).fields(4, ["x", "y"])
    assert first[0].tolist() == [-4.5, -1.5, 1.5, 4.5]
    assert second[:, 0].tolist() == [4.5, 1.5, -1.5, -4.5]


PINNED = {
    "seed=0.12345": "0x1.2a1614eed553fp-10",
    "seed=0.5&dataset=spiral&activation=relu&networkShape=8,6&noise=20&sinX=true": "0x1.e30d41e94e2bap-4",
    "seed=word&problem=regression&regDataset=reg-gauss&activation=sigmoid&regularization=L1"
    "&regularizationRate=0.001&batchSize=7": "0x1.78cec00b0ebe1p-5",
    "seed=0.2&dataset=gauss&noise=50&regularization=L2&regularizationRate=0.03&learningRate=1": "0x1.4ff6f08613d2fp-3",
}


@pytest.mark.parametrize("link", PINNED)
def test_some_runs_end_with_the_expected_bits_on_every_machine(link: str) -> None:
    assert Run(Experiment.from_link(link)).train(300).train_loss.hex() == PINNED[link]


def test_gradients_agree_with_finite_differences_of_the_loss() -> None:
    run = Run(Experiment(seed="1", hidden=(3,)))
    rule, examples, parameters = run.rule, run.train_examples, run.parameters.copy()
    learner = Learner.fresh(rule, parameters.copy())
    one_batch = dataclasses.replace(rule, batch_size=examples.count + 1)
    engine.advance(one_batch, learner, examples, 0, 0, examples.count)
    gradients, step = gradient_rows(rule.layout, learner.gradients / examples.count), 1e-6
    found = [row[:, : size + 1] for row, size in zip(gradients, rule.layout.sizes[:-1], strict=True)]
    for layer, rows in enumerate(found):
        weights, biases = rule.layout.weights(parameters)[layer], rule.layout.biases(parameters)[layer]
        for to, source in np.ndindex(rows.shape):
            array, place = (biases, to) if source == weights.shape[1] else (weights, (to, source))
            losses = []
            for side in (step, -step):
                array[place] += side
                losses.append(reference.evaluate(rule, parameters, examples)[0])
                array[place] -= side
            assert rows[to, source] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-5, abs=1e-8)


def test_a_crowd_has_all_arrays_of_a_learner() -> None:
    assert set(Crowd.__annotations__) == {field.name for field in dataclasses.fields(Learner)}
    rule = rule_of(Experiment(seed="1", hidden=(3,), regularization="L1", optimizer="adam"))
    learners = [material(rule, 20, seed)[0] for seed in range(3)]
    for seed, learner in enumerate(learners):
        learner.stash[:], learner.held[seed], learner.counted = seed, engine.FROZEN, seed
    crowd = Crowd(learners)
    twin = Crowd(learners[::-1])
    for run, learner in enumerate(learners):
        twin.store(run, crowd.rows(run, run + 1).learner(0))
        for name, array in learner.arrays().items():
            assert np.array_equal(getattr(twin, name)[run], array)
            assert not np.shares_memory(getattr(twin, name), array)
        assert twin.learner(run).counted == learner.counted


def test_read_only_parameters_are_accepted() -> None:
    run = Run(Experiment(seed="1"))
    assert not run.parameters.flags.writeable
    assert engine.evaluate(run.rule, run.parameters, run.train_examples)[0] == run.train_loss
    inputs = run.train_examples.inputs
    assert same_bits(engine.outputs(run.rule, run.parameters, inputs)[-1][0], run.predict(run.train_data.points))
