"""The rules: each looks at what is measured and returns a finding or None. To add one, add it to RULES."""

from collections.abc import Callable

from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.rules.capacity import local_minimum, starts_compared, too_small
from tinkernet.insight.diagnosis.rules.data import (
    batch_too_large,
    class_imbalance,
    no_inputs,
    overfitting,
    too_few_points,
)
from tinkernet.insight.diagnosis.rules.depth import vanishing_gradients
from tinkernet.insight.diagnosis.rules.neurons import dead_neurons, saturated, stuck_output, symmetric
from tinkernet.insight.diagnosis.rules.overflow import diverged, regularization_explodes
from tinkernet.insight.diagnosis.rules.progress import course, noise_floor, not_started, solved
from tinkernet.insight.diagnosis.rules.rate import learning_rate_too_large, learning_rate_too_small, schedule_over
from tinkernet.insight.diagnosis.rules.regularization import idle_regularization, over_regularized
from tinkernet.run.finding import Finding

RULES: tuple[Callable[[Measurements], Finding | None], ...] = (
    diverged,
    regularization_explodes,
    no_inputs,
    too_few_points,
    class_imbalance,
    symmetric,
    over_regularized,
    learning_rate_too_large,
    schedule_over,
    stuck_output,
    dead_neurons,
    saturated,
    learning_rate_too_small,
    batch_too_large,
    vanishing_gradients,
    too_small,
    local_minimum,
    starts_compared,
    overfitting,
    solved,
    noise_floor,
    idle_regularization,
    not_started,
    course,
)
