"""Measured: the quantities that the rules judge by, each computed once, when a rule first asks for it."""

import math
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float64
from numpy import ndarray

from tinkernet.insight.diagnosis.floor import Floor, floor_of
from tinkernet.insight.diagnosis.pace import Pace, pace_of
from tinkernet.insight.diagnosis.passage import Passage, passage
from tinkernet.insight.diagnosis.trial import Trials
from tinkernet.network import ACTIVATIONS, LOSSES, PROBLEMS, REGULARIZATIONS
from tinkernet.run import Run
from tinkernet.run.beginning import examples_of, rule_of

# A trial may take so long, and so many epochs; a thorough one longer.
TRIAL, THOROUGH_TRIAL = (0.005, 50), (0.4, 1000)
# A neuron of which this share of the points says so is taken to be silent or saturated.
NEARLY_ALL = 0.97


class Measured:
    """A run as the rules see it. Nothing here changes the run, and nothing raises, whatever state it is in."""

    def __init__(self, run: Run, *, thorough: bool = False) -> None:
        self.run, self.experiment, self.thorough = run, run.experiment, thorough
        self.epoch = run.epoch
        self.since = max((event.epoch for event in run.events), default=0)
        self.points, self.test_points = len(run.train_data), len(run.test_data)
        self.train_loss, self.test_loss = run.train_loss, run.test_loss
        self.rule = rule_of(self.experiment)
        self.parameters = np.array(run.parameters)
        self.weights = self.rule.layout.weights(self.parameters)
        self.biases = self.rule.layout.biases(self.parameters)

    # --- What it is -------------------------------------------------------------

    @property
    def age(self) -> int:
        """How many epochs it has gone since something was last changed by hand."""
        return self.epoch - self.since

    @property
    def classes(self) -> bool:
        """Whether it is to tell classes apart."""
        return self.experiment.problem == "classification"

    @property
    def finite(self) -> bool:
        """Whether all its numbers are within bounds, and there are points to say so."""
        return bool(np.isfinite(self.parameters).all()) and math.isfinite(self.train_loss)

    @property
    def steps_per_epoch(self) -> float:
        """How often the parameters move in one pass through the points."""
        return self.points / self.experiment.batch_size

    @property
    def regularized(self) -> bool:
        """Whether anything pulls at the weights."""
        return self.experiment.regularization != "none" and self.experiment.regularization_rate > 0

    @property
    def hidden_neurons(self) -> int:
        """How many neurons there are between inputs and output."""
        return sum(self.experiment.hidden)

    @property
    def straight(self) -> bool:
        """Whether the network, however many layers it has, is no more than one straight line through its features.

        A chain of linear layers is linear: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂).
        """
        return not self.experiment.hidden or self.experiment.activation == "linear"

    @property
    def weight_size(self) -> float:
        """The root of the mean square of all weights; about 0.29 for random first ones."""
        square = sum(float(np.square(layer).sum()) for layer in self.weights)
        count = sum(layer.size for layer in self.weights)
        return math.sqrt(square / count) if count else 0.0

    # --- How well it does -------------------------------------------------------

    @cached_property
    def floor(self) -> Floor:
        """How low the loss could go."""
        return floor_of(self.run)

    @cached_property
    def constant_of_test(self) -> float:
        """The loss over the test points of the answer that would be best for them and is the same everywhere."""
        return float(self.run.test_data.labels.var() / 2) if self.test_points else 0.0

    @cached_property
    def least(self) -> float:
        """The loss that the best network may be hoped to reach: 0, or what the noise leaves."""
        noise = self.floor.noise
        return noise if math.isfinite(noise) else 0.0

    @cached_property
    def undone(self) -> float:
        """Which share of the way from the best constant answer to what noise allows is still to go; 1: nothing done."""
        return self.share_undone(self.train_loss)

    def share_undone(self, loss: float) -> float:
        """The same for another loss; NaN where all labels are alike."""
        span = self.floor.constant - self.least
        return (loss - self.least) / span if span > 0.1 * self.floor.constant else math.nan

    @cached_property
    def losses(self) -> tuple[Float64[ndarray, " train"], Float64[ndarray, " test"]]:
        """The loss of each training and of each test point."""
        sets = (self.run.train_data, self.run.test_data)
        function = LOSSES[self.experiment.loss].function
        train, test = (function(self.run.predict(data.points), data.labels) for data in sets)
        return train, test

    @cached_property
    def solved(self) -> bool:
        """Whether it does what it should, as far as its training points tell."""
        if not self.finite or self.points == 0:
            return False
        accuracy = self.run.train_accuracy
        if self.classes:
            return accuracy is not None and accuracy >= 0.985 and self.train_loss <= 0.03
        return self.train_loss <= max(0.02 * self.floor.constant, 1e-9)

    @cached_property
    def at_floor(self) -> bool:
        """Whether it does about as well as the noise allows."""
        return self.finite and self.undone <= 0.15

    @cached_property
    def pace(self) -> Pace:
        """How the training loss has gone of late, since something was last changed."""
        return pace_of(self.run.history.since(self.since - 1))

    # --- What its neurons do ----------------------------------------------------

    @cached_property
    def passage(self) -> Passage:
        """What each neuron gives, and what moves it."""
        return passage(self.rule, self.parameters, examples_of(self.experiment, self.run.train_data))

    @cached_property
    def output(self) -> Float64[ndarray, " n"]:
        """The output for a sample of the training points."""
        return self.passage.values[-1][:, 0]

    @cached_property
    def output_spread(self) -> float:
        """By how much the output differs from point to point (standard deviation)."""
        return float(self.output.std()) if len(self.output) else 0.0

    def silent(self, layer: int) -> Bool[ndarray, " _"]:
        """Which neurons of the layer give 0 for all points."""
        return self.passage.silent[layer] >= 1

    def saturated(self, layer: int) -> Bool[ndarray, " _"]:
        """Which neurons of the layer are at a flat end for nearly all points."""
        return self.passage.saturated[layer] >= NEARLY_ALL

    @cached_property
    def silent_neurons(self) -> tuple[tuple[int, int], ...]:
        """All hidden neurons that give 0 for all points."""
        return tuple(
            (layer, int(neuron))
            for layer in range(len(self.experiment.hidden))
            for neuron in np.flatnonzero(self.silent(layer))
        )

    @cached_property
    def saturated_neurons(self) -> tuple[tuple[int, int], ...]:
        """All neurons, the output's too, that are at a flat end for nearly all points."""
        return tuple(
            (layer, int(neuron))
            for layer in range(self.rule.layout.layers)
            for neuron in np.flatnonzero(self.saturated(layer))
        )

    @cached_property
    def bounded(self) -> bool:
        """Whether the hidden activation has flat ends."""
        return ACTIVATIONS[self.experiment.activation].limit is not None

    @cached_property
    def output_ends(self) -> float:
        """For which share of the points the output is at an end of its scale; 0 where it has none."""
        if PROBLEMS[self.experiment.problem].activation != "tanh" or not len(self.output):
            return 0.0
        return float(np.mean(np.abs(self.output) > 0.99))

    @cached_property
    def penalty(self) -> tuple[Float64[ndarray, "_ _"], ...]:
        """What the regularization pulls each weight by, in the loss's own units."""
        entry = REGULARIZATIONS[self.experiment.regularization]
        return tuple(
            self.experiment.regularization_rate * entry.derivative(weight) * np.ones_like(weight)
            for weight in self.weights
        )

    # --- What would come of it --------------------------------------------------

    @cached_property
    def trials(self) -> Trials:
        """Trials of other settings."""
        return Trials(self.run, *(THOROUGH_TRIAL if self.thorough else TRIAL))

    @cached_property
    def ahead(self) -> Float64[ndarray, " epochs"]:
        """The training loss of the next epochs, if nothing is changed."""
        return self.trials.onward()

    def falls(self, share: float) -> bool:
        """Whether the loss falls by this share of itself in the next epochs, or by its pace until now."""
        return self._comes_under((1 - share) * self.train_loss, share)

    def gets_better(self, share: float) -> bool:
        """The same, and it is better than the best constant answer then: it has learned something of the points."""
        return self._comes_under((1 - share) * float(np.fmin(self.train_loss, self.floor.constant)), share)

    def _comes_under(self, loss: float, share: float) -> bool:
        if self.trials.briefly_possible:
            return float(np.nanmin(self.ahead, initial=np.inf)) < loss
        return self.age < 8 or self.pace.fall > share
