"""RunState: the complete state of a run at one moment, as one immutable value.

Every change of a run builds a new state and replaces the current one in a single assignment. So a run is always in a
consistent state, even after Ctrl-C or an exception, or when another thread reads it.
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
    """One moment of a run. The learner must not be changed: training copies it first."""

    experiment: Experiment
    origin: Experiment
    """The experiment at epoch 0: training it, with the same events, gives this state."""
    rule: Rule
    train_data: Points
    test_data: Points
    examples: Examples
    test_examples: Examples
    learner: Learner
    stream: bytes
    """The state of the random stream from which the next Reset draws."""
    epoch: int = 0
    position: int = 0
    events: tuple[Event, ...] = ()
    history: History = field(default_factory=History)
    past: Past = field(default_factory=Past)
    at_once: int = 1
    """How many epochs to train in one call of the engine, based on the duration of earlier calls; 0 for less than one
    epoch. It only affects how often Python code runs in between, not the result."""
    _evaluated: dict[bool, tuple[float, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def beginning(cls, experiment: Experiment) -> Self:
        """The state at epoch 0."""
        data, stream = data_of(experiment), stream_before(experiment)
        learner = Learner.fresh(rule_of(experiment), parameters_of(experiment, stream))
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
        """The state at epoch 0 with other initial weights and the same data."""
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
        """The state that the checkpoint was created from."""
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
        """A complete checkpoint with copies of the arrays."""
        return replace(self.bare_checkpoint(), learner=self.learner.copy(), history=self.history)

    def bare_checkpoint(self) -> Checkpoint:
        """A checkpoint without the history, sharing the arrays."""
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
        """The mean loss over the training or test points, and how many are classified correctly. Cached."""
        found = self._evaluated.get(train)
        if found is None:
            examples = self.examples if train else self.test_examples
            found = self._evaluated[train] = engine.evaluate(self.rule, self.learner.parameters, examples)
        return found

    # --- The next state --------------------------------------------------------

    def moved(self, learner: Learner, epoch: int, position: int) -> Self:
        """The state with a new learner, at a new moment."""
        return self._replaced(learner=learner, epoch=epoch, position=position, _evaluated={})

    def with_losses(self) -> Self:
        """The state with its losses added to the history."""
        losses = np.array([[self.evaluate(train=True)[0], self.evaluate(train=False)[0]]])
        return self._replaced(history=self.history.extended(self.epoch, losses))._kept_if_due()

    def trained(self, learner: Learner, losses: ndarray, at_once: int) -> Self:
        """The state after training whole epochs with these training and test losses."""
        return self._replaced(
            learner=learner,
            epoch=self.epoch + len(losses),
            position=0,
            history=self.history.extended(self.epoch + 1, losses),
            at_once=at_once,
            _evaluated={},
        )._kept_if_due()

    def _kept_if_due(self) -> Self:
        """The state with a checkpoint of itself added to its past, if one is due."""
        if not self.past.is_due(self.epoch):
            return self
        return self._replaced(past=self.past.keeping(self.bare_checkpoint()))

    def _replaced(self, **changes: object) -> Self:
        """A fast `dataclasses.replace`, which would take longer than training the default network for an epoch."""
        other = object.__new__(type(self))
        for name in _NAMES:
            object.__setattr__(other, name, changes[name] if name in changes else getattr(self, name))
        return other


_NAMES = tuple(each.name for each in fields(RunState))
