"""The run that a widget shows, as `Run` in Python: what is done to it is shown, and the reverse."""

from collections.abc import Callable
from typing import Any

from tinkernet.run import Checkpoint, Run
from tinkernet.run.state import RunState
from tinkernet.session.session import Session


class WidgetRun(Run):
    """The current run of a session. A copy, also one of an earlier epoch, is an ordinary run.

    It may be used while the widget trains: each operation begins with the run as it is at that moment, and its result
    becomes the widget's run. Epochs that the widget has trained in the meantime are replaced.
    """

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        object.__setattr__(self, "_session", session)

    @property
    def _state(self) -> RunState:  # type: ignore[override]
        session: Session = object.__getattribute__(self, "_session")
        return session.present._state

    def _commit(self, state: RunState) -> None:
        session: Session = object.__getattribute__(self, "_session")
        session.continue_from(state)

    def copy(self) -> Run:  # type: ignore[override]
        """An independent copy of this run, which is not shown."""
        return Run.from_checkpoint(self.checkpoint())

    __copy__ = copy  # type: ignore[assignment]

    def __deepcopy__(self, _memo: dict[int, Any]) -> Run:  # type: ignore[override]
        return self.copy()

    def __reduce__(self) -> tuple[Callable[[Checkpoint], Run], tuple[Checkpoint]]:  # type: ignore[override]
        return Run.from_checkpoint, (self.checkpoint(),)

    def at(self, epoch: int, position: int = 0) -> Run:  # type: ignore[override]
        """A new run, which is not shown, in the state of an earlier moment; see `Run.at`."""
        return self.copy().at(epoch, position)
