"""Fitted: the network of an estimator, with all that it needs to answer rows and to be trained further."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64
from tinkernet.data.own.scaling import Scaling
from tinkernet.data.philox import LOW, WORDS, key_for, philox
from tinkernet.engine import Learner, Rule
from tinkernet.engine.reference import quiet
from tinkernet.estimators.columns import BLOCK, Columns
from tinkernet.estimators.settings import Settings
from tinkernet.network import Layout, OutputHead
from tinkernet.network.dropout import key_of
from tinkernet.network.heads import head_of
from tinkernet.network.initializers import initial_parameters


@dataclass(frozen=True, eq=False)
class Fitted:
    """A trained network. Immutable: training makes another one.

    `classes` is how many there are, 0 for a regression; `target` is how numbers to predict are scaled.
    """

    settings: Settings
    problem: str
    classes: int
    columns: Columns
    target: Scaling | None
    seed: str
    learner: Learner
    epoch: int = 0

    @classmethod
    def untrained(
        cls, settings: Settings, problem: str, classes: int, columns: Columns, target: Scaling | None, seed: str
    ) -> "Fitted":
        """A network with its initial weights."""
        rule = rule_of(settings, problem, classes, columns.input_count, seed)
        learner = Learner.fresh(rule, initial_parameters_of(rule.layout, settings.initializer, seed))
        return cls(settings, problem, classes, columns, target, seed, learner)

    def with_settings(self, settings: Settings) -> "Fitted":
        """This network, to be trained with these settings; what another optimizer cannot use is forgotten."""
        other = replace(self, settings=settings, learner=self.learner.copy())
        if other.rule.optimizer_entry.name != self.rule.optimizer_entry.name:
            other.learner.restart_optimizer(other.rule)
        return other

    @cached_property
    def rule(self) -> Rule:
        """The engine's rule."""
        return rule_of(self.settings, self.problem, self.classes, self.columns.input_count, self.seed)

    @property
    def head(self) -> OutputHead:
        """How the last layer answers."""
        return self.rule.head

    def outputs(self, rows: Float64[ndarray, "n columns"]) -> Float64[ndarray, "outputs n"]:
        """The outputs of the network for these rows."""
        parts = []
        with quiet():
            for start in range(0, len(rows), BLOCK):
                inputs = self.columns.compute(rows[start : start + BLOCK])
                parts.append(engine.outputs(self.rule, self.learner.parameters, inputs)[-1])
        return np.concatenate(parts, axis=1)

    def __getstate__(self) -> dict[str, object]:
        """Without the rule, which holds functions."""
        return {name: value for name, value in self.__dict__.items() if name != "rule"}


def rule_of(settings: Settings, problem: str, classes: int, inputs: int, seed: str) -> Rule:
    """The engine's rule for these settings."""
    head = head_of(problem, classes, settings.loss)
    drops = any(settings.dropout)
    return Rule(
        layout=Layout((inputs, *settings.hidden, head.outputs(classes))),
        activations=settings.activation,
        head=head,
        loss=settings.loss,
        learning_rate=settings.learning_rate,
        batch_size=settings.batch_size,
        regularization=settings.regularization,
        regularization_rate=settings.regularization_rate,
        optimizer=settings.optimizer,
        schedule=settings.schedule,
        dropout=settings.dropout if drops else (),
        dropout_key=key_of(seed) if drops else 0,
    )


class _Draws:
    """Uniform draws that depend on the seed alone, and not on the number of rows, as those of a run do.

    So rows that are given twice do the same as a weight of 2.
    """

    def __init__(self, seed: str) -> None:
        self._key, self._block = key_for("weights of an estimator", seed), 0

    def uniforms(self, *shape: int) -> Float64[ndarray, "..."]:
        """The next draws in (0, 1), as an array filled row by row."""
        count = int(np.prod(shape))
        blocks = np.arange(self._block, self._block - (-count // WORDS), dtype=np.uint64)
        self._block += len(blocks)
        zero = np.zeros_like(blocks)
        words = np.stack(philox((blocks & np.uint64(LOW), blocks >> np.uint64(32), zero, zero), self._key), axis=1)
        return ((words.ravel()[:count].astype(np.float64) + 0.5) * 2.0**-32).reshape(shape)


def initial_parameters_of(layout: Layout, initializer: str, seed: str) -> Float64[ndarray, " count"]:
    """The initial parameters of an estimator's network."""
    return initial_parameters(layout, initializer, _Draws(seed))
