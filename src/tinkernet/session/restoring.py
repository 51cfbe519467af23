"""Restoring: saves a session, so that its run can be restored after the server was restarted or killed.

Training is deterministic: the experiment at epoch 0 and the events, a few hundred bytes, reproduce the run bit for bit.
It is recomputed in the background; intentions of the page wait until that is done.
"""

from collections.abc import Callable
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Setup
from tinkernet.fragment import View
from tinkernet.protocol import facts
from tinkernet.run import Event, Run, check_events
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.workspace import Workspace

Count = Annotated[int, Meta(ge=0, le=10_000_000_000)]


class SavedText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written of a saved session. A person's own data is named by its digest."""

    version: Annotated[int, Meta(ge=1, le=1)] = 1
    origin: Setup
    experiment: Setup
    data: str = ""
    events: tuple[Event, ...]
    epoch: Count
    position: Count
    view: View


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A session's run: its origin, events and progress."""

    origin: Experiment
    experiment: Experiment
    events: tuple[Event, ...]
    epoch: Count
    position: Count
    view: View

    @classmethod
    def of(cls, run: Run, view: View) -> Self:
        """The data to save for this run and view."""
        return cls(
            origin=run.origin,
            experiment=run.experiment,
            events=run.events,
            epoch=run.epoch,
            position=run.position,
            view=view,
        )

    def encode(self) -> bytes:
        """The content of the saved file."""
        data = self.origin.data
        text = SavedText(
            origin=self.origin.setup,
            experiment=self.experiment.setup,
            data="" if data is None else data.digest,
            events=self.events,
            epoch=self.epoch,
            position=self.position,
            view=self.view,
        )
        return msgspec.json.encode(text)

    @classmethod
    def decode(cls, raw: bytes, find_data: Callable[[str], Dataset | None] = lambda _: None) -> "Saved":
        """The saved session in a file; `find_data` returns a person's own data by its digest.

        Raises:
            ValueError: the content is not valid, or its data is gone.
        """
        try:
            text = msgspec.json.decode(raw, type=SavedText)
            data = find_data(text.data) if text.data else None
            if text.data and data is None:
                raise ValueError("the data of the saved session is gone")
            saved = cls(
                origin=Experiment.of(text.origin, data),
                experiment=Experiment.of(text.experiment, data),
                events=text.events,
                epoch=text.epoch,
                position=text.position,
                view=text.view,
            )
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError(f"not a saved session: {error}") from error
        check_events(saved.origin, saved.experiment, saved.events, (saved.epoch, saved.position))
        return saved

    def run(self) -> Run:
        """The run, recomputed."""
        run = Run(self.origin)
        for event in self.events:
            run.go_to(event.epoch, event.position)
            run.do(event)
        run.go_to(self.epoch, self.position)
        return run


class Restored(msgspec.Struct, frozen=True):
    """The recomputed run; None if that failed."""

    run: Run | None


class Restoring(SessionFeature):
    """Restores a run that an earlier server process had."""

    def __init__(self, workspace: Workspace, host: Host, notify: Notify) -> None:
        self._workspace, self._host, self._notify = workspace, host, notify
        self._saved: Saved | None = None
        self._unsent = ""
        """What came of it, for a page that comes only later: a short run is computed before its page is welcomed."""

    def handlers(self) -> Handlers:
        return {Restored: self._restored}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy."""

    @property
    def saved(self) -> Saved:
        """The data to save for this session. May be called from any thread."""
        return self._saved or Saved.of(self._workspace.present, self._workspace.view)

    @property
    def under_way(self) -> bool:
        """Whether the run is still being recomputed."""
        return self._saved is not None

    def begin(self, saved: Saved) -> None:
        """Start restoring this run."""
        self._saved = saved
        self._host.compute(lambda: Restored(_computed(saved)), Restored(None), self._notify)

    def _restored(self, message: Restored) -> None:
        epoch = self._saved.epoch if self._saved is not None else 0
        self._saved = None
        if message.run is None:
            self._unsent = sentences.not_restored(epoch)
        else:
            self._workspace.begin(message.run)
            self._workspace.mark_changed()
            self._unsent = sentences.restored(epoch) if epoch else ""
        self._send()

    def page_attached(self) -> None:
        self._send()

    def _send(self) -> None:
        if self._unsent and self._workspace.page is not None:
            self._workspace.post(facts.Notice(message=self._unsent))
            self._unsent = ""


def _computed(saved: Saved) -> Run | None:
    try:
        return saved.run()
    except ExperimentError:
        return None
