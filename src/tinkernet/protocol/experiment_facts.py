"""What the page shows of an experiment beside its fields: options in parts, unusual settings, the output."""

from collections.abc import Mapping

import numpy as np

from tinkernet.data.own.compact import as_word
from tinkernet.data.slices import Slice
from tinkernet.experiment import Experiment
from tinkernet.network import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from tinkernet.network.heads import SOFTMAX, losses_for
from tinkernet.network.parameters import Option, option_in, values_in
from tinkernet.protocol.catalog import activation_choice
from tinkernet.protocol.choices import ActivationChoice
from tinkernet.protocol.hints import output_hint, train_loss_hint
from tinkernet.protocol.setting_words import name_of, shown
from tinkernet.protocol.state import ColumnFact, FurtherSetting, OptionFact, OutputFact, OwnDataFact

WITH_PARAMETERS: Mapping[str, Mapping[str, Option]] = {
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "loss": LOSSES,
    "initializer": INITIALIZERS,
}
"""By field, the table of an option that may have parameters."""
SEVERAL_OUTPUTS = ActivationChoice(
    name=SOFTMAX,
    label="Softmax",
    hint="Probabilities of the classes, which add up to 1.",
    before=f"{SOFTMAX}(",
    after=")",
    effect="made probabilities that add up to 1",
    lowest=0.0,
)
USUAL = Experiment(seed="0")


def own_data_fact(experiment: Experiment, plane: Slice) -> OwnDataFact | None:
    """A person's own data, as far as this slice draws it."""
    data = experiment.data
    if data is None:
        return None
    held = data.scaling.backward(np.array([plane.held]))[0].tolist()
    columns = [
        ColumnFact(
            name=column.name,
            feature=feature,
            unit=column.unit,
            low=column.range[0],
            high=column.range[1],
            least=least,
            most=most,
            held=value,
        )
        for column, feature, value, (least, most) in zip(
            data.columns, experiment.inputs.table, held, data.extents, strict=True
        )
    ]
    return OwnDataFact(
        label=data.label,
        rows=len(data),
        columns=columns,
        target=data.target.name,
        target_low=data.target.range[0],
        target_high=data.target.range[1],
        across=plane.across,
        up=plane.up,
        digest=data.digest,
        in_link=as_word(data) is not None,
    )


def option_facts(experiment: Experiment) -> list[OptionFact]:
    """The options with their parameters."""
    return [
        OptionFact(
            field=field,
            name=option_in(table, getattr(experiment, field)).name,
            values=list(values_in(table, getattr(experiment, field))),
        )
        for field, table in WITH_PARAMETERS.items()
    ]


def further_settings(experiment: Experiment) -> list[FurtherSetting]:
    """The settings of the second row that are not as usual, and activations that differ between layers."""
    usual = {field: getattr(USUAL, field) for field in (*WITH_PARAMETERS, "dropout")}
    usual["loss"] = losses_for(experiment.problem, len(experiment.classes))[0]
    if isinstance(experiment.activation, tuple):
        usual["activation"] = experiment.activation[0]
    return [
        FurtherSetting(field=field, name=name_of(field), value=shown(field, getattr(experiment, field)), usual=value)
        for field, value in usual.items()
        if getattr(experiment, field) != value
    ]


def output_fact(experiment: Experiment) -> OutputFact:
    """What the outputs are."""
    head, classes = experiment.head, experiment.classes
    return OutputFact(
        activation=SEVERAL_OUTPUTS if head.several else activation_choice(ACTIVATIONS[head.activation]),
        draws=head.draws,
        lowest=head.lowest,
        highest=head.highest,
        classes=list(classes),
        losses=losses_for(experiment.problem, len(classes)),
        hint=output_hint(head.draws, classes),
        train_loss_hint=train_loss_hint(head.loss),
    )
