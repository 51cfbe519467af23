"""Run: an experiment under way. Train it, edit it, look into it, keep it."""

import time
from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from tinkernet import checks, engine
from tinkernet.data import Stream
from tinkernet.engine import Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.run import holding
from tinkernet.run.beginning import data_of, examples_of, first_parameters, rule_of, stream_before
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import BiasSet, Changed, Event, Frozen, Switched, WeightSet, same_place
from tinkernet.run.history import History
from tinkernet.run.look import Look
from tinkernet.run.past import Past

if TYPE_CHECKING:
    from tinkernet.insight.diagnosis import Finding

# How long the engine works before Python has a word again: for Ctrl-C, and for whoever wants to stop it.
SLICE_SECONDS = 0.02
MOST_EPOCHS = 1_000_000_000
# What can change without other weights or another shape.
KEEPS_WEIGHTS = (
    "problem",
    "dataset",
    "noise",
    "train_percent",
    "seed",
    "activation",
    "loss",
    "learning_rate",
    "batch_size",
    "regularization",
    "regularization_rate",
)


class Run(Look):
    """An experiment under way: a network, its points, and how far it has come.

    Layers are counted from the first one after the inputs, which is 0; so are neurons within a layer. A run is for one
    thread at a time.

    Example:
        >>> run = Run(Experiment(dataset="circle", seed="0.12345")).train(epochs=100)
        >>> round(run.test_loss, 6)
        0.01145
    """

    def __init__(self, experiment: Experiment | None = None) -> None:
        self._begin(experiment if experiment is not None else Experiment())

    def _begin(self, experiment: Experiment) -> None:
        self._experiment = self._origin = experiment
        self._stream = stream_before(experiment)
        self._set_points()
        self._set_learner(Learner.fresh(self.layout, first_parameters(experiment, self._stream)))

    def _set_points(self) -> None:
        """Take the points, and the rule to learn from them, of the present experiment."""
        data = data_of(self._experiment)
        self._train_data, self._test_data = data.train, data.test
        self._rule = rule_of(self._experiment)
        self._examples = examples_of(self._experiment, data.train)
        self._test_examples = examples_of(self._experiment, data.test)

    def _set_learner(self, learner: Learner) -> None:
        """Start from epoch 0 with this learner."""
        self._learner = learner
        self._epoch = self._position = 0
        self._events: tuple[Event, ...] = ()
        self._history = History()
        self._judged: dict[str, tuple[float, int]] = {}
        self._history.append(0, np.array([[self.train_loss, self.test_loss]]))
        self._past = Past()
        self._past.keep(self.checkpoint())

    def diagnosis(self, *, thorough: bool = False, notes: bool = False) -> list["Finding"]:
        """Why it does not learn, the most telling finding first; empty where there is nothing to say.

        With `thorough` many starts of the same network are trained too, which takes some seconds. With `notes` it also
        says how things go where nothing is wrong, as "falling" with the epochs left at this pace.
        """
        from tinkernet.insight.diagnosis import diagnose

        return diagnose(self, thorough=thorough, notes=notes)

    # --- Training -------------------------------------------------------------

    def train(
        self, epochs: int = 1, *, until_loss: float | None = None, stop: Callable[[], bool] | None = None
    ) -> Self:
        """Train for some epochs and return the run. An epoch that has begun counts as the first.

        Ends before that when the training loss is no larger than `until_loss`, or when `stop`, asked every few
        milliseconds, says so; then an epoch may be left half-way, and the next call goes on from there.
        """
        target = self._epoch + checks.whole("epochs", epochs, 1, MOST_EPOCHS)
        if until_loss is not None and not until_loss >= 0:
            raise ExperimentError("until_loss", until_loss, "a number from 0 up")
        ahead = 1
        while self._epoch < target and not (stop is not None and stop()):
            started = time.perf_counter()
            if self._position or (ahead == 0 and self._examples.count):
                self._train_part(stop)
                if self._position == 0 and _reached(self.train_loss, until_loss):
                    break
                continue
            count = max(1, min(ahead, target - self._epoch))
            losses = engine.train(self._rule, self._learner, self._examples, self._test_examples, count, until_loss)
            self._history.append(self._epoch + 1, losses)
            self._epoch += len(losses)
            self._judged.clear()
            self._remember()
            if _reached(float(losses[-1, 0]), until_loss):
                break
            spent = time.perf_counter() - started
            ahead = min(4 * count, int(SLICE_SECONDS * count / max(spent, 1e-9)))
        return self

    def _train_part(self, stop: Callable[[], bool] | None) -> None:
        """Go on to the end of this epoch, a few batches at a time, unless told to stop."""
        count = self._experiment.batch_size
        while not (stop is not None and stop()):
            started = time.perf_counter()
            self.train_points(min(count, self._examples.count - self._position))
            if self._position == 0:
                break
            spent = time.perf_counter() - started
            count = max(1, min(4 * count, int(SLICE_SECONDS * count / max(spent, 1e-9))))

    def train_points(self, count: int = 1) -> Self:
        """Take the next `count` training points, in slow motion; parameters move after each full batch."""
        left = checks.whole("count", count, 1, MOST_EPOCHS)
        total = self._examples.count
        while left:
            taken = min(left, total - self._position)
            stop = self._position + taken
            engine.advance(self._rule, self._learner, self._examples, self._position, stop)
            self._judged.clear()
            self._position = stop
            left -= taken
            if self._position < total:
                break
            self._epoch += 1
            self._position = 0
            self._history.append(self._epoch, np.array([[self.train_loss, self.test_loss]]))
            self._remember()
            if total == 0:
                break
        return self

    def _remember(self) -> None:
        if self._past.is_due(self._epoch):
            self._past.keep(self.checkpoint())

    # --- Going on with something changed ---------------------------------------

    @property
    def learning_rate(self) -> float:
        """How far each step goes. Set it, and the run goes on from here with the new one."""
        return self._experiment.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.change(learning_rate=value)

    def change(self, **settings: Any) -> Self:
        """Give some of the experiment's fields other values, keep all weights, and go on from here.

        Raises:
            ExperimentError: a value is not allowed, or the field is one that other weights would be needed for.
        """
        for name in settings:
            if name not in KEEPS_WEIGHTS:
                raise ExperimentError(
                    "the field", name, f"one of {', '.join(KEEPS_WEIGHTS)}, while the weights are kept"
                )
        before, after = self._experiment, self._experiment.replace(**settings)
        changed = [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]
        if not changed:
            return self
        self._note(
            Changed(
                epoch=self._epoch,
                position=self._position,
                before={name: getattr(before, name) for name in changed},
                after={name: getattr(after, name) for name in changed},
            )
        )
        self._experiment = after
        if data_of(after) is data_of(before):
            self._rule = rule_of(after)
        else:
            self._set_points()
            self._stream = stream_before(after.replace(start=after.start + 1))
            self._position = self._learner.counted = 0
            self._learner.gradients[:] = 0.0
        self._judged.clear()
        return self

    def set_weight(self, layer: int, to: int, source: int, value: float) -> None:
        """Set the weight from neuron `source` of the layer before to neuron `to` of `layer`, and go on from here."""
        sizes = self.layout.sizes
        checks.index("layer", layer, self.layout.layers)
        checks.index("to", to, sizes[layer + 1])
        checks.index("from", source, sizes[layer])
        place = self.layout.weight_slice(layer).start + to * sizes[layer] + source
        event = WeightSet(
            epoch=self._epoch,
            position=self._position,
            layer=layer,
            to=to,
            source=source,
            value=checks.number("weight", value),
        )
        self._set_parameter(place, event)

    def set_bias(self, layer: int, neuron: int, value: float) -> None:
        """Set the bias of a neuron of `layer`, and go on from here."""
        checks.index("layer", layer, self.layout.layers)
        checks.index("neuron", neuron, self.layout.sizes[layer + 1])
        place = self.layout.bias_slice(layer).start + neuron
        event = BiasSet(
            epoch=self._epoch, position=self._position, layer=layer, neuron=neuron, value=checks.number("bias", value)
        )
        self._set_parameter(place, event)

    def _set_parameter(self, place: int, event: WeightSet | BiasSet) -> None:
        self._learner.parameters[place] = event.value
        self._note(event)
        self._judged.clear()

    def _note(self, event: Event) -> None:
        kept = self._events[:-1] if self._events and same_place(self._events[-1], event) else self._events
        self._events = (*kept, event)

    def freeze(self, layer: int, neuron: int | None = None, *, frozen: bool = True) -> None:
        """Hold the weights into a neuron, and its bias, or those of a whole layer, while the rest learns; or let go."""
        sizes = self.layout.sizes
        checks.index("layer", layer, self.layout.layers)
        chosen = range(sizes[layer + 1]) if neuron is None else [checks.index("neuron", neuron, sizes[layer + 1])]
        holding.freeze(self.layout, self._learner, layer, chosen, frozen=frozen)
        self._note(Frozen(epoch=self._epoch, position=self._position, layer=layer, neuron=neuron, frozen=frozen))

    def switch(self, layer: int, neuron: int, *, on: bool) -> None:
        """Switch a hidden neuron off, so that it has no effect on the layer after it, or on again."""
        sizes = self.layout.sizes
        checks.index("layer", layer, self.layout.layers - 1)
        checks.index("neuron", neuron, sizes[layer + 1])
        if on == self.is_on(layer, neuron):
            return
        holding.switch(self.layout, self._learner, layer, neuron)
        self._judged.clear()
        self._note(Switched(epoch=self._epoch, position=self._position, layer=layer, neuron=neuron, on=on))

    def reset(self) -> Self:
        """Draw the next first weights from the same stream, and start again on the same points."""
        self._experiment = self._experiment.replace(start=self._experiment.start + 1)
        self._origin = self._experiment
        self._set_learner(Learner.fresh(self.layout, first_parameters(self._experiment, self._stream)))
        return self

    def rewind(self) -> Self:
        """Start again from the very same first weights, on the same points, with the settings of now."""
        self._begin(self._experiment)
        return self

    # --- Keeping ---------------------------------------------------------------

    def checkpoint(self) -> Checkpoint:
        """All of this run as it is now, to come back to."""
        return Checkpoint(
            experiment=self._experiment,
            origin=self._origin,
            learner=self._learner.copy(),
            stream=self._stream.state(),
            epoch=self._epoch,
            position=self._position,
            events=self._events,
            history=self._history,
        )

    def restore(self, checkpoint: Checkpoint) -> Self:
        """Be as the run was when it gave this checkpoint, to the last bit."""
        self._experiment, self._origin = checkpoint.experiment, checkpoint.origin
        self._stream = Stream.from_state(checkpoint.stream)
        self._set_points()
        self._learner = checkpoint.learner.copy()
        self._epoch, self._position = checkpoint.epoch, checkpoint.position
        self._events = checkpoint.events
        self._history = checkpoint.history.until(checkpoint.epoch)
        self._judged = {}
        self._past = Past()
        self._past.keep(checkpoint)
        return self

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Self:
        """A run of its own that goes on from this checkpoint."""
        run = cls.__new__(cls)
        return run.restore(checkpoint)

    def copy(self) -> Self:
        """Another run at the same place, which goes its own way from here."""
        twin = self.from_checkpoint(self.checkpoint())
        twin._past = self._past.until(self._epoch)
        return twin

    def at(self, epoch: int, position: int = 0) -> Self:
        """A run of its own that is as this one was then, to the last bit, with all that had been done by that moment.

        The past is computed again from the last checkpoint before; see `past.py` for what that takes.

        Raises:
            ExperimentError: this run has not been there, or no longer knows how it came there.
        """
        checks.whole("epoch", epoch, 0, self._epoch)
        if (epoch, position) > (self._epoch, self._position):
            raise ExperimentError("position", position, f"at most {self._position}")
        for checkpoint in self._past.before(epoch, position):
            done = len(checkpoint.events)
            if checkpoint.events == self._events[:done]:
                past = self.from_checkpoint(checkpoint)
                past._past = self._past.until(checkpoint.epoch)
                for event in self._events[done:]:
                    if (event.epoch, event.position) > (epoch, position):
                        break
                    past._go_to(event.epoch, event.position)
                    past.do(event)
                past._go_to(epoch, position)
                return past
        raise ExperimentError("epoch", epoch, "an epoch since this run was loaded")

    def _go_to(self, epoch: int, position: int) -> None:
        if epoch > self._epoch:
            self.train(epoch - self._epoch)
        if position > self._position:
            self.train_points(position - self._position)

    def do(self, event: Event) -> None:
        """Do again, here and now, what this event says was done."""
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


def _reached(train_loss: float, until_loss: float | None) -> bool:
    return until_loss is not None and train_loss <= until_loss
