"""Time travel: a session's run is shown as it was at some earlier epoch, exactly.

The past is computed again from the run's sparse checkpoints (see `run/past.py`), backstage. What the page says
meanwhile is heard on arrival; only another wish where to go counts at once, and the latest wins.
"""

from tinkernet.errors import ExperimentError
from tinkernet.run import Run
from tinkernet.session.background import Backstage, Listener
from tinkernet.session.inbox import Arrived


class TimeTravel:
    """Where in its past a run is shown, and where that is on the way to."""

    def __init__(self) -> None:
        self.present: Run | None = None
        """The present run, while the past is shown; it rests."""
        self.wanted: int | None = None
        """The epoch that is on its way."""
        self._journey = 0
        self._under_way = False
        self._trail: Trail | None = None

    def copy(self) -> "TimeTravel":
        """The same moment for another session, which goes nowhere."""
        twin = TimeTravel()
        twin.present = None if self.present is None else self.present.copy()
        return twin

    def go(self, epoch: int, run: Run, backstage: Backstage, listener: Listener) -> None:
        """Set out for this epoch of the present run; the listener will be told of the arrival."""
        self.wanted = epoch
        if self._under_way:
            return  # from where that leads to it goes on
        if self._trail is None:
            self._trail = Trail(run.copy())
        trail, journey = self._trail, self._journey
        self._under_way = True
        backstage.compute(
            listener, lambda: Arrived(journey, epoch, trail.at(epoch)), Arrived(journey, epoch, None), asked=True
        )

    def arrive(self, arrived: Arrived, run: Run, backstage: Backstage, listener: Listener) -> bool:
        """A journey has ended; whether it is one that still matters. Goes on where another epoch is wanted by now."""
        self._under_way = False
        matters = arrived.journey == self._journey and self.wanted is not None
        if self.wanted is not None and not (matters and arrived.epoch == self.wanted):
            self.go(self.wanted, run, backstage, listener)
        else:
            self.wanted = None
        return matters

    def leave(self) -> Run | None:
        """Show the past no more: the present run, if it was the past that was shown."""
        present, self.present = self.present, None
        self.wanted = None
        self._trail = None
        self._journey += 1
        return present


class Trail:
    """A twin of the present run that never trains, so that its past can be looked up in another thread."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def at(self, epoch: int) -> Run:
        """The run as it was then. A run that does not know its past any more is trained again from its beginning."""
        try:
            return self._run.at(epoch)
        except ExperimentError:
            self._run = _again(self._run)
            return self._run.at(epoch)


def _again(run: Run) -> Run:
    """The same run from its beginning on, with its past."""
    again = Run(run.origin)
    for event in run.events:
        _go_to(again, event.epoch, event.position)
        again.do(event)
    _go_to(again, run.epoch, run.position)
    return again


def _go_to(run: Run, epoch: int, position: int) -> None:
    if epoch > run.epoch:
        run.train(epoch - run.epoch)
    if position > run.position:
        run.train_points(position - run.position)
