"""Run: an experiment under way. Train it, edit it, look into it, keep it."""

from collections.abc import Callable
from dataclasses import replace
from os import PathLike
from typing import Any, Self, Unpack

from tinkernet import checks
from tinkernet.data import Stream
from tinkernet.engine import Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Settings, as_experiment
from tinkernet.formatting import count
from tinkernet.joints import joined
from tinkernet.run import replay
from tinkernet.run.beginning import parameters_of
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.editing import EditableRun
from tinkernet.run.events import (
    KEEPS_WEIGHTS,
    BiasSet,
    Changed,
    Event,
    Frozen,
    Switched,
    WeightSet,
)
from tinkernet.run.finding import Finding
from tinkernet.run.state import RunState
from tinkernet.run.training import MOST_EPOCHS


class Run(EditableRun):
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

    # --- Starting again --------------------------------------------------------

    def reset(self) -> Self:
        """Draw the next initial weights from the same stream, and start again on the same points."""
        state = self._state
        experiment, stream = state.experiment.replace(start=state.experiment.start + 1), Stream.from_state(state.stream)
        learner = Learner.fresh(self.layout, parameters_of(experiment, stream))
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
            raise ExperimentError("position", position, f"one that this run has been at in epoch {count(epoch)}")
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


def _experiment(given: Experiment | str | None, settings: Settings) -> Experiment:
    """The experiment that a run is asked for."""
    if given is None:
        for name in settings:
            checks.one_of("the field", name, Experiment.__struct_fields__)
        return Experiment(**settings)
    experiment = as_experiment(given)
    return experiment.replace(**settings) if settings else experiment
