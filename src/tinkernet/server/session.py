"""Session: one open page's run, its view and its undo, and what each intention of the person does to them.

A session is an actor (see `workers.py`): what the page says lands in its inbox, and everything is done in its turns,
one thread at a time. What it has to say goes to the page that is connected just now, if there is one.
"""

import copy
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import ClassVar, Protocol, runtime_checkable

import msgspec

from tinkernet import engine, link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, fresh_seed
from tinkernet.export.python_code import python_code
from tinkernet.link import View
from tinkernet.network import Layout
from tinkernet.run import Run
from tinkernet.run.run import KEEPS_WEIGHTS
from tinkernet.server import frames, wire
from tinkernet.server.looking import Curve, Looking, frame_of, points_of
from tinkernet.server.pace import Pace
from tinkernet.server.slices import Slices, progress, small_step
from tinkernet.server.speeds import SPEEDS
from tinkernet.server.undo import Moment, Stack, Step
from tinkernet.server.words import change_in_words
from tinkernet.server.workers import SLICE, Place

MOST_PARAMETERS = 100_000
"""Larger networks are for Python: a page could not draw them, nor a frame carry them."""
MOST_EPOCHS = 10**9
"""As many as can be."""

CROWDED_FRAME_SECONDS = 1 / 15
"""Where many train at once, a page that plays gets its frames no closer than this."""

encoder = msgspec.json.Encoder()
log = logging.getLogger(__name__)


class _CannotError(Exception):
    """An intention that cannot be followed, with the words for the page."""


@runtime_checkable
class Page(Protocol):
    """The page at the other end; called from any thread."""

    def post(self, payload: str | bytes) -> None:
        """Send this, text or bytes, after all that was posted before."""


class Attached(msgspec.Struct, frozen=True):
    """A page has just been connected: it knows nothing yet. Comes from the server itself, never over the wire."""

    page: Page
    notices: tuple[str, ...] = ()
    troubles: tuple[wire.Trouble, ...] = ()
    link: str = ""
    """A link to open, where the page's address says something else than the session."""


class EngineReady(msgspec.Struct, frozen=True):
    """The compiled engine has taken over. Comes from the server itself, never over the wire."""


class Session:
    """A run under way and everything around it that a page shows."""

    def __init__(self, name: str, experiment: Experiment, view: View) -> None:
        self.name = name
        self.place = Place()
        self.lock = threading.Lock()
        """Held during a turn; whoever else looks inside takes it."""
        self.inbox: deque[msgspec.Struct] = deque()
        self.owner: Page | None = None
        """The page whose session this is just now; kept by the registry."""
        self.page: Page | None = None
        """The same page, once it was welcomed: what is told goes there."""
        self.last_seen = time.monotonic()
        """When a page was last connected; kept by the registry."""
        self.drawn = True
        """Whether the page has drawn the last frame, and is free for the next."""
        self.changed = True
        """Whether something that is seen has changed since the last frame."""

        self.run = _fresh_run(experiment)
        self.view = view
        self.playing = False
        self._pace = Pace()
        self._slices = Slices(self.run)
        self._undo, self._redo = Stack(), Stack()
        self._dragged: object = None
        self._stop_epoch: int | None = None
        self._stop_loss: float | None = None
        self._watch: wire.Watch | None = None
        self._run_number = 1
        self._state_due = False
        self._points_sent: object = None
        self._frame_number = 0
        self._framed = 0.0
        self._curve = Curve()

    def copy(self, name: str) -> "Session":
        """Another session, just as far as this one, for a page of its own."""
        with self.lock:
            twin = copy.copy(self)
            its_own = {
                "run": self.run.copy(),
                "_undo": self._undo.copy(),
                "_redo": self._redo.copy(),
                "_pace": copy.copy(self._pace),
                "_slices": copy.copy(self._slices),
            }
        nobodys = {"place": Place(), "lock": threading.Lock(), "inbox": deque(), "owner": None, "page": None}
        vars(twin).update(its_own, **nobodys, name=name, _curve=Curve())
        return twin

    @property
    def link(self) -> str:
        """The text after '#' that brings this experiment and view back."""
        return link.write(self.run.experiment, self.view)

    def note_drawn(self, frame: int) -> bool:
        """The page has drawn this frame; whether there is something newer for it. From any thread."""
        if frame >= self._frame_number:
            self.drawn = True
        return self.drawn and self.changed

    # --- Turns ---------------------------------------------------------------

    def turn(self, slice_seconds: float) -> float | None:
        """Do what the page asked for, train a slice, and tell the page; when the next turn is due."""
        with self.lock:
            while self.inbox:
                self._follow(self.inbox.popleft())
            if self.playing:
                self._train(slice_seconds)
            self._report(crowded=slice_seconds < SLICE)
            return self._due()

    def _due(self) -> float | None:
        if self.inbox:
            return time.perf_counter()
        return self._pace.due() if self.playing else None

    def _follow(self, intention: msgspec.Struct) -> None:
        """Follow one intention; where that cannot be, nothing has changed and the page is told why."""
        try:
            self._follow_table[type(intention)](self, intention)
        except ExperimentError as error:
            self._tell(wire.Trouble(message=str(error), field=error.field))
        except _CannotError as error:
            self._tell(wire.Trouble(message=str(error)))
        except Exception:
            # A fault of ours: it is logged, the page says so, and the run goes on.
            log.exception("%s was not followed", type(intention).__name__)
            self._tell(
                wire.Trouble(message="That went wrong inside tinkernet, and has been left out. The run is kept.")
            )

    # --- Training ------------------------------------------------------------

    def _train(self, slice_seconds: float) -> None:
        """Train as much as this speed owes by now, at most for this slice, and not on when an intention waits."""
        owed = self._pace.owed()
        if owed == 0:
            return
        if self._pace.speed.unit == "epoch":
            drawn = self.drawn

            def stop() -> bool:
                """Whether something came up: an intention, or a page that is free for its next frame."""
                return bool(self.inbox) or self.drawn is not drawn

            ended, made = self._slices.train(self.run, self._epochs_to_go(owed), slice_seconds, self._stop_loss, stop)
        else:
            before = progress(self.run)
            small_step(self.run, self._pace.speed.unit)
            ended, made = 1, progress(self.run) - before
        self._pace.pay(ended, made)
        self.changed = True
        reached = self._limit_reached()
        if reached:
            self._pause()
            self._tell(wire.Notice(message=f"Paused: {reached}."))

    def _epochs_to_go(self, owed: int | None) -> int:
        """How many epochs are owed, up to the limit."""
        left = self._stop_epoch - self.run.epoch if self._stop_epoch is not None else 0
        most = MOST_EPOCHS if owed is None else owed
        return min(most, left) if left > 0 else most

    def _limit_reached(self) -> str:
        """Which limit of StopAt has been reached, in words."""
        if self.run.position:
            return ""
        if self._stop_epoch is not None and self.run.epoch == self._stop_epoch:
            return f"epoch {self._stop_epoch:,} is reached"
        if self._stop_loss is not None and self.run.train_loss <= self._stop_loss:
            return f"the training loss is down to {self.run.train_loss:.4g}"
        return ""

    # --- What the page says --------------------------------------------------

    def _attached(self, message: Attached) -> None:
        if self.owner is not message.page:
            return  # gone again already
        self.page = message.page
        self.drawn = True
        self._watch = None
        self._curve = Curve()
        self._points_sent = None
        self._state_due = self.changed = True
        for trouble in message.troubles:
            self._tell(trouble)
        for notice in message.notices:
            self._tell(wire.Notice(message=notice))
        if message.link:
            self._open(wire.Open(link=message.link))

    def _engine_ready(self, _message: EngineReady) -> None:
        self._state_due = True

    def _look(self, watch: wire.Watch) -> None:
        self._watch = watch
        self.changed = True

    def _change(self, change: wire.Change) -> None:
        old = self.run.experiment
        settings = _settings(change.settings)
        new = old.replace(**settings)
        changed = [name for name in Experiment.__struct_fields__ if getattr(old, name) != getattr(new, name)]
        key = ("change", *sorted(settings))
        if changed:
            _check_size(new)
            words = change_in_words(old, new, changed, settings)
            if changed == ["learning_rate"] or (change.keep_weights and set(changed) <= set(KEEPS_WEIGHTS)):
                self._remember(words, key)
                self.run.change(**{name: getattr(new, name) for name in changed})
            else:
                run = _fresh_run(new)
                self._remember(words, key)
                self._begin(run)
            self._dragged = key
            self._seen()
        if change.done:
            self._dragged = None

    def _change_view(self, change: wire.ChangeView) -> None:
        values = msgspec.structs.asdict(self.view)
        for name, raw in change.view.items():
            if name not in values:
                raise ExperimentError("the view", name, f"one of {', '.join(values)}")
            values[name] = _value(name, raw)
        try:
            view = msgspec.convert(values, View)
        except msgspec.ValidationError as error:
            raise _CannotError(f"The view cannot be so: {error}") from error
        self._show(view, self.run.experiment, f"Show: {', '.join(change.view).replace('_', ' ')}")

    def _open(self, message: wire.Open) -> None:
        reading = link.read(message.link)
        for notice in reading.notices:
            self._tell(wire.Notice(message=notice))
        self._show(reading.view, reading.experiment, "Open a link")

    def _show(self, view: View, experiment: Experiment, words: str) -> None:
        """Take this view, and this experiment if it is another one."""
        # A feature whose control is hidden is taken out altogether, as a link says it.
        features = tuple(name for name in experiment.features if name not in view.hidden)
        experiment = experiment.replace(features=features)
        if experiment != self.run.experiment:
            _check_size(experiment)
            run = _fresh_run(experiment)
            self._remember(words)
            self.view = view
            self._pause()
            self._begin(run)
        elif view != self.view:
            self._remember(words, whole=False)
            self.view = view
        else:
            return
        self._seen()

    def _play(self, _message: wire.Play) -> None:
        reached = self._limit_reached()
        if reached:
            self._tell(wire.Notice(message=f"Not played: {reached}. Take that limit away, or start again."))
            return
        if not self.playing:
            self.playing = True
            self._pace.start()
            self._seen()

    def _pause_asked(self, _message: wire.Pause) -> None:
        if self.playing and self.run.position and self._pace.speed.unit == "epoch":
            # A large network's epoch was under way: pictures and numbers that stand still are those of whole epochs.
            self.run.train(1)
        self._pause()

    def _pause(self) -> None:
        if self.playing:
            self.playing = False
            self._pace.stop()
            self._seen()

    def _step(self, _message: wire.Step) -> None:
        self._pause()
        if self._pace.speed.unit == "epoch":
            self.run.train(1)
        else:
            small_step(self.run, self._pace.speed.unit)
        self.changed = True

    def _reset(self, _message: wire.Reset) -> None:
        self._remember("Reset")
        self._pause()
        self.run.reset()
        self._begin(self.run)
        self._seen()

    def _rewind(self, _message: wire.Rewind) -> None:
        self._remember("Rewind")
        self._pause()
        self.run.rewind()
        self._begin(self.run)
        self._seen()

    def _new_points(self, _message: wire.NewPoints) -> None:
        run = _fresh_run(self.run.experiment.replace(seed=fresh_seed(), start=0))
        self._remember("New points")
        self._pause()
        self._begin(run)
        self._seen()

    def _set_speed(self, message: wire.SetSpeed) -> None:
        if message.speed != self._pace.speed.name:
            self._pace.speed = SPEEDS[message.speed]
            self._pace.start()
            self._seen()

    def _stop_at(self, message: wire.StopAt) -> None:
        self._stop_epoch, self._stop_loss = message.epoch, message.train_loss
        self._state_due = True

    def _set_weight(self, message: wire.SetWeight) -> None:
        sizes = self.run.layout.sizes
        if message.layer >= len(sizes) - 1:
            raise _CannotError("There is no such layer any more.")
        if message.to >= sizes[message.layer + 1] or message.source >= sizes[message.layer]:
            raise _CannotError("There is no such weight any more.")
        value = _finite(message.value)
        key = ("weight", message.layer, message.to, message.source)
        self._remember("Weight by hand", key)
        self.run.set_weight(message.layer, message.to, message.source, value)
        self._dragged = None if message.done else key
        self._seen()

    def _set_bias(self, message: wire.SetBias) -> None:
        sizes = self.run.layout.sizes
        if message.layer >= len(sizes) - 1 or message.neuron >= sizes[message.layer + 1]:
            raise _CannotError("There is no such neuron any more.")
        value = _finite(message.value)
        key = ("bias", message.layer, message.neuron)
        self._remember("Bias by hand", key)
        self.run.set_bias(message.layer, message.neuron, value)
        self._dragged = None if message.done else key
        self._seen()

    def _take_back(self, _message: wire.Undo) -> None:
        self._swap(self._undo, self._redo)

    def _do_again(self, _message: wire.Redo) -> None:
        self._swap(self._redo, self._undo)

    def _ask_code(self, _message: wire.AskCode) -> None:
        self._tell(wire.PythonCode(code=python_code(self.run)))

    # --- Changing the run ----------------------------------------------------

    def _begin(self, run: Run) -> None:
        """Go on with another run, or with this one from elsewhere."""
        self.run = run
        self._slices = Slices(run)
        self._run_number += 1

    def _seen(self) -> None:
        """Something has changed that the page shows, and at once."""
        self._state_due = self.changed = True
        self._framed = 0.0

    def _remember(self, words: str, key: object = None, *, whole: bool = True) -> None:
        """Before something is changed: keep what it was, unless this goes on with the drag that is under way."""
        dragged, self._dragged = self._dragged, None
        if key is None or key != dragged:
            self._undo.push(Step(words, self._moment(whole=whole)))
            self._redo.clear()

    def _moment(self, *, whole: bool) -> Moment:
        return Moment(self.view, self.run.checkpoint() if whole else None)

    def _swap(self, source: Stack, target: Stack) -> None:
        """Go to the other side of the newest step of `source`, and keep this side in `target`."""
        step = source.pop()
        if step is None:
            return
        self._dragged = None
        checkpoint = step.moment.checkpoint
        target.push(Step(step.words, self._moment(whole=checkpoint is not None)))
        self.view = step.moment.view
        if checkpoint is not None:
            # What comes back would be gone at once if training went on.
            self._pause()
            self.run.restore(checkpoint)
            self._begin(self.run)
        self._seen()

    # --- What the page is told -----------------------------------------------

    def _tell(self, message: wire.ToPage) -> None:
        if self.page is not None:
            self.page.post(encoder.encode(message).decode())

    def _report(self, *, crowded: bool) -> None:
        """Tell the connected page what has changed."""
        page = self.page
        if page is None:
            self._state_due = False
            return
        if self._state_due:
            self._state_due = False
            self._tell(self._state())
        shown = (self._run_number, self.run.train_data)
        if self._points_sent != shown:
            self._points_sent = shown
            train, test = points_of(self.run.train_data), points_of(self.run.test_data)
            page.post(frames.encode_points(self._run_number, train, test))
        if self.changed and self.drawn and self._watch is not None:
            now = time.perf_counter()
            if crowded and self.playing and now - self._framed < CROWDED_FRAME_SECONDS:
                return  # drawing everything for everyone would leave no time to train; the next turn is near
            self.changed = self.drawn = False
            self._framed = now
            self._frame_number += 1
            page.post(frames.encode(frame_of(self.run, self._looking(self._watch))))

    def _looking(self, watch: wire.Watch) -> Looking:
        stride, curve = self._curve.news(self.run, self._run_number)
        return Looking(
            watch=watch,
            frame=self._frame_number,
            run_number=self._run_number,
            playing=self.playing,
            slow=self._pace.speed.unit != "epoch",
            epochs_per_second=self._pace.epochs_per_second,
            curve=curve,
            curve_stride=stride,
        )

    def _state(self) -> wire.State:
        run = self.run
        return wire.State(
            experiment=run.experiment,
            view=self.view,
            link=self.link,
            sizes=list(run.layout.sizes),
            run=self._run_number,
            playing=self.playing,
            speed=self._pace.speed.name,  # type: ignore[arg-type]
            stop_epoch=self._stop_epoch,
            stop_loss=self._stop_loss,
            undo=self._undo.words,
            redo=self._redo.words,
            events=[wire.Event(epoch=event.epoch, text=event.text) for event in run.events],
            engine="compiled" if engine.compiled_ready() else "reference",
            present=run.epoch,
            in_past=False,
            pins=[],
            training_pins=False,
            frozen=[],
            off=[],
        )

    _follow_table: ClassVar[dict[type, Callable[..., None]]] = {
        Attached: _attached,
        EngineReady: _engine_ready,
        wire.Watch: _look,
        wire.Change: _change,
        wire.ChangeView: _change_view,
        wire.Open: _open,
        wire.Play: _play,
        wire.Pause: _pause_asked,
        wire.Step: _step,
        wire.Reset: _reset,
        wire.Rewind: _rewind,
        wire.NewPoints: _new_points,
        wire.SetSpeed: _set_speed,
        wire.StopAt: _stop_at,
        wire.SetWeight: _set_weight,
        wire.SetBias: _set_bias,
        wire.Undo: _take_back,
        wire.Redo: _do_again,
        wire.AskCode: _ask_code,
    }


def _fresh_run(experiment: Experiment) -> Run:
    _check_size(experiment)
    return Run(experiment)


def _check_size(experiment: Experiment) -> None:
    """That the page can draw such a network."""
    count = Layout((len(experiment.features), *experiment.hidden, 1)).count
    if count > MOST_PARAMETERS:
        allowed = (
            f"a network of at most {MOST_PARAMETERS:,} weights on the page; this one has {count:,} (Python takes it)"
        )
        raise ExperimentError("hidden", experiment.hidden, allowed)


def _settings(raw: dict[str, msgspec.Raw]) -> dict[str, object]:
    return {name: _value(name, value) for name, value in raw.items()}


def _value(name: str, raw: msgspec.Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise ExperimentError(name, bytes(raw).decode(errors="replace"), "JSON") from error


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise _CannotError("A weight must be a finite number.")
    return float(value)
