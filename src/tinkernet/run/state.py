"""RunState: all that a run is at one moment, as one value that never changes.

Whatever changes a run makes the next state beside the present one and puts it in its place in one assignment. So
whatever interrupts it (Ctrl-C, an exception, another thread that looks), a run is always at a whole, true moment.
"""

from dataclasses import dataclass, field, fields, replace
from typing import Self

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.data import Points
from tinkernet.engine import Examples, Learner, Rule
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of, parameters_of, rule_of, stream_before
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import Event
from tinkernet.run.history import History
from tinkernet.run.past import Past


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class RunState:
    """One moment of a run. The learner is not to be changed: training copies it first."""

    experiment: Experiment
    origin: Experiment
    """The experiment as it was at epoch 0: training it, with the events on the way, gives this state."""
    rule: Rule
    train_data: Points
    test_data: Points
    examples: Examples
    test_examples: Examples
    learner: Learner
    stream: bytes
    """The state of the random stream that the next Reset draws from."""
    epoch: int = 0
    position: int = 0
    events: tuple[Event, ...] = ()
    history: History = field(default_factory=History)
    past: Past = field(default_factory=Past)
    at_once: int = 1
    """How many epochs to train in one call of the engine, as those before took; 0 for a part of one. It decides when
    Python runs in between, and nothing else."""
    _evaluated: dict[bool, tuple[float, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def beginning(cls, experiment: Experiment) -> Self:
        """The state at epoch 0."""
        data, stream = data_of(experiment), stream_before(experiment)
        learner = Learner.fresh(experiment.layout, parameters_of(experiment, stream))
        state = cls(
            experiment=experiment,
            origin=experiment,
            rule=rule_of(experiment),
            train_data=data.train,
            test_data=data.test,
            examples=examples_of(experiment, data.train),
            test_examples=examples_of(experiment, data.test),
            learner=learner,
            stream=stream.state(),
        )
        return state.with_losses()

    @classmethod
    def beginning_with(cls, state: Self, experiment: Experiment, learner: Learner, stream: bytes) -> Self:
        """The state at epoch 0 with other initial weights on the same points."""
        fresh = replace(
            state,
            experiment=experiment,
            origin=experiment,
            learner=learner,
            stream=stream,
            epoch=0,
            position=0,
            events=(),
            history=History(),
            past=Past(),
            _evaluated={},
        )
        return fresh.with_losses()

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Self:
        """The state that the checkpoint was made of."""
        experiment = checkpoint.experiment
        data = data_of(experiment)
        return cls(
            experiment=experiment,
            origin=checkpoint.origin,
            rule=rule_of(experiment),
            train_data=data.train,
            test_data=data.test,
            examples=examples_of(experiment, data.train),
            test_examples=examples_of(experiment, data.test),
            learner=checkpoint.learner,
            stream=checkpoint.stream,
            epoch=checkpoint.epoch,
            position=checkpoint.position,
            events=checkpoint.events,
            history=checkpoint.history.until(checkpoint.epoch),
            past=Past((replace(checkpoint, history=History()),)),
        )

    def checkpoint(self) -> Checkpoint:
        """All of it, to come back to; its arrays are its own."""
        return replace(self.bare_checkpoint(), learner=self.learner.copy(), history=self.history)

    def bare_checkpoint(self) -> Checkpoint:
        """All of it but the history."""
        return Checkpoint(
            experiment=self.experiment,
            origin=self.origin,
            learner=self.learner,
            stream=self.stream,
            epoch=self.epoch,
            position=self.position,
            events=self.events,
        )

    def evaluate(self, *, train: bool) -> tuple[float, int]:
        """The mean loss over the training or test points, and how many are classified correctly. Computed once."""
        found = self._evaluated.get(train)
        if found is None:
            examples = self.examples if train else self.test_examples
            found = self._evaluated[train] = engine.evaluate(self.rule, self.learner.parameters, examples)
        return found

    # --- The next state --------------------------------------------------------

    def moved(self, learner: Learner, epoch: int, position: int) -> Self:
        """The state with another learner, at another moment."""
        return self._replaced(learner=learner, epoch=epoch, position=position, _evaluated={})

    def with_losses(self) -> Self:
        """The state with its own losses in the history."""
        losses = np.array([[self.evaluate(train=True)[0], self.evaluate(train=False)[0]]])
        return self._replaced(history=self.history.extended(self.epoch, losses))._kept_if_due()

    def trained(self, learner: Learner, losses: ndarray, at_once: int) -> Self:
        """The state after whole epochs with these training and test losses."""
        return self._replaced(
            learner=learner,
            epoch=self.epoch + len(losses),
            position=0,
            history=self.history.extended(self.epoch + 1, losses),
            at_once=at_once,
            _evaluated={},
        )._kept_if_due()

    def _kept_if_due(self) -> Self:
        """The state with itself in its past, where it is time for that."""
        if not self.past.is_due(self.epoch):
            return self
        return self._replaced(past=self.past.keeping(self.bare_checkpoint()))

    def _replaced(self, **changes: object) -> Self:
        """As `dataclasses.replace`, which takes longer than training the default network for an epoch."""
        other = object.__new__(type(self))
        for name in _NAMES:
            object.__setattr__(other, name, changes[name] if name in changes else getattr(self, name))
        return other


_NAMES = tuple(each.name for each in fields(RunState))
