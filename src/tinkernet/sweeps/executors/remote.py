"""What another process or machine does for a sweep: it gets a saved plan and a question about a block, and answers.

Both ways travels plain data only, JSON and MessagePack, and both sides check what they get.
"""

from functools import lru_cache

import msgspec

from tinkernet.errors import ExperimentError, shown
from tinkernet.sweeps.backlog import Task
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.executors.columns import Column, columns_of, table_of
from tinkernet.sweeps.executors.executor import compute_compiled
from tinkernet.sweeps.saved import decoded, difference, saved_by, versions_of
from tinkernet.tables import Table

PLANS_KEPT = 4
"""A worker may compute for several sweeps."""


class Computed(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The results of a block."""

    columns: tuple[Column, ...]


class OtherVersion(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """The plan was saved with another version of a library, so that its numbers may be others here."""

    library: str
    wanted: str
    found: str


class NotFitting(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Some settings do not fit each other: the parts of an `ExperimentError`."""

    field: str
    value: bool | float | str | None
    allowed: str


class Failed(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Something else went wrong, such as too little memory."""

    reason: str


Answer = Computed | OtherVersion | NotFitting | Failed


def question_about(task: Task) -> bytes:
    """The question to another process that a task is."""
    return msgspec.msgpack.encode(task)


def answer_for(content: bytes, question: bytes) -> bytes:
    """The answer of this process: the results of a block of a saved plan, or why there are none."""
    return msgspec.msgpack.encode(_answer(content, question))


def _answer(content: bytes, question: bytes) -> Answer:
    try:
        wanted = saved_by(content)
        here = versions_of(wanted)
        if (name := difference(wanted, here)) is not None:
            return OtherVersion(name, wanted[name], here[name])
        task = msgspec.msgpack.decode(question, type=Task)
        return Computed(columns_of(compute_compiled(_plan(content), task)))
    except ExperimentError as error:
        value = error.value
        plain = value if value is None or isinstance(value, bool | float | str) else shown(value)
        return NotFitting(error.field, plain, error.allowed)
    except Exception as error:  # noqa: BLE001 (whatever it is, the other side raises it)
        return Failed(f"{type(error).__name__}: {error}")


@lru_cache(PLANS_KEPT)
def _plan(content: bytes) -> Plan:
    return decoded(content)


def results_in(answer: bytes, plan: Plan, block: int, executor: str) -> Table:
    """The results in an answer about a block; `executor` says who gave it.

    Raises:
        ExperimentError: there are none, and why.
    """
    try:
        found: Answer = msgspec.msgpack.decode(answer, type=Answer)
    except msgspec.DecodeError as error:
        raise ExperimentError("executor", executor, f"one that answers with results ({error})") from error
    match found:
        case Computed():
            return table_of(found.columns, plan, block)
        case OtherVersion():
            raise ExperimentError("executor", executor, versions_differ(found.library, found.wanted, found.found))
        case NotFitting():
            raise ExperimentError(found.field, found.value, found.allowed)
        case Failed():
            raise ExperimentError("executor", executor, f"one that can compute block {block} ({found.reason})")


def versions_differ(library: str, wanted: str, found: str) -> str:
    """What a worker must have, and has not."""
    return f"one with {library} {wanted} on every worker, but one has {found}, whose numbers may differ"
