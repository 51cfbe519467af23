"""Editing a run: its settings, weights and biases; freezing neurons and switching them off."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self, Unpack

import numpy as np
from numpy.typing import ArrayLike

from tinkernet import checks, engine
from tinkernet.data.drawing import Stroke, text_of
from tinkernet.engine import Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Settings, changed_fields
from tinkernet.run import holding
from tinkernet.run.beginning import data_of, examples_of, rule_of, stream_before
from tinkernet.run.events import (
    DATA_SETTINGS,
    KEEPS_WEIGHTS,
    BiasSet,
    Event,
    Frozen,
    ParametersSet,
    Switched,
    WeightSet,
)
from tinkernet.run.history import History
from tinkernet.run.noting import change_noted, noted
from tinkernet.run.training import TrainableRun


class EditableRun(TrainableRun):
    """The methods of a run that edit it; training continues from there. Each edit is recorded as an event."""

    __slots__ = ()

    @property
    def learning_rate(self) -> float:
        """The learning rate. Setting it keeps the weights; training continues with the new rate."""
        return self.experiment.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.change(learning_rate=value)

    def change(self, **settings: Unpack[Settings]) -> Self:
        """Change some of the experiment's settings and keep all weights.

        If the data changes, an epoch in progress starts again. What the optimizer keeps, such as Adam's means, is kept
        as well, unless the new optimizer keeps something else.

        Args:
            settings: fields of the experiment, by name; not those that decide the shape or the initial weights.

        Raises:
            ExperimentError: a value is invalid, or the field cannot change while the weights are kept.

        Example:
            >>> run = Run(seed="1").train(50).change(regularization="L2", regularization_rate=0.003)
            >>> run.epoch, run.experiment.regularization
            (50, 'L2')
        """
        for name in settings:
            if name not in KEEPS_WEIGHTS:
                allowed = f"one of {', '.join(KEEPS_WEIGHTS)}, while the weights are kept"
                raise ExperimentError("the field", name, allowed + checks.suggestion(name, KEEPS_WEIGHTS))
        state = self._state
        before, after = state.experiment, state.experiment.replace(**settings)
        changed = changed_fields(before, after)
        if not changed:
            return self
        if after.layout != before.layout:
            outputs = before.layout.sizes[-1]
            needs = "1 output neuron" if outputs == 1 else f"{outputs} output neurons"
            raise ExperimentError("dataset", after.dataset, f"one that needs {needs}, while the weights are kept")
        rule, events = rule_of(after), change_noted(state.events, before, after, (state.epoch, state.position))
        new = replace(state, experiment=after, rule=rule, events=events, _evaluated={})
        if rule.optimizer_entry.keeps != state.rule.optimizer_entry.keeps:
            learner = state.learner.copy()
            learner.restart_optimizer(rule)
            new = replace(new, learner=learner)
        if rule.head is not state.rule.head:
            new = replace(
                new,
                examples=examples_of(after, new.train_data),
                test_examples=examples_of(after, new.test_data),
            )
        if not DATA_SETTINGS.isdisjoint(changed):
            data, learner = data_of(after), new.learner.copy()
            learner.counted = 0
            learner.gradients[:] = 0.0
            new = replace(
                new,
                train_data=data.train,
                test_data=data.test,
                examples=examples_of(after, data.train),
                test_examples=examples_of(after, data.test),
                # Painting draws nothing from it, and skipping many draws at each step of a stroke would be slow.
                stream=new.stream
                if changed == ["drawing"]
                else stream_before(after.replace(start=after.start + 1)).state(),
                learner=learner,
                position=0,
                at_once=1,
            )
        self._commit(new)
        return self

    def paint(self, *strokes: Stroke | str) -> Self:
        """Add strokes to the drawing and keep all weights.

        Args:
            strokes: each a `Spray`, `Dot`, `Erase`, `Move` or `Clear`, or its text.

        Raises:
            ExperimentError: a stroke is invalid, or there are too many.

        Example:
            >>> from tinkernet import Spray
            >>> Run(seed="1").paint(Spray(1, (0, 0), count=20)).experiment.drawing
            's1,50,20,0,0'
        """
        return self.change(drawing=text_of((*filter(None, [self.experiment.drawing]), *strokes)))

    def set_weight(self, layer: int, to: int, source: int, value: float) -> None:
        """Set a weight.

        Args:
            layer: the layer that the weight leads to; 0 is the first after the inputs.
            to: the neuron in that layer.
            source: the neuron, or the input, in the layer before.
            value: a finite number.

        Raises:
            ExperimentError: there is no such weight, or the value is not finite.

        Example:
            >>> run = Run(seed="1")
            >>> run.set_weight(0, 2, 1, 1.5)
            >>> float(run.weights[0][2, 1])
            1.5
        """
        layer, to = self.layout.checked(layer, to, "to")
        inputs = self.layout.sizes[layer]
        source = checks.index("from", source, inputs)
        place = self.layout.weight_slice(layer).start + to * inputs + source
        value = checks.number("weight", value)
        at = self._state
        self._set_parameter(
            place, WeightSet(epoch=at.epoch, position=at.position, layer=layer, to=to, source=source, value=value)
        )

    def set_bias(self, layer: int, neuron: int, value: float) -> None:
        """Set a bias.

        Args:
            layer: the neuron's layer; 0 is the first after the inputs.
            neuron: the neuron in that layer.
            value: a finite number.

        Raises:
            ExperimentError: there is no such neuron, or the value is not finite.

        Example:
            >>> run = Run(seed="1")
            >>> run.set_bias(2, 0, -0.2)
            >>> float(run.biases[2][0])
            -0.2
        """
        layer, neuron = self.layout.checked(layer, neuron)
        place = self.layout.bias_slice(layer).start + neuron
        value = checks.number("bias", value)
        at = self._state
        self._set_parameter(
            place, BiasSet(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, value=value)
        )

    def _set_parameter(self, place: int, event: WeightSet | BiasSet) -> None:
        learner = self._state.learner.copy()
        learner.parameters[place] = event.value
        self._edit(learner, event)

    def set_parameters(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]) -> Self:
        """Set all weights and biases at once, for example those of a network that was trained elsewhere.

        Frozen neurons stay frozen; neurons that were switched off are switched on, and weights that L1 had removed are
        back. Before the first epoch, the history starts with the losses of these parameters.

        Args:
            weights: one array (neurons, neurons before) per layer after the inputs, as `run.weights` has them.
            biases: one array (neurons) per layer after the inputs, as `run.biases` has them.

        Raises:
            ExperimentError: an array has another shape than the network, or a value that is not finite.

        Example:
            >>> trained, run = Run(seed="1").train(50), Run(seed="1")
            >>> run.set_parameters(trained.weights, trained.biases).test_loss == trained.test_loss
            True
        """
        state, layout = self._state, self.layout
        parameters = np.empty(layout.count)
        for name, given, places in (
            ("weights", weights, layout.weights(parameters)),
            ("biases", biases, layout.biases(parameters)),
        ):
            if not isinstance(given, list | tuple) or len(given) != layout.layers:
                raise ExperimentError(name, given, f"a list of {layout.layers} arrays, one for each layer")
            for layer, (values, place) in enumerate(zip(given, places, strict=True)):
                place[...] = checks.array(f"{name}[{layer}]", values, place.shape)
        learner = state.learner.copy()
        learner.parameters, learner.stash = parameters, np.zeros(layout.count)
        learner.held &= engine.FROZEN
        event = ParametersSet.of(parameters, epoch=state.epoch, position=state.position)
        new = replace(state, learner=learner, events=noted(state.events, event), _evaluated={})
        at_the_beginning = (state.epoch, state.position) == (0, 0)
        self._commit(replace(new, history=History()).with_losses() if at_the_beginning else new)
        return self

    def freeze(self, layer: int, neuron: int | None = None, *, frozen: bool = True) -> None:
        """Freeze or unfreeze a neuron's incoming weights and bias, or those of a whole layer.

        Args:
            layer: 0 for the first layer after the inputs.
            neuron: index of the neuron in the layer; by default all neurons.
            frozen: False to unfreeze.

        Raises:
            ExperimentError: there is no such layer or neuron.

        Example:
            >>> run = Run(seed="1")
            >>> run.freeze(0, 1)
            >>> run.frozen[0]
            array([False,  True, False, False])
        """
        frozen = checks.flag("frozen", frozen)
        layer = checks.index("layer", layer, self.layout.layers)
        size = self.layout.sizes[layer + 1]
        neuron = None if neuron is None else checks.index("neuron", neuron, size)
        learner, at = self._state.learner.copy(), self._state
        chosen = range(size) if neuron is None else [neuron]
        holding.freeze(self.layout, learner, layer, chosen, frozen=frozen)
        self._edit(learner, Frozen(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, frozen=frozen))

    def switch(self, layer: int, neuron: int, *, on: bool) -> None:
        """Switch a hidden neuron off, so that it has no effect on the next layer, or on again.

        Args:
            layer: the neuron's layer; 0 is the first after the inputs.
            neuron: the neuron in that layer.
            on: False to switch it off.

        Raises:
            ExperimentError: there is no such hidden neuron.

        Example:
            >>> run = Run(seed="1")
            >>> run.switch(0, 2, on=False)
            >>> run.is_on(0, 2)
            False
        """
        on = checks.flag("on", on)
        layer = checks.index("layer", layer, self.layout.layers - 1)
        neuron = checks.index("neuron", neuron, self.layout.sizes[layer + 1])
        if on == self.is_on(layer, neuron):
            return
        learner, at = self._state.learner.copy(), self._state
        holding.switch(self.layout, learner, layer, neuron)
        self._edit(learner, Switched(epoch=at.epoch, position=at.position, layer=layer, neuron=neuron, on=on))

    def _edit(self, learner: Learner, event: Event) -> None:
        state = self._state
        self._commit(replace(state, learner=learner, events=noted(state.events, event), _evaluated={}))
