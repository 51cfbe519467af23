"""RunState: all that a run is at one moment, as one value that never changes.

Whatever changes a run makes the next state beside the present one and puts it in its place in one assignment. So
whatever interrupts it (Ctrl-C, an exception, another thread that looks), a run is always at a whole, true moment.
"""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.data import Points
from tinkernet.engine import Examples, Learner, Rule
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of, first_parameters, rule_of, stream_before
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
    _evaluated: dict[bool, tuple[float, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def beginning(cls, experiment: Experiment) -> Self:
        """The state at epoch 0."""
        data, stream = data_of(experiment), stream_before(experiment)
        learner = Learner.fresh(experiment.layout, first_parameters(experiment, stream))
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
        return replace(self, learner=learner, epoch=epoch, position=position, _evaluated={})

    def with_losses(self) -> Self:
        """The state with its own losses in the history."""
        losses = [[self.evaluate(train=True)[0], self.evaluate(train=False)[0]]]
        return self.with_history(self.epoch, np.array(losses))

    def with_history(self, first: int, losses: ndarray) -> Self:
        """The state at the end of these epochs, the first of which is `first`: in the history, and kept if due."""
        state = replace(self, history=self.history.extended(first, losses))
        if state.past.is_due(state.epoch):
            return replace(state, past=state.past.keeping(state.bare_checkpoint()))
        return state
