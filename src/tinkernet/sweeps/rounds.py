"""The rounds of an adaptive sweep: some runs are chosen and computed, and by their losses the next are chosen."""

from collections.abc import Callable, Collection

from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.choices import choices_in
from tinkernet.sweeps.chooser import Chooser
from tinkernet.sweeps.design import ROUND
from tinkernet.sweeps.result import losses_in
from tinkernet.tables import Table


def hand_out(plan: Plan, backlog: Backlog, kept: Collection[int], results: Callable[[int], Table | None]) -> None:
    """Choose the settings of all runs and add their blocks to the backlog, round by round.

    A round begins when all results of the one before are there, and learns from them in the order of their numbers. So
    the same settings are chosen whatever computes the blocks, and in whichever order. Blocks that are `kept` have their
    settings in their tables, and are not computed again.

    Args:
        plan: the plan of the sweep; its design is adaptive.
        backlog: where blocks are added.
        kept: the blocks whose results are there when the sweep begins.
        results: waits for the results of a block; None if the sweep has ended.

    Raises:
        ExperimentError: the results of a block cannot be read.
    """
    chooser = Chooser(plan.design)
    for first in range(0, plan.design.runs, ROUND):
        runs = min(ROUND, plan.design.runs - first)
        blocks = range(first // plan.block, -(-(first + runs) // plan.block))
        if missing := [block for block in blocks if block not in kept]:
            chosen = chooser.ask(first, runs)
            spans = [(block, *plan.span(block)) for block in missing]
            tasks = [Task(block, tuple(chosen[begin - first : stop - first])) for block, begin, stop in spans]
            backlog.add(tasks, more=True)
        tables = []
        for block in blocks:
            if (table := results(block)) is None:
                return
            tables.append(table)
        chooser.tell(
            [choices for table in tables for choices in choices_in(plan.design, table)],
            [loss for table in tables for loss in losses_in(table).tolist()],
        )
    backlog.add((), more=False)
