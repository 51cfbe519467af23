"""Run: an experiment in training. Train, edit, inspect, save."""

from collections.abc import Callable
from dataclasses import replace
from os import PathLike
from typing import Any, Self, Unpack

from tinkernet import checks
from tinkernet.data import Stream
from tinkernet.engine import Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, OpenedPage, Settings, as_experiment
from tinkernet.formatting import count
from tinkernet.joints import joined
from tinkernet.run import replay
from tinkernet.run.beginning import parameters_of
from tinkernet.run.checkpoint import Checkpoint
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
from tinkernet.run.showing import ShownRun
from tinkernet.run.state import RunState
from tinkernet.run.training import MOST_EPOCHS


class Run(ShownRun):
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

        Args:
            thorough: also train many starts of the same network and of a larger one, which takes some seconds.
            notes: also report progress if nothing is wrong, for example "falling" with the estimated number of epochs
                left.

        Example:
            >>> Run(seed="0.3", initializer="zeros").train(50).diagnosis()[0].kind
            'symmetric'
        """
        findings: list[Finding] = joined("diagnose")(self, thorough=thorough, notes=notes)
        return findings

    def open(self, *, browser: bool = True) -> OpenedPage:
        """Show this run on the page, in a browser, and return at once.

        The page has a copy of the run: the result's `.run` is that copy as it is now. The same run, opened again in the
        same state, is the same page. A server on this machine, in a thread of this process, serves it until the process
        ends, or `.close()` is called; at the end of a script, `.wait()` waits for Ctrl-C.

        Args:
            browser: whether to open a browser; otherwise the result's `.url` is the address to open.

        Raises:
            ExperimentError: the network is too large for a page.

        Example:
            >>> with Run(dataset="circle").train(100).open(browser=False) as page:
            ...     page.run.epoch
            100
        """
        page: OpenedPage = joined("open_run")(self, browser=browser)
        return page

    # --- Restarting ------------------------------------------------------------

    def reset(self) -> Self:
        """Draw new initial weights from the same random stream, and restart training on the same data.

        Example:
            >>> run = Run(seed="1").train(50).reset()
            >>> run.epoch, run.experiment.start
            (0, 1)
        """
        state = self._state
        experiment, stream = state.experiment.replace(start=state.experiment.start + 1), Stream.from_state(state.stream)
        learner = Learner.fresh(state.rule, parameters_of(experiment, stream))
        self._commit(RunState.beginning_with(state, experiment, learner, stream.state()))
        return self

    def rewind(self) -> Self:
        """Restart training from the same initial weights, on the same data, with the current settings.

        Example:
            >>> run = Run(seed="1").train(50).rewind()
            >>> run.epoch, run.experiment.start
            (0, 0)
        """
        self._commit(RunState.beginning(self.experiment))
        return self

    # --- Copying and saving ----------------------------------------------------

    def checkpoint(self) -> Checkpoint:
        """The complete state of this run, for `restore`.

        Example:
            >>> run = Run(seed="1").train(50)
            >>> saved = run.checkpoint()
            >>> run.train(10).restore(saved).epoch
            50
        """
        return self._state.checkpoint()

    def restore(self, checkpoint: Checkpoint) -> Self:
        """Return to the state of a checkpoint, bit for bit.

        Args:
            checkpoint: a result of `checkpoint`, of this run or of another one.

        Example:
            >>> run = Run(seed="1").train(50)
            >>> Run(seed="2").restore(run.checkpoint()).train_loss == run.train_loss
            True
        """
        self._commit(RunState.from_checkpoint(checkpoint))
        return self

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Self:
        """A new run that continues from a checkpoint.

        Args:
            checkpoint: a result of `checkpoint`.

        Example:
            >>> Run.from_checkpoint(Run(seed="1").train(50).checkpoint()).epoch
            50
        """
        return cls._at(RunState.from_checkpoint(checkpoint))

    @classmethod
    def _at(cls, state: RunState) -> Self:
        run = cls.__new__(cls)
        run._commit(state)
        return run

    def copy(self) -> Self:
        """An independent copy of this run, which shares what is immutable.

        Example:
            >>> run = Run(seed="1").train(50)
            >>> run.copy().train(10).epoch, run.epoch
            (60, 50)
        """
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

        Args:
            epoch: the number of completed epochs, from 0 to the current one.
            position: the number of training points used in the epoch after that.

        Raises:
            ExperimentError: this run was never at that moment.

        Example:
            >>> run = Run(seed="1").train(200)
            >>> run.at(80).train(120).train_loss == run.train_loss
            True
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
        """Train up to this moment; nothing happens if it is in the past.

        Args:
            epoch: the number of completed epochs.
            position: the number of training points used in the epoch after that.

        Raises:
            ExperimentError: an epoch has no such position.

        Example:
            >>> run = Run(seed="1")
            >>> run.go_to(20, 7)
            >>> run.epoch, run.position
            (20, 7)
        """
        checks.whole("position", position, 0, max(0, self._state.examples.count - 1))
        if epoch > self.epoch:
            self.train(epoch - self.epoch)
        if position > self.position:
            self.train_points(position - self.position)

    def do(self, event: Event) -> None:
        """Apply an event's edit now, whatever moment it was noted at.

        Args:
            event: one of another run's `events`.

        Example:
            >>> run, other = Run(seed="1"), Run(seed="2")
            >>> run.set_bias(0, 1, 0.5)
            >>> other.do(run.events[0])
            >>> float(other.biases[0][1])
            0.5
        """
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

        Args:
            path: the file, which is replaced if it exists.

        Raises:
            ExperimentError: the file cannot be written.

        Example:
            >>> Run(seed="1").train(50).save("circle.tinkernet")
        """
        from tinkernet.run import file

        file.write(path, self.checkpoint())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Load a run that `save` wrote; training continues bit for bit.

        Args:
            path: the file. Nothing in it is executed, so it may come from anybody.

        Raises:
            ExperimentError: the file does not exist, is damaged, is of another type, or is from a newer tinkernet.

        Example:
            >>> Run(seed="1").train(50).save("circle.tinkernet")
            >>> Run.load("circle.tinkernet").epoch
            50
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
