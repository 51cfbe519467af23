"""Session: a playground that has a page, as an actor: it follows what the page says, trains, and tells what it sees.

What the page says lands in its inbox, and everything is done in its turns (see `workers.py`), one thread at a time.
What it has to say goes to the page that is connected just now, if there is one.
"""

import copy
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import ClassVar

import msgspec

from tinkernet import engine
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.link import View
from tinkernet.protocol import frames, messages
from tinkernet.session import comparing, editing, questions, settings, training
from tinkernet.session.background import Backstage
from tinkernet.session.inbox import (
    Arrived,
    Attached,
    CannotError,
    Diagnosed,
    EngineReady,
    Page,
    StartOpened,
    StartsReady,
)
from tinkernet.session.view import Curve, Looking, frame_of, points_of
from tinkernet.session.workspace import Playground
from tinkernet.session.scheduler import SLICE

CROWDED_FRAME_SECONDS = 1 / 15
"""Where many train at once, a page that plays gets its frames no closer than this."""

HEARD_ON_THE_WAY = (messages.Seek, messages.Watch, Attached, EngineReady, Arrived, Diagnosed, StartsReady)
"""What is followed while a moment of the past is on its way; all else waits until that is shown."""

log = logging.getLogger(__name__)


class Session(Playground):
    """A run under way and everything around it, with its page."""

    def __init__(self, name: str, experiment: Experiment, view: View, backstage: Backstage) -> None:
        super().__init__(name, experiment, view, backstage)
        self._waiting: deque[msgspec.Struct] = deque()
        """What the page said while a moment of the past was on its way."""
        self._withheld = False
        """Whether there may be more to tell when the page is free."""
        self._hurried = False
        """Whether a frame has overtaken the one that the page has not drawn yet."""
        self._points_sent: object = None
        self._frame_number = 0
        self._curve = Curve()

    def copy(self, name: str) -> "Session":
        """Another session, just as far as this one, for a page of its own."""
        with self.lock:
            twin = copy.copy(self)
            vars(twin).update(self.its_own(), name=name, _curve=Curve(), _waiting=deque())
        return twin

    def note_drawn(self, frame: int) -> bool:
        """The page has drawn this frame; whether there is something newer for it. From any thread."""
        if frame >= self._frame_number:
            self.drawn = True
        return self.drawn and (self.changed or self._withheld)

    # --- Turns ---------------------------------------------------------------

    def turn(self, slice_seconds: float) -> float | None:
        """Do what the page asked for, train a slice, and tell the page; when the next turn is due."""
        with self.lock:
            self._listen()
            if self.playing or self.pins.behind:
                training.train(self, slice_seconds, drawn=self.drawn)
            self._report(crowded=slice_seconds < SLICE)
            return self._due()

    def _listen(self) -> None:
        """Follow all that is said, in its order; on the way to the past only what cannot wait."""
        while self.inbox:
            message = self.inbox.popleft()
            internal = isinstance(message, HEARD_ON_THE_WAY) and not isinstance(message, messages.Seek)
            if not internal and (
                self._waiting or (self.travel.wanted is not None and not isinstance(message, messages.Seek))
            ):
                self._waiting.append(message)
            else:
                self._follow(message)
            if self.travel.wanted is None and self._waiting:
                self.inbox.extendleft(reversed(self._waiting))
                self._waiting.clear()

    def _due(self) -> float | None:
        if self.inbox or self.pins.behind:
            return time.perf_counter()
        diagnosis = self.diagnosing.due() if self.page is not None and self.drawn else None
        if not self.playing:
            return diagnosis
        due = self.pace.due()
        return due if diagnosis is None else min(due, diagnosis)

    def _follow(self, intention: msgspec.Struct) -> None:
        """Follow one intention; where that cannot be, nothing has changed and the page is told why."""
        try:
            self._follow_table[type(intention)](self, intention)
        except ExperimentError as error:
            self.tell(messages.Trouble(message=str(error), field=error.field))
        except CannotError as error:
            self.tell(messages.Trouble(message=str(error)))
        except Exception:
            # A fault of ours: it is logged, the page says so, and the run goes on.
            log.exception("%s was not followed", type(intention).__name__)
            self.tell(messages.Trouble(message="That went wrong inside tinkernet, and has been left out. The run is kept."))

    # --- What is said by ourselves, and what changes nothing ------------------

    def _attached(self, message: Attached) -> None:
        if self.owner is not message.page:
            return  # gone again already
        self.page = message.page
        self.drawn = True
        self.watch = None
        self._curve = Curve()
        self._points_sent = None
        self.pins.forget_page()
        self.many.forget_page()
        self.diagnosing.forget_page()
        self.seen()
        for trouble in message.troubles:
            self.tell(trouble)
        for notice in message.notices:
            self.tell(messages.Notice(message=notice))
        if message.link:
            self.inbox.append(messages.Open(link=message.link))
        comparing.wake_hands(self)

    def _engine_ready(self, _message: EngineReady) -> None:
        self.state_due = True

    def _diagnosed(self, message: Diagnosed) -> None:
        self.diagnosing.end(message, self.run_number)

    def _look(self, watch: messages.Watch) -> None:
        self.watch = watch
        self.changed = True

    # --- What the page is told -----------------------------------------------

    def _report(self, *, crowded: bool) -> None:
        """Tell the connected page what has changed."""
        page = self.page
        if page is None:
            self.state_due = False
            return
        if self.state_due:
            self.state_due = False
            self.tell(self._state())
        shown = (self.run_number, self.run.train_data)
        if self._points_sent != shown:
            self._points_sent = shown
            train, test = points_of(self.run.train_data), points_of(self.run.test_data)
            page.post(frames.encode_points(self.run_number, train, test))
        self._withheld = True  # before it is asked whether the page is free: it may get free just now
        if not self.drawn and self.framed == 0.0 and not self._hurried:
            # What a hand has just done need not wait for the frame before it to be drawn: one may overtake.
            self._hurried = True
            self._show_frame(page, crowded=crowded)
        if self.drawn:
            self._withheld = self._hurried = False
            self._show_frame(page, crowded=crowded)
            self.pins.report(page, moving=self.playing or self.pins.behind)
            self.many.report(page)
            self.diagnosing.report(page)
            self.diagnosing.begin(self.run, self.run_number, self.backstage, self)

    def _show_frame(self, page: Page, *, crowded: bool) -> None:
        """Send a frame if there is something new."""
        if self.watch is None or not self.changed:
            return
        now = time.perf_counter()
        if crowded and self.playing and now - self.framed < CROWDED_FRAME_SECONDS:
            return  # drawing everything for everyone would leave no time to train; the next turn is near
        self.changed = self.drawn = False
        self.framed = now
        self._frame_number += 1
        page.post(frames.encode(frame_of(self.run, self._looking(self.watch))))

    def _looking(self, watch: messages.Watch) -> Looking:
        # In the past the curve stays that of the present.
        stride, curve = self._curve.news(self.present, self.run_number)
        return Looking(
            watch=watch,
            frame=self._frame_number,
            run_number=self.run_number,
            playing=self.playing,
            slow=self.pace.speed.unit != "epoch",
            epochs_per_second=self.pace.epochs_per_second,
            curve=curve,
            curve_stride=stride,
        )

    def _state(self) -> messages.State:
        run, present = self.run, self.present
        return messages.State(
            experiment=run.experiment,
            view=self.view,
            link=self.link,
            sizes=list(run.layout.sizes),
            run=self.run_number,
            playing=self.playing,
            speed=self.pace.speed.name,  # type: ignore[arg-type]
            stop_epoch=self.stop_epoch,
            stop_loss=self.stop_loss,
            undo=self.undo.words,
            redo=self.redo.words,
            events=[messages.Event(epoch=event.epoch, text=event.text) for event in present.events],
            engine="compiled" if engine.compiled_ready() else "reference",
            present=present.epoch,
            in_past=self.travel.present is not None,
            pins=self.pins.told(run.experiment),
            training_pins=self.pins.training,
            frozen=editing.frozen_places(self),
            off=editing.places_off(self),
        )

    _follow_table: ClassVar[dict[type, Callable[..., None]]] = {
        Attached: _attached,
        EngineReady: _engine_ready,
        Diagnosed: _diagnosed,
        Arrived: comparing.arrived,
        StartsReady: comparing.starts_ready,
        StartOpened: comparing.start_opened,
        messages.Watch: _look,
        messages.Change: settings.change,
        messages.ChangeView: settings.change_view,
        messages.Open: settings.open_link,
        messages.Reset: settings.reset,
        messages.Rewind: settings.rewind,
        messages.NewPoints: settings.new_points,
        messages.Play: training.play,
        messages.Pause: training.pause,
        messages.Step: training.step,
        messages.SetSpeed: training.set_speed,
        messages.StopAt: training.stop_at,
        messages.SetWeight: editing.set_weight,
        messages.SetBias: editing.set_bias,
        messages.Freeze: editing.freeze,
        messages.Switch: editing.switch,
        messages.Undo: questions.take_back,
        messages.Redo: questions.do_again,
        messages.AskCode: questions.ask_code,
        messages.AskNeuron: questions.ask_neuron,
        messages.Seek: comparing.seek,
        messages.PinRun: comparing.pin,
        messages.Unpin: comparing.unpin,
        messages.OpenPin: comparing.open_pin,
        messages.TrainPins: comparing.train_pins,
        messages.Branch: comparing.branch,
        messages.StartMany: comparing.start_many,
        messages.StopMany: comparing.stop_many,
        messages.CloseMany: comparing.close_many,
        messages.OpenStart: comparing.open_start,
    }
