"""Playing: what Play, Pause, Step and their like do, and what training a slice is."""

from collections.abc import Callable
from time import perf_counter

from tinkernet.protocol import messages
from tinkernet.session.workspace import Playground
from tinkernet.session.slices import progress, small_step
from tinkernet.protocol.speeds import SPEEDS

MOST_EPOCHS = 10**9
"""As many as can be."""


def play(ground: Playground, _message: messages.Play) -> None:
    """Train from now on."""
    reached = limit_reached(ground)
    if reached:
        ground.tell(messages.Notice(message=f"Not played: {reached}. Take that limit away, or start again."))
        return
    ground.go_on_from_here(f"Play on from epoch {ground.run.epoch:,}")
    if not ground.playing:
        ground.playing = True
        ground.pace.start()
        ground.seen()


def pause(ground: Playground, _message: messages.Pause) -> None:
    """Train no more, once an epoch of a large network that was under way is whole."""
    if ground.playing and ground.run.position and ground.pace.speed.unit == "epoch":
        # Pictures and numbers that stand still are those of whole epochs.
        ground.run.train(1)
        ground.pins.owe(1)
    ground.pause()


def step(ground: Playground, _message: messages.Step) -> None:
    """One epoch, or one step of slow motion."""
    ground.go_on_from_here(f"Step on from epoch {ground.run.epoch:,}")
    ground.pause()
    unit = ground.pace.speed.unit
    if unit == "epoch":
        ground.run.train(1)
        ground.pins.owe(1)
    else:
        small_step(ground.run, unit)
        ground.pins.step(unit)
    ground.changed = ground.state_due = ground.diagnosing.wanted = True


def set_speed(ground: Playground, message: messages.SetSpeed) -> None:
    """How fast from now on."""
    if message.speed != ground.pace.speed.name:
        ground.pace.speed = SPEEDS[message.speed]
        ground.pace.start()
        ground.seen()


def stop_at(ground: Playground, message: messages.StopAt) -> None:
    """Where to pause by itself."""
    ground.stop_epoch, ground.stop_loss = message.epoch, message.train_loss
    ground.state_due = True


def train(ground: Playground, slice_seconds: float, *, drawn: bool) -> None:
    """Train as much as this speed owes by now, at most for this slice, and not on when an intention waits."""
    end = perf_counter() + slice_seconds

    def stop() -> bool:
        """Whether something came up: an intention, or a page that is free for its next frame."""
        return bool(ground.inbox) or ground.drawn is not drawn

    if ground.pins.behind:
        # They train in step: the present run waits for them.
        ground.pins.train(slice_seconds, stop)
        if ground.pins.behind:
            return
        ground.state_due = ground.state_due or not ground.playing
    if ground.playing:
        _train_present(ground, slice_seconds, stop)
        ground.pins.train(max(end - perf_counter(), slice_seconds / 2), stop)


def _train_present(ground: Playground, slice_seconds: float, stop: Callable[[], bool]) -> None:
    owed = ground.pace.owed()
    if owed == 0:
        return
    unit = ground.pace.speed.unit
    if unit == "epoch":
        seconds = slice_seconds / (1 + ground.pins.beside)
        ended, made = ground.slices.train(ground.run, _epochs_to_go(ground, owed), seconds, ground.stop_loss, stop)
        ground.pins.owe(ended)
    else:
        before = progress(ground.run)
        small_step(ground.run, unit)
        ground.pins.step(unit)
        ended, made = 1, progress(ground.run) - before
    ground.pace.pay(ended, made)
    ground.changed = ground.diagnosing.wanted = True
    reached = limit_reached(ground)
    if reached:
        ground.pause()
        ground.tell(messages.Notice(message=f"Paused: {reached}.", passing=True))


def _epochs_to_go(ground: Playground, owed: int | None) -> int:
    """How many epochs are owed, up to the limit."""
    left = ground.stop_epoch - ground.run.epoch if ground.stop_epoch is not None else 0
    most = MOST_EPOCHS if owed is None else owed
    return min(most, left) if left > 0 else most


def limit_reached(ground: Playground) -> str:
    """Which limit of StopAt has been reached, in words."""
    if ground.run.position:
        return ""
    if ground.stop_epoch is not None and ground.run.epoch == ground.stop_epoch:
        return f"epoch {ground.stop_epoch:,} is reached"
    if ground.stop_loss is not None and ground.run.train_loss <= ground.stop_loss:
        return f"the training loss is down to {ground.run.train_loss:.4g}"
    return ""
