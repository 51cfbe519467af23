"""Run: an experiment under way. Train it, edit it, look into it, keep it."""

import time
from collections.abc import Callable
from dataclasses import replace
from os import PathLike
from typing import Any, Self, Unpack

from tinkernet import checks, engine
from tinkernet.data import Stream
from tinkernet.engine import Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Settings, changed_fields
from tinkernet.joints import joined
from tinkernet.run import holding, replay
from tinkernet.run.beginning import data_of, examples_of, first_parameters, rule_of, stream_before
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import (
    DATA_SETTINGS,
    KEEPS_WEIGHTS,
    BiasSet,
    Changed,
    Event,
    Frozen,
    Switched,
    WeightSet,
    same_place,
)
from tinkernet.run.finding import Finding
from tinkernet.run.reader import RunReader
from tinkernet.run.state import RunState

SLICE_SECONDS = 0.02
"""How long the engine works before Python runs again: for Ctrl-C, and for whoever wants to stop it."""
MOST_EPOCHS = 1_000_000_000


class Run(RunReader):
    """An experiment under way: a network, its points, and how far it has been trained.

    Layers are counted from the first one after the inputs, which is 0; so are neurons within a layer. A run is for one
    thread at a time. Whatever interrupts it, it is at a whole moment: what was under way is as if it had not begun.

    Args:
        experiment: an `Experiment`, or a link to one.
        settings: the experiment's fields, instead of it, or changed in it.

    Example:
        >>> run = Run(dataset="circle", seed="0.12345").train(epochs=100)
        >>> round(run.test_loss, 6)
        0.01145
    """

    __slots__ = ()

    def __init__(self, experiment: Experiment | str | None = None, **settings: Unpack[Settings]) -> None:
        self._commit(RunState.beginning(_experiment(experiment, settings)))

    def _commit(self, state: RunState) -> None:
        """Be at this moment from now on: the one assignment that changes a run."""
        object.__setattr__(self, "_state", state)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse what would be ignored: only the learning rate can be set like this."""
        if name == "learning_rate":
            object.__setattr__(self, name, value)
            return
        if name in KEEPS_WEIGHTS:
            hint = f"use run.change({name}=…)"
        elif name in Experiment.__struct_fields__:
            hint = f"make another one, as Run(run.experiment.replace({name}=…))"
        else:
            hint = "see help(tinkernet.Run) for what it has" + checks.suggestion(name, dir(type(self)))
        raise AttributeError(f"{name} of a run cannot be set: {hint}", name=name, obj=self)

    def diagnosis(self, *, thorough: bool = False, notes: bool = False) -> list[Finding]:
        """Why it does not learn, the most important finding first; empty where there is nothing to say.

        With `thorough` many starts of the same network are trained too, which takes some seconds. With `notes` it also
        says how training goes where nothing is wrong, as "falling" with the epochs left.
        """
        findings: list[Finding] = joined("diagnose")(self, thorough=thorough, notes=notes)
        return findings

    # --- Training -------------------------------------------------------------

    def train(
        self, epochs: int = 1, *, until_loss: float | None = None, stop: Callable[[], bool] | None = None
    ) -> Self:
        """Train for some epochs and return the run. An epoch that has begun counts as the first.

        Ends before that when the training loss is no larger than `until_loss`, or when `stop`, called every few
        milliseconds, returns True; then an epoch may be left half-way, and the next call goes on from there.

        Raises:
            ExperimentError: `epochs` is not from 1 to 1,000,000,000, or `until_loss` is negative.
        """
        target = self.epoch + checks.whole("epochs", epochs, 1, MOST_EPOCHS)
        if until_loss is not None:
            until_loss = checks.number("until_loss", until_loss, 0)
        at_once = max(1, self._state.at_once)  # an epoch that took long may do so no longer
        while self.epoch < target and not (stop is not None and stop()):
            if self.position or (at_once == 0 and self._state.examples.count):
                self._train_part(stop)
                if self.position == 0 and _reached(self.train_loss, until_loss):
                    break
                continue
            if _reached(self._train_epochs(max(1, min(at_once, target - self.epoch)), until_loss), until_loss):
                break
            at_once = self._state.at_once
        return self

    def _train_epochs(self, count: int, until_loss: float | None) -> float:
        """Train whole epochs in one call of the engine; the training loss after the last."""
        state, learner, started = self._state, self._state.learner.copy(), time.perf_counter()
        losses = engine.train(state.rule, learner, state.examples, state.test_examples, count, until_loss)
        spent = time.perf_counter() - started
        at_once = min(max(4 * count, state.at_once), int(SLICE_SECONDS * len(losses) / max(spent, 1e-9)))
        self._commit(state.trained(learner, losses, at_once))
        return float(losses[-1, 0])

    def _train_part(self, stop: Callable[[], bool] | None) -> None:
        """Go on to the end of this epoch, a few batches at a time, unless `stop` says so."""
        count = self.experiment.batch_size
        while not (stop is not None and stop()):
            started = time.perf_counter()
            self.train_points(min(count, self._state.examples.count - self.position))
            if self.position == 0:
                break
            spent = time.perf_counter() - started
            count = max(1, min(4 * count, int(SLICE_SECONDS * count / max(spent, 1e-9))))

    def train_points(self, count: int = 1) -> Self:
        """Take the next `count` training points, in slow motion; parameters are updated after each full batch."""
        left = checks.whole("count", count, 1, MOST_EPOCHS)
        total = self._state.examples.count
        while left:
            taken = min(left, total - self.position)
            self._advance(self.position + taken)
            left -= taken
            if total == 0:
                break
        return self

    def _advance(self, stop: int) -> None:
        """Take the training points up to `stop` of this epoch."""
        state, learner = self._state, self._state.learner.copy()
        engine.advance(state.rule, learner, state.examples, state.position, stop)
        if stop < state.examples.count:
            self._commit(state.moved(learner, state.epoch, stop))
            return
        self._commit(state.moved(learner, state.epoch + 1, 0).with_losses())

    # --- Going on with something changed ---------------------------------------

    @property
    def learning_rate(self) -> float:
        """The size of each update. Set it, and the run goes on from here with the new one."""
        return self.experiment.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.change(learning_rate=value)

    def change(self, **settings: Unpack[Settings]) -> Self:
        """Give some of the experiment's fields other values, keep all weights, and go on from here.

        With other points an epoch that was under way begins again.

        Raises:
            ExperimentError: a value is not allowed, or the field is one that other weights would be needed for.
        """
        for name in settings:
            if name not in KEEPS_WEIGHTS:
                allowed = f"one of {', '.join(KEEPS_WEIGHTS)}, while the weights are kept"
                raise ExperimentError("the field", name, allowed + checks.suggestion(name, KEEPS_WEIGHTS))
        state = self._state
        before, after = state.experiment, state.experiment.replace(**settings)
        changed = changed_fields(before, after)
        if not changed:
            return self
        event = Changed(
            epoch=state.epoch,
            position=state.position,
            before={name: getattr(before, name) for name in changed},
            after={name: getattr(after, name) for name in changed},
        )
        new = replace(state, experiment=after, rule=rule_of(after), events=_noted(state.events, event), _evaluated={})
        if not DATA_SETTINGS.isdisjoint(changed):
            data, learner = data_of(after), state.learner.copy()
            learner.counted = 0
            learner.gradients[:] = 0.0
            new = replace(
                new,
                train_data=data.train,
                test_data=data.test,
                examples=examples_of(after, data.train),
                test_examples=examples_of(after, data.test),
                stream=stream_before(after.replace(start=after.start + 1)).state(),
                learner=learner,
                position=0,
                at_once=1,
            )
        self._commit(new)
        return self

    def set_weight(self, layer: int, to: int, source: int, value: float) -> None:
        """Set the weight from neuron `source` of the layer before to neuron `to` of `layer`, and go on from here."""
        layer, to = self._neuron(layer, to, "to")
        inputs = self.layout.sizes[layer]
        source = checks.index("from", source, inputs)
        place = self.layout.weight_slice(layer).start + to * inputs + source
        value = checks.number("weight", value)
        at = self._state
        self._set_parameter(
            place, WeightSet(epoch=at.epoch, position=at.position, layer=layer, to=to, source=source, value=value)
        )

    def set_bias(self, layer: int, neuron: int, value: float) -> None:
        """Set the bias of a neuron of `layer`, and go on from here."""
        layer, neuron = self._neuron(layer, neuron)
        place = self.layout.bias_slice(layer).start + neuron
        value = checks.number("bias", value)
        at = self._state
        self._set_parameter(
            place, BiasSet(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, value=value)
        )

    def _set_parameter(self, place: int, event: WeightSet | BiasSet) -> None:
        learner = self._state.learner.copy()
        learner.parameters[place] = event.value
        self._edit(learner, event)

    def freeze(self, layer: int, neuron: int | None = None, *, frozen: bool = True) -> None:
        """Freeze the weights into a neuron, and its bias, or those of a whole layer; or unfreeze them.

        Args:
            layer: counted from the first after the inputs, which is 0.
            neuron: which of the layer; all by default.
            frozen: False to unfreeze.
        """
        frozen = checks.flag("frozen", frozen)
        layer = checks.index("layer", layer, self.layout.layers)
        size = self.layout.sizes[layer + 1]
        neuron = None if neuron is None else checks.index("neuron", neuron, size)
        learner, at = self._state.learner.copy(), self._state
        chosen = range(size) if neuron is None else [neuron]
        holding.freeze(self.layout, learner, layer, chosen, frozen=frozen)
        self._edit(learner, Frozen(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, frozen=frozen))

    def switch(self, layer: int, neuron: int, *, on: bool) -> None:
        """Switch a hidden neuron off, so that it has no effect on the layer after it, or on again."""
        on = checks.flag("on", on)
        layer = checks.index("layer", layer, self.layout.layers - 1)
        neuron = checks.index("neuron", neuron, self.layout.sizes[layer + 1])
        if on == self.is_on(layer, neuron):
            return
        learner, at = self._state.learner.copy(), self._state
        holding.switch(self.layout, learner, layer, neuron)
        self._edit(learner, Switched(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, on=on))

    def _neuron(self, layer: int, neuron: int, name: str = "neuron") -> tuple[int, int]:
        layer = checks.index("layer", layer, self.layout.layers)
        return layer, checks.index(name, neuron, self.layout.sizes[layer + 1])

    def _edit(self, learner: Learner, event: Event) -> None:
        state = self._state
        self._commit(replace(state, learner=learner, events=_noted(state.events, event), _evaluated={}))

    def reset(self) -> Self:
        """Draw the next initial weights from the same stream, and start again on the same points."""
        state = self._state
        experiment, stream = state.experiment.replace(start=state.experiment.start + 1), Stream.from_state(state.stream)
        learner = Learner.fresh(self.layout, first_parameters(experiment, stream))
        self._commit(RunState.beginning_with(state, experiment, learner, stream.state()))
        return self

    def rewind(self) -> Self:
        """Start again from the same initial weights, on the same points, with the present settings."""
        self._commit(RunState.beginning(self.experiment))
        return self

    # --- Keeping ---------------------------------------------------------------

    def checkpoint(self) -> Checkpoint:
        """All of this run as it is now, to come back to."""
        return self._state.checkpoint()

    def restore(self, checkpoint: Checkpoint) -> Self:
        """Be as the run was when it gave this checkpoint, to the last bit."""
        self._commit(RunState.from_checkpoint(checkpoint))
        return self

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Self:
        """A run of its own that goes on from this checkpoint."""
        return cls._at(RunState.from_checkpoint(checkpoint))

    @classmethod
    def _at(cls, state: RunState) -> Self:
        run = cls.__new__(cls)
        run._commit(state)
        return run

    def copy(self) -> Self:
        """Another run at the same place, which goes its own way from here."""
        state = self._state
        return self._at(replace(state, history=state.history.until(state.epoch)))

    __copy__ = copy

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        """The same as `copy`: nothing that two runs share ever changes."""
        return self.copy()

    def __reduce__(self) -> tuple[Callable[[Checkpoint], Self], tuple[Checkpoint]]:
        """Rebuild it from its checkpoint when it goes to another process of this program."""
        return type(self).from_checkpoint, (self.checkpoint(),)

    def at(self, epoch: int, position: int = 0) -> Self:
        """A run of its own that is as this one was then, to the last bit, with everything done by that moment.

        Where the same moment came twice, since other points began an epoch again, it is the later one. It is computed
        from the last checkpoint before, or from the beginning where there is none, as in a run that was loaded; see
        `past.py`.

        Raises:
            ExperimentError: this run has not been there.
        """
        epoch = checks.whole("epoch", epoch, 0, self.epoch)
        position = checks.whole("position", position, 0, MOST_EPOCHS)
        state = self._state
        done = replay.events_before(state.events, (epoch, position), (state.epoch, state.position))
        if done is None:
            raise ExperimentError("position", position, f"one that this run has been at in epoch {epoch:,}")
        found = replay.checkpoint_before(state.past, state.events[:done], (epoch, position))
        if found is None:
            then = type(self)(state.origin)
        else:
            start = RunState.from_checkpoint(replace(found, history=state.history))
            then = self._at(replace(start, past=state.past.until(found)))
        for event in state.events[len(then.events) : done]:
            then.go_to(event.epoch, event.position)
            then.do(event)
        then.go_to(epoch, position)
        if self._state is state and len(then._state.past) > 1:
            # The next look back need not begin as far back again.
            self._commit(replace(state, past=then._state.past.followed_by(state.past)))
        return then

    def go_to(self, epoch: int, position: int) -> None:
        """Train up to this moment.

        Raises:
            ExperimentError: an epoch has no such position.
        """
        checks.whole("position", position, 0, max(0, self._state.examples.count - 1))
        if epoch > self.epoch:
            self.train(epoch - self.epoch)
        if position > self.position:
            self.train_points(position - self.position)

    def do(self, event: Event) -> None:
        """Do here and now what this event says was done."""
        match event:
            case Changed():
                self.change(**event.after)
            case WeightSet():
                self.set_weight(event.layer, event.to, event.source, event.value)
            case BiasSet():
                self.set_bias(event.layer, event.neuron, event.value)
            case Frozen():
                self.freeze(event.layer, event.neuron, frozen=event.frozen)
            case Switched():
                self.switch(event.layer, event.neuron, on=event.on)

    def save(self, path: str | PathLike[str]) -> None:
        """Write all of this run into one file; a crash half-way leaves what was there.

        Raises:
            ExperimentError: the file can't be written.
        """
        from tinkernet.run import file

        file.write(path, self.checkpoint())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The run that `save` wrote: training goes on bit for bit as if nothing had been.

        Raises:
            ExperimentError: there is no such file, or it is damaged, foreign, or from a newer tinkernet.
        """
        from tinkernet.run import file

        return cls.from_checkpoint(file.read(path))


def _noted(events: tuple[Event, ...], event: Event) -> tuple[Event, ...]:
    """The events with one more; a drag is one event."""
    kept = events[:-1] if events and same_place(events[-1], event) else events
    return (*kept, event)


def _reached(train_loss: float, until_loss: float | None) -> bool:
    return until_loss is not None and train_loss <= until_loss


def _experiment(given: Experiment | str | None, settings: Settings) -> Experiment:
    """The experiment that a run is asked for."""
    if given is None:
        for name in settings:
            checks.one_of("the field", name, Experiment.__struct_fields__)
        return Experiment(**settings)
    if isinstance(given, str):
        if not any(mark in given for mark in ("=", "#", "://")):
            allowed = f"an Experiment, a link, or settings by name, as Run(dataset={given!r})"
            raise ExperimentError("experiment", given, allowed)
        given = Experiment.from_link(given)
    if not isinstance(given, Experiment):
        raise ExperimentError("experiment", given, "an Experiment, a link, or settings by name")
    return given.replace(**settings) if settings else given
