"""Comparing: back to an earlier moment, pinned runs, cures tried as branches, and many starts."""

from tinkernet.protocol import messages
from tinkernet.session.settings import changed_fields, settings_of
from tinkernet.session.inbox import Arrived, CannotError, StartOpened, StartsReady
from tinkernet.session.starts import Training, check_many
from tinkernet.session.workspace import Playground, fresh_run
from tinkernet.session.training import pause, play
from tinkernet.session.wording import change_in_words

# --- Time travel ---------------------------------------------------------------


def seek(ground: Playground, message: messages.Seek) -> None:
    """Show another moment of this run."""
    present = ground.present
    if message.epoch is None or (message.epoch == present.epoch and present.position == 0):
        ground.come_back()
        return
    if message.epoch > present.epoch:
        raise CannotError(f"This run has not been at epoch {message.epoch:,} yet.")
    pause(ground, messages.Pause())
    ground.travel.go(message.epoch, present, ground.backstage, ground)


def arrived(ground: Playground, message: Arrived) -> None:
    """A moment of the past is there: show it, if it is still wanted."""
    present = ground.present
    if not ground.travel.arrive(message, present, ground.backstage, ground):
        return
    if message.run is None:
        raise CannotError(f"Epoch {message.epoch:,} could not be computed again. The run is as it was.")
    ground.dragged = None
    ground.travel.present = present
    ground.show(message.run)
    ground.seen()


# --- Pins ------------------------------------------------------------------------


def pin(ground: Playground, _message: messages.PinRun) -> None:
    """Keep what is shown."""
    ground.pins.check_room()
    ground.remember_pins(f"Pin at epoch {ground.run.epoch:,}")
    ground.pins.add(ground.run.copy(), f"pinned at epoch {ground.run.epoch:,}")
    ground.seen()


def unpin(ground: Playground, message: messages.Unpin) -> None:
    """Let a pinned run go."""
    found = ground.pins.find(message.pin)
    ground.remember_pins("Unpin")
    ground.pins.remove(found)
    ground.seen()


def open_pin(ground: Playground, message: messages.OpenPin) -> None:
    """A pinned run and the present one change places."""
    found = ground.pins.find(message.pin)
    ground.come_back()
    ground.remember("Open a pinned run", pins=True)
    ground.pause()
    ground.pins.exchange(found, ground.run, f"left at epoch {ground.run.epoch:,}")
    ground.begin(found.run)
    ground.seen()


def train_pins(ground: Playground, message: messages.TrainPins) -> None:
    """Whether pinned runs train in step."""
    if message.on:
        ground.pins.training = True
    else:
        ground.pins.stop()
    ground.seen()


def branch(ground: Playground, message: messages.Branch) -> None:
    """Try a cure beside what there is."""
    old = ground.run.experiment
    settings = settings_of(message.settings)
    new = old.replace(**settings)
    words = change_in_words(old, new, changed_fields(old, new), settings) or "The same again"
    run = fresh_run(new)
    ground.pins.check_room()
    ground.come_back()
    ground.remember(f"Try: {words}", pins=True)
    ground.pins.add(ground.run, f"before: {words}")
    ground.begin(run)
    ground.seen()
    play(ground, messages.Play())


# --- Many starts -------------------------------------------------------------------


def start_many(ground: Playground, message: messages.StartMany) -> None:
    """Train many starts of what is shown, backstage."""
    experiment = ground.run.experiment
    check_many(message, experiment)
    number = ground.many.next_number()
    training = Training(
        number,
        message,
        experiment,
        hands_wanted=lambda: _hands_wanted(ground),
        heard=lambda: ground.backstage.wake(ground),
        opened=lambda opened: ground.backstage.tell(ground, opened),
    )
    ground.many.start(training)
    ground.backstage.compute(ground, lambda: StartsReady(number, training.build()), StartsReady(number, None))


def starts_ready(ground: Playground, message: StartsReady) -> None:
    """They can begin to train."""
    training = ground.many.find(message.number)
    if training is None:
        return
    if message.starts is None:
        ground.many.close()
        raise CannotError("The many starts could not be drawn.")
    training.begin(message.starts, ground.backstage.hands)
    wake_hands(ground)


def stop_many(ground: Playground, _message: messages.StopMany) -> None:
    """Train them no further."""
    if ground.many.training is None:
        raise CannotError("There are no many starts.")
    ground.many.training.stopping = True


def close_many(ground: Playground, _message: messages.CloseMany) -> None:
    """Forget them."""
    ground.many.close()


def open_start(ground: Playground, message: messages.OpenStart) -> None:
    """One of them is to be the run, as soon as it can be given out."""
    if ground.many.training is None:
        raise CannotError("There are no many starts.")
    ground.many.training.open(message.index)


def start_opened(ground: Playground, message: StartOpened) -> None:
    """One of them has been given out: it is the run."""
    ground.come_back()
    ground.remember(f"Open start {message.index}")
    ground.pause()
    ground.begin(message.run)
    ground.seen()


def wake_hands(ground: Playground) -> None:
    """Go on with the many starts, if there are any."""
    if ground.many.training is not None:
        for hand in ground.many.training.hands:
            ground.backstage.wake(hand)


def _hands_wanted(ground: Playground) -> float:
    """None while nobody looks; one while the page plays, which needs the other cores; half a one at full speed."""
    if ground.page is None:
        return 0
    if ground.playing:
        return 1 if ground.pace.speed.per_second is not None else 0.5
    return ground.backstage.hands
