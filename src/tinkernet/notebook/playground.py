"""The widget: the page in a cell of a notebook, with a session in the kernel."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, Unpack

import traitlets
from anywidget import AnyWidget

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Settings
from tinkernet.export.pictures.in_notebook import MOST_PARAMETERS, png_of
from tinkernet.fragment import View
from tinkernet.notebook.built import digest, packed, script
from tinkernet.notebook.delivery import deliver_at_once
from tinkernet.notebook.desk import Desk
from tinkernet.notebook.saved import saved
from tinkernet.notebook.widget_run import WidgetRun
from tinkernet.notebook.workers import workers
from tinkernet.run import Run
from tinkernet.session.source import Source
from tinkernet.session.workspace import page_run

KEPT_SECONDS = 2.0
"""Between two pictures that the notebook keeps while the run is training."""


class Playground(AnyWidget):
    """The page in a cell of a notebook. Training runs in the kernel, in threads, also while other cells run.

    Args:
        shown: what to show: a run, of which the widget gets a copy; an experiment, or a link; by default the default
            experiment.
        settings: fields of the experiment, which replace those of `shown`.

    Raises:
        ExperimentError: a setting is not allowed, or the network is too large for a page.

    Example:
        >>> w = Playground(Run(dataset="circle", seed="0.12345").train(100))
        >>> w.run.epoch, w.experiment.dataset
        (100, 'circle')
        >>> w.experiment = w.experiment.replace(dataset="spiral")
        >>> w.run.epoch
        0
        >>> w.close()
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _saved = traitlets.Dict().tag(sync=True)
    """What a notebook's file keeps of the widget, with one picture."""
    experiment = traitlets.Instance(Experiment)
    """The current experiment. It changes with the page; assigning another one begins a new run."""
    run = traitlets.Instance(Run)
    """The current run. What is done to it is shown, and what is done on the page is done to it.

    Assigning another run shows a copy of that.
    """

    _desk: Desk | None = None
    """None only where a setting was not allowed: that is closed, too."""

    def __init__(self, shown: Run | Experiment | str | None = None, **settings: Unpack[Settings]) -> None:
        run, view = _opened(shown, settings)
        self._show(run, view)

    def _show(self, run: Run, view: View, source: Source | None = None) -> None:
        """Become the widget that shows this run, which a source may train."""
        self._workers = workers()
        self._desk = desk = Desk(run, view, self._workers, self._follow, source)
        self._session = desk.session
        self._shown = WidgetRun(desk.session)
        self._loop = _running_loop()
        self._keeping = threading.Lock()
        """Held while a picture is made and kept, so that none replaces a later one."""
        self._noted: tuple[object, ...] = _moment(run)
        self._kept: tuple[object, ...] = self._noted
        self._kept_at = time.monotonic()
        super().__init__(_esm=script("widget.js"), run=self._shown, experiment=run.experiment, _saved=saved(run, view))
        deliver_at_once(self.comm)
        self.on_msg(self._receive)
        self._workers.add(desk)

    def close(self) -> None:
        """Take the widget off all pages; its run is paused."""
        if self._desk is not None:
            self._workers.remove(self._desk)
            self._desk.close()
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        # Whatever becomes of the kernel: a notebook that is executed by a program ends with its last cell.
        self._keep()
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None or self._shown.layout.count > MOST_PARAMETERS:
            return bundle
        # For what runs no scripts, such as the preview of a notebook in a repository.
        return {**bundle[0], "image/png": png_of(self._pictured())}, bundle[1]

    # --- Traits ----------------------------------------------------------------

    @traitlets.validate("run")
    def _set_run(self, proposal: dict[str, Any]) -> Run:
        run = proposal["value"]
        if run is not self._shown:
            self._session.show_run(run.copy())
            self._later(self._notice)
        return self._shown

    @traitlets.validate("experiment")
    def _set_experiment(self, proposal: dict[str, Any]) -> Experiment:
        experiment: Experiment = proposal["value"]
        if experiment != self._shown.experiment:
            self._session.show_run(page_run(experiment))
        return experiment

    # --- What changes ----------------------------------------------------------

    def _follow(self) -> None:
        """Let observers know of changes, and keep a picture: called a few times a second, in another thread."""
        if self.comm is None:
            return
        moment = _moment(self._shown)
        if moment[1:] != self._noted[1:]:
            self._noted = moment
            self._later(self._notice)
        if moment != self._kept:
            busy = self._session.playing or self._session.watched
            if not busy or time.monotonic() - self._kept_at >= KEPT_SECONDS:
                self._keep()

    def _keep(self) -> None:
        """Let the notebook keep a picture of the run as it is now."""
        with self._keeping:
            run = self._session.run
            self._kept, self._kept_at = _moment(run), time.monotonic()
            self._saved = saved(self._pictured(), self._session.view)

    def _pictured(self) -> Run:
        """The run as it is now, of which the notebook keeps a picture."""
        run: Run = self._session.run
        return run

    def _notice(self) -> None:
        """Call the functions that observe the experiment or the run."""
        self.experiment = self._shown.experiment
        self.notify_change({"name": "run", "old": self._shown, "new": self._shown, "owner": self, "type": "change"})

    def _later(self, call: Callable[[], None]) -> None:
        """Call this in the thread that runs the cells, between two cells, where there is one that can be asked."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call)
        else:
            call()

    # --- Messages --------------------------------------------------------------

    def _receive(self, _widget: object, content: object, buffers: list[Any]) -> None:
        """A message of one of the widget's views."""
        if self._desk is None or not isinstance(content, dict):
            return
        if content.get("kind") == "ping":
            self._send_later({"kind": "pong", "digest": digest("widget-page.js")}, [])
        elif content.get("kind") == "script":
            self._send_later({"kind": "script"}, [packed("widget-page.js")])
        else:
            self._desk.receive(content, buffers, self._send_later)

    def _send_later(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self._workers.send(lambda: self._send_now(content, buffers))

    def _send_now(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        if self.comm is not None:
            self.send(content, buffers)


def _opened(shown: Run | Experiment | str | None, settings: Settings) -> tuple[Run, View]:
    """The run and the view that a widget begins with."""
    if isinstance(shown, Run):
        if settings:
            raise ExperimentError("settings", ", ".join(settings), "given with an experiment; a run has its own")
        return shown.copy(), View()
    view = View()
    if isinstance(shown, str):
        shown, view = link.parse(shown)
    if shown is None:
        shown = Experiment()
    if not isinstance(shown, Experiment):
        raise ExperimentError("shown", shown, "a Run, an Experiment, or a link")
    return page_run(shown.replace(**settings) if settings else shown), view


def _moment(run: Run) -> tuple[object, ...]:
    """What of a run its observers want to know; first the epoch, which changes all the time while it trains."""
    state = run._state
    return state.epoch, state.origin, state.experiment, state.events


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
