"""The rules: each looks at what is measured and returns a finding or None. To add one, add it to RULES."""

from collections.abc import Callable

from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.rules.capacity import local_minimum, many_starts_tell, too_small
from tinkernet.insight.diagnosis.rules.depth import vanishing_gradients
from tinkernet.insight.diagnosis.rules.neurons import dead_neurons, saturated, stuck_output, symmetric
from tinkernet.insight.diagnosis.rules.numbers import diverged, regularization_explodes
from tinkernet.insight.diagnosis.rules.points import (
    batch_too_large,
    class_imbalance,
    no_inputs,
    overfitting,
    too_few_points,
)
from tinkernet.insight.diagnosis.rules.progress import course, noise_floor, not_started, solved
from tinkernet.insight.diagnosis.rules.rate import learning_rate_too_large, learning_rate_too_small
from tinkernet.insight.diagnosis.rules.regularization import over_regularized

RULES: tuple[Callable[[Measured], Finding | None], ...] = (
    diverged,
    regularization_explodes,
    no_inputs,
    too_few_points,
    class_imbalance,
    symmetric,
    over_regularized,
    learning_rate_too_large,
    stuck_output,
    dead_neurons,
    saturated,
    learning_rate_too_small,
    batch_too_large,
    vanishing_gradients,
    too_small,
    local_minimum,
    many_starts_tell,
    overfitting,
    solved,
    noise_floor,
    not_started,
    course,
)
