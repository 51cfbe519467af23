"""The handlers for pinned runs, and the messages about them."""

from typing import Self

from tinkernet.data.slices import Slice
from tinkernet.experiment import Experiment
from tinkernet.insight.compare import differences
from tinkernet.protocol import frames, intentions
from tinkernet.protocol.state import PinFact
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import Page
from tinkernet.session.pins.pinned import PinnedRun, PinnedRuns
from tinkernet.session.undo import UndoHistory
from tinkernet.session.wording import difference_fact
from tinkernet.session.workspace import Workspace, plane_of

PICTURE_CELLS = 48
PICTURE_SECONDS = 0.5
"""The minimum time between two pictures of a training pin."""


class Pins(SessionFeature):
    """Pinning, unpinning and opening runs, and training all pins along with the current run."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns, undo: UndoHistory) -> None:
        self._workspace, self._pinned, self._undo = workspace, pinned, undo
        self._sent: dict[int, tuple[float, tuple[int, int]]] = {}
        """For each pin that the page has: when its picture was last sent, and at which moment of the run."""

    def handlers(self) -> Handlers:
        return {
            intentions.PinRun: self._pin,
            intentions.Unpin: self._unpin,
            intentions.OpenPin: self._open,
            intentions.TrainPins: self._train_in_step,
        }

    def copy_state(self, original: Self) -> None:
        self._pinned.copy_state(original._pinned)

    def _pin(self, _message: intentions.PinRun) -> None:
        run = self._workspace.run
        self._pinned.check_room()
        with self._undo.change_pins(sentences.pin(run.epoch)):
            self._pinned.add(run.copy(), sentences.pinned(run.epoch))

    def _unpin(self, message: intentions.Unpin) -> None:
        pin = self._pinned.find(message.pin)
        with self._undo.change_pins(sentences.UNPIN):
            self._pinned.remove(pin)

    def _open(self, message: intentions.OpenPin) -> None:
        pin = self._pinned.find(message.pin)
        with self._undo.change_pins(sentences.OPEN_PINNED, pin.run):
            present = self._workspace.present
            self._pinned.replace(pin, present, sentences.present_until(present.epoch))

    def _train_in_step(self, message: intentions.TrainPins) -> None:
        if message.on:
            self._pinned.in_step = True
        else:
            self._pinned.stop()
        self._workspace.mark_changed()

    # --- What the page is sent -------------------------------------------------

    @property
    def in_step(self) -> bool:
        """Whether the pinned runs train along with the current one."""
        return self._pinned.in_step

    def facts(self, shown: Experiment) -> list[PinFact]:
        """All pins, for the state message."""
        return [
            PinFact(
                pin=pin.number,
                label=pin.label,
                differences=list(map(difference_fact, differences(pin.run.experiment, shown))),
                epoch=pin.run.epoch,
                train_loss=pin.run.train_loss,
                test_loss=pin.run.test_loss,
            )
            for pin in self._pinned
        ]

    def page_attached(self) -> None:
        self._sent = {}

    def report(self, page: Page) -> None:
        """Send the curve and picture of each pin that is new or has trained, at a limited rate while training."""
        now = self._workspace.clock()
        moving = self._workspace.playing or self._pinned.behind
        sent = {}
        for pin in self._pinned:
            moment = (pin.run.epoch, pin.run.position)
            before = self._sent.get(pin.number)
            due = before is None or (before[1] != moment and (not moving or now - before[0] > PICTURE_SECONDS))
            if due:
                page.post(picture_of(pin, plane_of(pin.run.experiment, self._workspace.view)))
            sent[pin.number] = (now, moment) if due or before is None else before
        self._sent = sent


def picture_of(pin: PinnedRun, plane: Slice) -> bytes:
    """The binary message with a pin's curve and picture."""
    run = pin.run
    rows = run.history.since(-1)
    kept = rows[:, 0] % frames.curve_stride(run.epoch) == 0
    kept[-1:] = True
    drawn, winners = run.experiment.head.drawn(run.output_fields(PICTURE_CELLS, plane=plane))
    (picture,), _ = frames.quantize(drawn[None], (1.0,))
    return frames.PinFrame(pin=pin.number, curve=rows[kept], picture=picture, winners=frames.winners_of(winners)).pack()
