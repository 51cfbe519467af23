"""The handlers for pinned runs, and the messages about them."""

from typing import NamedTuple, Self

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
from tinkernet.session.workspace import Workspace

PICTURE_CELLS = 48
PICTURE_SECONDS = 0.5
"""The minimum time between two pictures of a training pin."""
SLICE_SECONDS = 0.1
"""The same while the person chooses what is drawn of the data."""


class Sent(NamedTuple):
    """A picture of a pin: when it was sent, and what it shows of the run and of the data."""

    at: float
    moment: tuple[int, int]
    plane: Slice


class Pins(SessionFeature):
    """Pinning, unpinning and opening runs, and training all pins along with the current run."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns, undo: UndoHistory) -> None:
        self._workspace, self._pinned, self._undo = workspace, pinned, undo
        self._sent: dict[int, Sent] = {}
        """What the page has of each pin."""
        self._due: float | None = None
        """When the next picture of a pin is due."""

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
            self._workspace.view = self._workspace.view_of(pin.run.experiment)
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
        now, sent, dues = self._workspace.clock(), {}, []
        for pin in self._pinned:
            run = pin.run
            shown = Sent(now, (run.epoch, run.position), self._workspace.plane_of(run.experiment))
            before = self._sent.get(pin.number)
            due = now if before is None else self._due_after(before, shown)
            if before is None or (due is not None and due <= now):
                page.post(picture_of(pin, shown.plane))
                before = shown
            elif due is not None:
                dues.append(due)
            sent[pin.number] = before
        self._sent, self._due = sent, min(dues, default=None)

    def due(self) -> float | None:
        return self._due

    def _due_after(self, before: Sent, shown: Sent) -> float | None:
        """When a pin's next picture is due; None if the page has what there is."""
        if before.moment != shown.moment:
            moving = self._workspace.playing or self._pinned.behind
            return before.at + PICTURE_SECONDS if moving else shown.at
        return before.at + SLICE_SECONDS if before.plane != shown.plane else None


def picture_of(pin: PinnedRun, plane: Slice) -> bytes:
    """The binary message with a pin's curve and picture."""
    run = pin.run
    rows = run.history.since(-1)
    kept = rows[:, 0] % frames.curve_stride(run.epoch) == 0
    kept[-1:] = True
    outputs = run.output_fields(PICTURE_CELLS, plane=plane)
    drawn, winners = run.experiment.head.drawn(outputs)
    (picture,), _ = frames.quantize(drawn[None], (1.0,))
    return frames.PinFrame(
        pin=pin.number,
        classes=0 if winners is None else len(outputs),
        curve=rows[kept],
        picture=picture,
        winners=frames.winners_of(winners),
    ).pack()
