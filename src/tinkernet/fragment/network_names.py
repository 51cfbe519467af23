"""The names in a link for the network and its training."""

from dataclasses import replace
from urllib.parse import unquote

from tinkernet import defaults
from tinkernet.data import DATASETS
from tinkernet.fragment.name import Fields, Name, figure, of_original, only_here, option, word
from tinkernet.fragment.text import written
from tinkernet.fragment.values import UnusableError, numbers, one_of, reader, switch
from tinkernet.network import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.network.heads import losses_for
from tinkernet.network.parameters import option_in


def _is_of_original(fields: Fields) -> bool:
    """Whether the original has the activation, and all layers have the same."""
    name = fields["activation"]
    return isinstance(name, str) and ACTIVATIONS[name].in_original


def _write_activation(fields: Fields) -> str | None:
    name = fields["activation"]
    return name if _is_of_original(fields) and name != next(iter(ACTIVATIONS)) else None


def _parse_activations(value: str) -> str | tuple[str, ...] | None:
    names = tuple(part.strip() for part in unquote(value).split(",") if part.strip())
    if not all(name in ACTIVATIONS for name in names):
        raise UnusableError("unknown-value", value)
    return names if len(names) > 1 else next(iter(names), None)


def _write_activations(fields: Fields) -> str | None:
    """The activations of the layers, or the one of all, if the original cannot have them."""
    names = fields["activation"]
    if _is_of_original(fields):
        return None
    return ",".join(names) if isinstance(names, tuple) else names


ACTIVATION = Name(
    "activation", reader("activation", one_of(of_original(ACTIVATIONS))), _write_activation, _is_of_original
)
ACTIVATION_BY_LAYER = only_here(Name("activation", reader("activation", _parse_activations), _write_activations))


def _write_shape(fields: Fields) -> str | None:
    return None if fields["hidden"] == defaults.HIDDEN else ",".join(map(str, fields["hidden"]))


SHAPE = Name(
    "hidden", reader("hidden", lambda value: numbers(value) if value.strip() else (), blank=True), _write_shape
)


def _parse_init_zero(value: str) -> str:
    zero = switch(value)
    return next(name for name, entry in INITIALIZERS.items() if entry.init_zero is zero)


def _write_init_zero(fields: Fields) -> str | None:
    return "true" if option_in(INITIALIZERS, fields["initializer"]).init_zero else None


def _write_initializer(fields: Fields) -> str | None:
    """The initializer, if initZero cannot express it."""
    text = fields["initializer"]
    plain = option_in(INITIALIZERS, text)
    return None if plain.init_zero is not None and text == plain.name else text


INIT_ZERO = Name("initializer", reader("initializer", _parse_init_zero), _write_init_zero)
INITIALIZER = only_here(replace(option("initializer", INITIALIZERS), write=_write_initializer))


def _write_loss(fields: Fields) -> str | None:
    """The loss, unless it is the usual one."""
    data = DATASETS[fields["dataset"]] if fields["data"] is None else fields["data"]
    usual = losses_for(fields["problem"], len(data.classes))[0]
    return None if fields["loss"] == usual else fields["loss"]


LOSS = only_here(replace(option("loss", LOSSES), write=_write_loss))


def _parse_dropout(value: str) -> float | tuple[float, ...]:
    shares = numbers(value)
    return shares[0] if len(shares) == 1 else shares


def _write_dropout(fields: Fields) -> str | None:
    shares = fields["dropout"]
    if isinstance(shares, tuple):
        return ",".join(map(written, shares))
    return written(shares) if shares else None


DROPOUT = only_here(Name("dropout", reader("dropout", _parse_dropout), _write_dropout))

OPTIMIZER = only_here(option("optimizer", OPTIMIZERS))
SCHEDULE = only_here(option("schedule", SCHEDULES))
LEARNING_RATE = figure("learning_rate", defaults.LEARNING_RATE)
BATCH_SIZE = figure("batch_size", defaults.BATCH_SIZE)
START = only_here(figure("start", defaults.START))
REGULARIZATION = replace(
    word("regularization", REGULARIZATIONS),
    fits_original=lambda fields: REGULARIZATIONS[fields["regularization"]].in_original,
)
REGULARIZATION_RATE = figure("regularization_rate", defaults.REGULARIZATION_RATE)
