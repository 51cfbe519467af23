"""The view of a sweep in a cell of a notebook: its progress, and buttons that pause, continue and stop it."""

import math
import threading
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import traitlets
from anywidget import AnyWidget

from tinkernet.formatting import shortened
from tinkernet.notebook.built import script
from tinkernet.notebook.delivery import deliver_at_once
from tinkernet.notebook.workers import workers
from tinkernet.protocol.sweep_view import MOST_LETTERS, MOST_SETTINGS, SweepProgress, SweepRequest, SweepValue
from tinkernet.sweeps.running import Sweep


class SweepView(AnyWidget):
    """A sweep in a cell. What it shows is in `progress`, which a saved notebook keeps.

    It follows the sweep until that is over, and does not keep it in memory afterwards: then nothing changes.

    Args:
        sweep: the sweep that it shows.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)
    """How far the sweep is: `SweepProgress` as plain data."""

    def __init__(self, sweep: Sweep) -> None:
        self._sweep: Sweep | None = sweep
        self._looking = threading.Lock()
        """Held while progress is read and shown, so that none replaces a later one."""
        super().__init__(_esm=script("sweep.js"), progress=_plain(sweep))
        deliver_at_once(self.comm)
        self._workers = workers()
        self.on_msg(self._receive)
        self._workers.add(self)

    def tick(self) -> None:
        """Show how far the sweep is: called a few times a second, in another thread."""
        with self._looking:
            sweep = self._sweep
            if sweep is None:
                return
            over = sweep.over or self.comm is None  # before its progress is read, which is then the last
            if self.comm is not None:
                self.progress = _plain(sweep)
            if over:
                self._sweep = None
                self._workers.remove(self)

    def engine_ready(self) -> None:
        """The compiled engine has taken over, which changes nothing here."""

    def _receive(self, _widget: object, content: object, _buffers: list[Any]) -> None:
        """A message of one of the views, which may be anything."""
        try:
            request = msgspec.convert(content, SweepRequest)
        except msgspec.ValidationError:
            return
        sweep = self._sweep
        if request.kind == "ping":
            self._workers.send(self._answer)
        elif sweep is not None:
            _do(sweep, request)
            self.tick()

    def _answer(self) -> None:
        if self.comm is not None:
            self.send({"kind": "pong"})


def _do(sweep: Sweep, request: SweepRequest) -> None:
    match request.kind:
        case "pause":
            sweep.pause()
        case "continue":
            sweep.unpause()
        case "stop":
            sweep.stop(wait=False)


_VIEWS: WeakKeyDictionary[Sweep, SweepView] = WeakKeyDictionary()
_showing = threading.Lock()


def view_of(sweep: Sweep) -> SweepView:
    """The view of this sweep; the same one for each cell that shows it, unless it was closed."""
    with _showing:
        view = _VIEWS.get(sweep)
        if view is None or view.comm is None:
            view = _VIEWS[sweep] = SweepView(sweep)
    return view


def _plain(sweep: Sweep) -> dict[str, Any]:
    """How far this sweep is, as plain data."""
    names, best = sweep.plan.design.names[:MOST_SETTINGS], sweep.best_so_far
    texts = {} if best is None else best.texts
    values = [(label, texts[label]) for label in map(_label, names) if label in texts]
    progress = SweepProgress(
        phase=sweep.phase,
        settings=[_short(_label(name)) for name in names],
        done=sweep.done,
        runs=sweep.runs,
        kept=sweep.kept,
        per_second=_finite(sweep.runs_per_second),
        seconds_left=_finite(sweep.seconds_left),
        lowest_loss=None if best is None else _finite(best.loss),
        best=[SweepValue(name=_short(label), value=_short(value)) for label, value in values],
        error="" if sweep.error is None else _short(str(sweep.error)),
    )
    plain: dict[str, Any] = msgspec.to_builtins(progress)
    return plain


def _label(name: str) -> str:
    return name.replace("_", " ")


def _short(text: str) -> str:
    return shortened(text, MOST_LETTERS)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
