"""Many runs in one call: each gives the bits of a single run, whatever differs between them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import ndarray
from rules import by_reference, material, rules, same_bits

from tinkernet import Experiment, Run, engine
from tinkernet.engine import Crowd, Examples, Learner, Outcome, Rule, Stops, Varied
from tinkernet.engine.rule import gradient_rows
from tinkernet.engine.stops import ALL_EPOCHS, DIVERGED, HOPELESS, NEVER, SOLVED


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


LIMITS = st.builds(
    Stops,
    solved=st.sampled_from([NEVER, 0.1, 0.4]),
    diverged=st.sampled_from([NEVER, 1.0, 1e9]),
    fall=st.sampled_from([0.0, 0.01]),
    patience=st.sampled_from([NEVER, 1, 3]),
)


def several(rule: Rule, runs: int, seed: int) -> tuple[list[Learner], Varied, list[Examples], list[Examples]]:
    """Runs with other parameters, rates, points and epochs each."""
    random = np.random.default_rng(seed)
    learners = [material(rule, 60, seed + k)[0] for k in range(runs)]
    examples = [material(rule, 60, seed + k)[1] for k in range(3)]
    test = [material(rule, 23, seed + k)[1] for k in range(3)]
    varied = Varied(
        random.integers(0, 3, runs),
        random.choice([0.0, 0.003, 0.1, 3.0, 1e4], runs),
        random.choice([0.0, 0.03, 1.0], runs),
        random.integers(1, 9, runs),
    )
    return learners, varied, examples, test


def same_outcome(one: Outcome, other: Outcome) -> bool:
    return (
        np.array_equal(one.done, other.done)
        and np.array_equal(one.reasons, other.reasons)
        and same_bits(one.losses, other.losses)
    )


def added(rule: Rule, crowd: Crowd) -> ndarray:
    """The gradients of all runs without their padding, whose content does not matter."""
    rows = [gradient_rows(rule.layout, one) for one in crowd.gradients]
    sizes = rule.layout.sizes
    return np.concatenate([layer[:, : sizes[k] + 1].ravel() for one in rows for k, layer in enumerate(one)])


@settings(max_examples=60)
@given(rule=rules(), runs=st.integers(1, 13), seed=st.integers(0, 99), stops=LIMITS, room=st.integers(0, 4))
def test_runs_that_differ_equal_those_of_the_reference(
    rule: Rule, runs: int, seed: int, stops: Stops, room: int
) -> None:
    learners, varied, examples, test = several(rule, runs, seed)
    fast, slow = Crowd(learners), Crowd(learners)
    outcome = engine.train_runs(rule, fast, varied, examples, test, 3, stops, room)
    with by_reference():
        assert same_outcome(engine.train_runs(rule, slow, varied, examples, test, 3, stops, room), outcome)
    for name in ("parameters", "kept"):
        assert same_bits(getattr(fast, name), getattr(slow, name))
    assert same_bits(added(rule, fast), added(rule, slow))
    for name in ("held", "counted", "updates"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name))


@settings(max_examples=60)
@given(rule=rules(), runs=st.integers(1, 21), seed=st.integers(0, 99))
def test_losses_and_hits_of_many_networks_equal_those_of_each(rule: Rule, runs: int, seed: int) -> None:
    learners, varied, examples, _ = several(rule, runs, seed)
    found = engine.evaluate_runs(rule, Crowd(learners).parameters, varied.sets, examples)
    each = [
        engine.evaluate(rule, learner.parameters, examples[place])
        for learner, place in zip(learners, varied.sets, strict=True)
    ]
    assert same_bits(found, np.array(each, dtype=np.float64))


def test_a_run_ends_when_it_is_solved_diverged_or_hopeless() -> None:
    run = Run(Experiment(seed="1", hidden=(3,)))
    learners = [Learner.fresh(run.rule, run.parameters.copy()) for _ in range(12)]
    varied = Varied(
        np.zeros(12, dtype=np.int64),
        np.array([0.03, 0.0, 1e300] * 4),
        np.zeros(12),
        np.array([400] * 9 + [5] * 3),
    )
    stops = Stops(solved=0.1, diverged=0.8, fall=0.001, patience=30)
    outcome = engine.train_runs(run.rule, Crowd(learners), varied, [run.train_examples], [run.train_examples], 0, stops)
    assert outcome.reasons.tolist() == [SOLVED, HOPELESS, DIVERGED] * 3 + [ALL_EPOCHS, ALL_EPOCHS, DIVERGED]
    run.train(400, until_loss=0.1)
    assert outcome.done.tolist() == [run.epoch, 31, 1] * 3 + [5, 5, 1]
