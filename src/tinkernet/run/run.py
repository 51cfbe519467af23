"""Run: an experiment in training. Train, edit, inspect, save."""

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
    Painted,
    ParametersSet,
    Switched,
    WeightSet,
)
from tinkernet.run.finding import Finding
from tinkernet.run.state import RunState
from tinkernet.run.training import MOST_EPOCHS


class Run(EditableRun):
    """An experiment in training: a network, its data, and its progress.

    Layer 0 is the first layer after the inputs; neurons are numbered from 0 as well. Use a run in one thread at a time.
    An interrupted operation leaves the run in a consistent state: as it was before, or after the last completed step.

    Args:
        experiment: an `Experiment`, or a link.
        settings: fields of the experiment, which replace those of `experiment` if that is given.

    Example:
        >>> run = Run(dataset="circle", seed="0.12345").train(epochs=100)
        >>> round(run.test_loss, 6)
        0.01145
    """

    __slots__ = ()

    def __init__(self, experiment: Experiment | str | None = None, **settings: Unpack[Settings]) -> None:
        self._commit(RunState.beginning(_experiment(experiment, settings)))

    def __setattr__(self, name: str, value: object) -> None:
        """Reject unknown and read-only attributes: only the learning rate can be assigned."""
        if name == "learning_rate":
            object.__setattr__(self, name, value)
            return
        if name in KEEPS_WEIGHTS:
            hint = f"use run.change({name}=…)"
        elif name in Experiment.__struct_fields__:
            hint = f"create a new run: Run(run.experiment.replace({name}=…))"
        else:
            hint = "see help(tinkernet.Run) for its attributes" + checks.suggestion(name, dir(type(self)))
        raise AttributeError(f"{name} of a run cannot be set: {hint}", name=name, obj=self)

    def diagnosis(self, *, thorough: bool = False, notes: bool = False) -> list[Finding]:
        """Findings on why the network does not learn, the most important first; empty if there is nothing to report.

        With `thorough` it also trains many starts of the same network, which takes some seconds. With `notes` it also
        reports progress if nothing is wrong, for example "falling" with the estimated number of epochs left.
        """
        findings: list[Finding] = joined("diagnose")(self, thorough=thorough, notes=notes)
        return findings

    def points_csv(self) -> str:
        """All points as CSV, in the units of the data, with what the network answers for each.

        Its columns are those of the data, the target (a class by its name), `set` (training or test), the output or a
        probability for each class, and of classes the predicted one.

        Example:
            >>> Run(dataset="xor", seed="1").points_csv().splitlines()[0]
            'x,y,label,set,output,predicted'
        """
        text: str = joined("points_csv")(self)
        return text

    def save_points(self, path: str | PathLike[str]) -> None:
        """Write `points_csv()` to a file, atomically.

        Raises:
            ExperimentError: the file cannot be written.
        """
        joined("save_points")(self, path)

    # --- Restarting ------------------------------------------------------------

    def reset(self) -> Self:
        """Draw new initial weights from the same random stream, and restart training on the same data."""
        state = self._state
        experiment, stream = state.experiment.replace(start=state.experiment.start + 1), Stream.from_state(state.stream)
        learner = Learner.fresh(state.rule, parameters_of(experiment, stream))
        self._commit(RunState.beginning_with(state, experiment, learner, stream.state()))
        return self

    def rewind(self) -> Self:
        """Restart training from the same initial weights, on the same data, with the current settings."""
        self._commit(RunState.beginning(self.experiment))
        return self

    # --- Copying and saving ----------------------------------------------------

    def checkpoint(self) -> Checkpoint:
        """The complete state of this run, for `restore`."""
        return self._state.checkpoint()

    def restore(self, checkpoint: Checkpoint) -> Self:
        """Return to the state of this checkpoint, bit for bit."""
        self._commit(RunState.from_checkpoint(checkpoint))
        return self

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Self:
        """A new run that continues from this checkpoint."""
        return cls._at(RunState.from_checkpoint(checkpoint))

    @classmethod
    def _at(cls, state: RunState) -> Self:
        run = cls.__new__(cls)
        run._commit(state)
        return run

    def copy(self) -> Self:
        """An independent copy of this run."""
        state = self._state
        return self._at(replace(state, history=state.history.until(state.epoch)))

    __copy__ = copy

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        """The same as `copy`: everything that two runs share is immutable."""
        return self.copy()

    def __reduce__(self) -> tuple[Callable[[Checkpoint], Self], tuple[Checkpoint]]:
        """Pickle by the checkpoint, so that a run can be sent to another process."""
        return type(self).from_checkpoint, (self.checkpoint(),)

    def at(self, epoch: int, position: int = 0) -> Self:
        """A new run in the state that this run had at an earlier moment, bit for bit, including all edits until then.

        If the moment occurred twice, because changed data started the epoch again, it is the later one. The state is
        computed from the last checkpoint before it, or from epoch 0 if there is none, as in a loaded run; see
        `past.py`.

        Raises:
            ExperimentError: this run was never at that moment.
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
            # Keep the new checkpoints, so that the next call has a shorter way.
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
        """Apply an event's edit now."""
        match event:
            case Changed():
                self.change(**event.after)
            case Painted():
                self.change(drawing=event.applied(self.experiment.drawing))
            case WeightSet():
                self.set_weight(event.layer, event.to, event.source, event.value)
            case BiasSet():
                self.set_bias(event.layer, event.neuron, event.value)
            case ParametersSet():
                self.set_parameters(self.layout.weights(event.parameters), self.layout.biases(event.parameters))
            case Frozen():
                self.freeze(event.layer, event.neuron, frozen=event.frozen)
            case Switched():
                self.switch(event.layer, event.neuron, on=event.on)

    def save(self, path: str | PathLike[str]) -> None:
        """Save the complete run to a file, atomically: after a crash an existing file is unchanged.

        Raises:
            ExperimentError: the file cannot be written.
        """
        from tinkernet.run import file

        file.write(path, self.checkpoint())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Load a run that `save` wrote; training continues bit for bit.

        Raises:
            ExperimentError: the file does not exist, is damaged, is of another type, or is from a newer tinkernet.
        """
        from tinkernet.run import file

        return cls.from_checkpoint(file.read(path))


def _experiment(given: Experiment | str | None, settings: Settings) -> Experiment:
    """The experiment for the arguments of `Run`."""
    if given is None:
        for name in settings:
            checks.one_of("the field", name, Experiment.__struct_fields__)
        return Experiment(**settings)
    experiment = as_experiment(given)
    return experiment.replace(**settings) if settings else experiment
