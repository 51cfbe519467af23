"""Measurements: the quantities that the rules use, each computed once, when a rule first asks for it."""

import math
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool, Float64
from tinkernet.engine import losses_of_points
from tinkernet.insight.diagnosis.class_bounds import ClassBounds, class_bounds_of
from tinkernet.insight.diagnosis.forecast import Forecast, forecast_of
from tinkernet.insight.diagnosis.levels import Levels, constant_of, is_noisy, levels_of
from tinkernet.insight.diagnosis.loss_bounds import LossBounds, bounds_of
from tinkernet.insight.diagnosis.signal_flow import SignalFlow, signal_flow
from tinkernet.insight.diagnosis.study import Study
from tinkernet.insight.diagnosis.traits import has_penalty, highest_share, is_straight, schedule_share
from tinkernet.insight.diagnosis.trend import Trend, trend_of
from tinkernet.insight.diagnosis.trials import Trials
from tinkernet.network import REGULARIZATIONS
from tinkernet.run import Run
from tinkernet.run.beginning import examples_of, rule_of

# A trial may take so long, and so many epochs; a thorough one longer.
TRIAL, THOROUGH_TRIAL = (0.005, 50), (0.4, 1000)
# A neuron of which this share of the points says so is taken to be silent or saturated.
NEARLY_ALL = 0.97
# Below this share of the learning rate, what stands still may stand still because of the schedule.
LOWERED = 0.1


class Measurements:
    """A run as the rules see it. Nothing here changes the run, and nothing raises, whatever state it is in."""

    def __init__(self, run: Run, *, thorough: bool = False, study: Study | None = None) -> None:
        self.run, self.experiment, self.thorough = run, run.experiment, thorough
        self.study = study or Study()
        """What other starts of this network come to: asked for by a rule, trained by the caller of the diagnosis."""
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
        """Epochs since something was last changed by hand."""
        return self.epoch - self.since

    @property
    def classes(self) -> bool:
        """Whether the task is to separate classes: then the output has limits."""
        return bool(self.experiment.classes)

    @property
    def finite(self) -> bool:
        """Whether all its numbers are finite, and there are points to compute a loss of."""
        return bool(np.isfinite(self.parameters).all()) and math.isfinite(self.train_loss)

    @property
    def steps_per_epoch(self) -> int:
        """How often the parameters move in one epoch: once for each full batch in it."""
        return self.points // self.experiment.batch_size

    @property
    def rate_low(self) -> bool:
        """Whether the schedule keeps the learning rate below a tenth of what is set, where little moves."""
        return schedule_share(self.experiment, self.epoch) < LOWERED

    @property
    def rate_lowered(self) -> bool:
        """The same, and it stays so: the rate does not rise later, as in a warm-up."""
        return highest_share(self.experiment, self.epoch) < LOWERED

    @property
    def drops_out(self) -> bool:
        """Whether outputs are dropped in training; losses are measured without that."""
        return any(self.experiment.in_layers("dropout"))

    @property
    def regularized(self) -> bool:
        """Whether a penalty pulls at the weights."""
        return has_penalty(REGULARIZATIONS[self.experiment.regularization]) and self.experiment.regularization_rate > 0

    @property
    def hidden_neurons(self) -> int:
        """How many neurons there are between inputs and output."""
        return sum(self.experiment.hidden)

    @property
    def straight(self) -> bool:
        """Whether the network, however many layers it has, is no more than one straight line through its features.

        A chain of linear layers is linear: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂).
        """
        return is_straight(self.experiment)

    @property
    def weight_size(self) -> float:
        """The root of the mean square of all weights; about 0.29 for random initial weights."""
        square = sum(float(np.square(layer).sum()) for layer in self.weights)
        count = sum(layer.size for layer in self.weights)
        return math.sqrt(square / count) if count else 0.0

    # --- How well it does -------------------------------------------------------

    @cached_property
    def bounds(self) -> LossBounds:
        """How low the loss could get."""
        return bounds_of(self.run)

    @cached_property
    def levels(self) -> Levels:
        """What the loss is seen between, whichever loss it is: that of a constant output, and what noise leaves."""
        return levels_of(self.run)

    @cached_property
    def class_bounds(self) -> ClassBounds:
        """How low a cross-entropy could get."""
        return class_bounds_of(self.run)

    @cached_property
    def constant_of_test(self) -> float:
        """The test loss of the output that would be best for the test points and is the same everywhere."""
        return constant_of(self.run, self.run.test_data)

    @property
    def noisy(self) -> bool:
        """Whether there is noise in the points: it is set, or the points themselves show it."""
        return is_noisy(self.run)

    @cached_property
    def noise_loss(self) -> float:
        """The loss that the best network may be hoped to reach: 0, or what the noise leaves."""
        noise = self.levels.noise
        return noise if math.isfinite(noise) else 0.0

    @cached_property
    def remaining(self) -> float:
        """How much of the way from the best constant output to what noise allows remains; 1: nothing is learned."""
        return self.share_remaining(self.train_loss)

    def share_remaining(self, loss: float) -> float:
        """The same for another loss; NaN where all labels are alike."""
        span = self.levels.constant - self.noise_loss
        return (loss - self.noise_loss) / span if span > 0.1 * self.levels.constant else math.nan

    @cached_property
    def losses(self) -> tuple[Float64[ndarray, " train"], Float64[ndarray, " test"]]:
        """The loss of each training and of each test point."""
        train, test = (
            losses_of_points(self.rule, self.run.parameters, examples_of(self.experiment, data))
            for data in (self.run.train_data, self.run.test_data)
        )
        return train, test

    @cached_property
    def solved(self) -> bool:
        """Whether the training points are predicted correctly."""
        if not self.finite or self.points == 0:
            return False
        accuracy = self.run.train_accuracy
        if self.classes:
            # Where nearly all points are of one class, always guessing it has a low loss, too.
            low = min(0.03, 0.25 * self.levels.constant) if self.levels.constant > 0 else 0.03
            return accuracy is not None and accuracy >= 0.985 and self.train_loss <= low
        return self.train_loss <= max(0.02 * self.levels.constant, 1e-9)

    @cached_property
    def at_noise_level(self) -> bool:
        """Whether it does about as well as the noise allows."""
        return self.finite and self.remaining <= 0.15

    @cached_property
    def trend(self) -> Trend:
        """How the training loss has changed lately, since something was last changed by hand."""
        return trend_of(self.run.history.since(self.since - 1))

    # --- What its neurons do ----------------------------------------------------

    @cached_property
    def flow(self) -> SignalFlow:
        """Every neuron's outputs and gradients."""
        return signal_flow(self.rule, self.parameters, examples_of(self.experiment, self.run.train_data))

    @cached_property
    def outputs(self) -> Float64[ndarray, "n outputs"]:
        """The outputs for a sample of the training points."""
        return self.flow.values[-1]

    @cached_property
    def output_spread(self) -> float:
        """By how much the output differs from point to point (standard deviation); of several, that differing most."""
        return float(self.outputs.std(axis=0).max()) if len(self.outputs) else 0.0

    def silent(self, layer: int) -> Bool[ndarray, " _"]:
        """Which neurons of the layer output 0 for all points."""
        return self.flow.silent[layer] >= 1

    def saturated(self, layer: int) -> Bool[ndarray, " _"]:
        """Which neurons of the layer are at a flat end for nearly all points."""
        return self.flow.saturated[layer] >= NEARLY_ALL

    @cached_property
    def silent_neurons(self) -> tuple[tuple[int, int], ...]:
        """All hidden neurons that output 0 for all points."""
        return tuple(
            (layer, int(neuron))
            for layer in range(len(self.experiment.hidden))
            for neuron in np.flatnonzero(self.silent(layer))
        )

    @cached_property
    def saturated_neurons(self) -> tuple[tuple[int, int], ...]:
        """All hidden neurons that are at a flat end for nearly all points."""
        return tuple(
            (layer, int(neuron))
            for layer in range(len(self.experiment.hidden))
            for neuron in np.flatnonzero(self.saturated(layer))
        )

    @cached_property
    def output_ends(self) -> float:
        """For which share of the points the output is at an end of its scale, where it hardly learns; 0 without one."""
        head = self.experiment.head
        if head.limit is None or not head.stalls_at_ends or not len(self.outputs):
            return 0.0
        return float(np.mean(np.abs(self.outputs) > 0.99 * head.limit))

    @cached_property
    def penalty(self) -> tuple[Float64[ndarray, "_ _"], ...]:
        """What the regularization pulls each weight by, in the loss's own units."""
        entry = REGULARIZATIONS[self.experiment.regularization]
        return tuple(
            self.experiment.regularization_rate * entry.derivative(weight) * np.ones_like(weight)
            for weight in self.weights
        )

    # --- What would happen next ---------------------------------------------------

    @cached_property
    def trials(self) -> Trials:
        """Trials of other settings."""
        return Trials(self.run, *(THOROUGH_TRIAL if self.thorough else TRIAL))

    @cached_property
    def ahead(self) -> Float64[ndarray, " epochs"]:
        """The training loss of the next epochs, if nothing is changed."""
        return self.trials.continued()

    @cached_property
    def forecast(self) -> Forecast | None:
        """When it reaches the next round loss, where its curve supports saying so."""
        return forecast_of(self.run.history.since(self.since - 1), lowest_to_hope_for(self.run))

    def falls(self, share: float) -> bool:
        """Whether the loss falls by this share of itself in the next epochs, or by its trend until now."""
        return self._comes_under((1 - share) * self.train_loss, share)

    def gets_better(self, share: float) -> bool:
        """The same, and it is better than the best constant answer then: it has learned something from the points."""
        return self._comes_under((1 - share) * float(np.fmin(self.train_loss, self.levels.constant)), share)

    def _comes_under(self, loss: float, share: float) -> bool:
        if self.trials.briefly_possible:
            return float(np.nanmin(self.ahead, initial=np.inf)) < loss
        return self.age < 8 or self.trend.fall > share


def lowest_to_hope_for(run: Run) -> float:
    """The training loss below which nothing is promised: what noise leaves, and what a straight line leaves."""
    noise = levels_of(run).noise if is_noisy(run) else 0.0
    line = float(np.fmax(bounds_of(run).linear, class_bounds_of(run).linear)) if is_straight(run.experiment) else 0.0
    return float(np.nanmax([line, noise, 0.0]))
