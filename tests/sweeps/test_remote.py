"""What another process answers is checked before it becomes a result."""

from dataclasses import dataclass

import msgspec
import pytest
from msgspec.structs import replace

from tinkernet import Experiment, ExperimentError, __version__
from tinkernet.sweeps.backlog import Task
from tinkernet.sweeps.block import Plan, compute
from tinkernet.sweeps.executors.columns import Column, Integers, Texts, columns_of
from tinkernet.sweeps.executors.remote import Computed, Failed, answer_for, question_about, results_in
from tinkernet.sweeps.saved import decoded, encoded
from tinkernet.sweeps.start import plan_of


@dataclass(frozen=True)
class Case:
    """A plan of two blocks, and the columns of the first one."""

    plan: Plan
    columns: tuple[Column, ...]

    def results(self, *columns: Column) -> object:
        return results_in(msgspec.msgpack.encode(Computed(columns)), self.plan, 0, "there")


@pytest.fixture(scope="module")
def case() -> Case:
    plan = plan_of(Experiment(seed="1"), {"hidden": [(), (2, 2)], "start": range(5)}, epochs=1)
    plan = replace(plan, block=5)
    return Case(plan, columns_of(compute(plan, 0)))


def test_an_answer_has_the_bits_of_the_block(case: Case) -> None:
    for block in (0, 1):
        found = results_in(answer_for(encoded(case.plan), question_about(Task(block))), case.plan, block, "there")
        assert found.csv() == compute(case.plan, block).csv()
    assert decoded(encoded(case.plan)) == case.plan


def test_an_answer_about_something_else_is_refused(case: Case) -> None:
    run, *others = case.columns
    with pytest.raises(ExperimentError, match="the runs 5 to 9"):
        results_in(answer_for(encoded(case.plan), question_about(Task(0))), case.plan, 1, "there")
    with pytest.raises(ExperimentError, match="the columns of this sweep"):
        case.results(*others)
    with pytest.raises(ExperimentError, match="whole columns"):
        case.results(Integers("run", b"\0" * 8), *others)
    with pytest.raises(ExperimentError, match="whole columns"):
        case.results(Integers("run", b"\0" * 7), *others)
    with pytest.raises(ExperimentError, match="whole columns"):
        case.results(run, Texts("hidden", ("2,2",), b"\1\0\0\0" * 5), *others[1:])
    with pytest.raises(ExperimentError, match="one that answers with results"):
        results_in(b"\x80\x04K\x00.", case.plan, 0, "there")
    with pytest.raises(ExperimentError, match=r"one that can compute block 0 \(MemoryError\)"):
        results_in(msgspec.msgpack.encode(Failed("MemoryError")), case.plan, 0, "there")


def test_a_plan_of_another_version_is_not_computed(case: Case) -> None:
    content = encoded(case.plan).replace(__version__.encode(), b"0.0.9", 1)
    with pytest.raises(ExperimentError, match=rf"tinkernet 0\.0\.9 on every worker, but one has {__version__}"):
        results_in(answer_for(content, question_about(Task(0))), case.plan, 0, "there")
