"""Watched: shows a network that is trained by a program outside of the session, such as a loop in PyTorch.

The session asks for parameters when its page is ready for another frame, and only as often as the time for that leaves
the program alone. While no page is connected it asks for nothing.
"""

from collections.abc import Callable
from typing import Self

import msgspec

from tinkernet.protocol import facts, intentions
from tinkernet.run.observed import ObservedRun
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.scheduler import Allowance
from tinkernet.session.source import Lost, Observed
from tinkernet.session.workspace import Workspace

SHARE = 0.02
"""The share of a core for showing the network: most of it keeps the program waiting for the interpreter's lock."""
LEAST_SECONDS = 1 / 30
"""Between two frames."""
PATIENCE_SECONDS = 0.3
"""For the program's next step; after that, the network is looked at between two steps."""
FACT_SECONDS = 1.0
"""Between two facts on the cost."""
POSSIBLE = (
    intentions.Watch,
    intentions.ChangeView,
    intentions.AskNeuron,
    intentions.AskPoints,
    intentions.Undo,
    intentions.Redo,
    intentions.LeaveLesson,
)
"""What a person can do while a program trains: only the view is theirs, and what Undo undoes."""


def check_possible(message: msgspec.Struct) -> None:
    """That an intention makes sense while a program trains.

    Raises:
        IntentionError: it does not.
    """
    if type(message).__module__.startswith(intentions.__package__ or "") and not isinstance(message, POSSIBLE):
        raise IntentionError(sentences.TRAINED_ELSEWHERE)


class Watched(SessionFeature):
    """Asks the source of the workspace, if it has one, for the network, and shows it."""

    def __init__(self, workspace: Workspace, notify: Callable[[msgspec.Struct], None]) -> None:
        self._workspace, self._notify = workspace, notify
        self._allowance = Allowance(SHARE)
        self._base: ObservedRun | None = None if workspace.source is None else workspace.source.base
        self._asked_at: float | None = None
        """When the source was asked for the network; None after its answer."""
        self._next = 0.0
        """When to ask again."""
        self._spent = 0.0
        """How long showing the network has kept cores busy."""
        self._answered = False
        """Whether the source has answered since the page was last sent the cost."""
        self._reported: tuple[float, float, int] | None = None
        """The time, what was spent and the step when the page was last sent the cost."""
        self._reason = ""
        """Why the network can no longer be shown, as the page was sent it."""

    def handlers(self) -> Handlers:
        return {Observed: self._observed, Lost: self._lost}

    def copy_state(self, original: Self) -> None:
        self._base = original._base

    def page_attached(self) -> None:
        self._asked_at, self._next, self._reported, self._reason = None, 0.0, None, ""

    def due(self) -> float | None:
        """When to ask for the network, or to look for it if no step has come."""
        if self._workspace.source is None:
            return None
        if self._asked_at is not None:
            return self._asked_at + PATIENCE_SECONDS
        return max(self._next, self._allowance.free_at)

    def spend(self, seconds: float) -> None:
        """Count the CPU time of a turn."""
        if self._workspace.source is not None:
            self._spent += seconds
            self._allowance.spend(seconds, self._workspace.clock())

    def report(self, _page: Page, /) -> None:
        source, now = self._workspace.source, self._workspace.clock()
        due = self.due()
        if source is None or due is None:
            return
        self._send_cost(now)
        if now < due:
            return
        if self._asked_at is None:
            self._asked_at = now
            source.want(self._notify)
        else:
            source.look(self._notify)

    def _observed(self, message: Observed) -> None:
        workspace = self._workspace
        self._asked_at, self._next = None, workspace.clock() + LEAST_SECONDS
        self._answered = True
        self.spend(message.seconds)
        if message.base is not self._base:
            self._base = message.base
            workspace.begin(message.base.copy())
            workspace.mark_changed()
        run = workspace.run
        if message.step == run.epoch and message.parameters.tobytes() == run.parameters.tobytes():
            # Nothing has changed: the program is between two steps, perhaps for long.
            self._next = workspace.clock() + PATIENCE_SECONDS
            return
        if isinstance(run, ObservedRun):
            run.observe(message.parameters, message.step)
            workspace.mark_trained()

    def _lost(self, message: Lost) -> None:
        """The page keeps the last step; the source is asked again, as it may have another network later."""
        self._asked_at, self._next = None, self._workspace.clock() + PATIENCE_SECONDS
        if message.reason != self._reason:
            self._reason = message.reason
            self._workspace.post(facts.Trouble(message=sentences.no_longer_watched(message.reason)))

    def _send_cost(self, now: float) -> None:
        """Send the page how fast the program trains, and the share of a core that showing it has taken."""
        step = self._workspace.run.epoch
        if self._reported is None:
            self._reported = (now, self._spent, step)
            self._workspace.post(facts.Watched(steps_per_second=0.0, cost=None))
            return
        then, spent, before = self._reported
        if now - then >= FACT_SECONDS and self._answered:
            self._answered, self._reported = False, (now, self._spent, step)
            steps = max(0, step - before) / (now - then)
            self._workspace.post(facts.Watched(steps_per_second=steps, cost=(self._spent - spent) / (now - then)))
