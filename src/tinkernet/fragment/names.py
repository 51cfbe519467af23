"""The names in a link that affect the result: one entry each in NAMES."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, unquote

from tinkernet import defaults
from tinkernet.data import DATASETS, drawing
from tinkernet.data.own.compact import as_word, of_word
from tinkernet.errors import ExperimentError
from tinkernet.formula import FormulaError, separated
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import number_in, written
from tinkernet.network import (
    ACTIVATIONS,
    FEATURES,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    PROBLEMS,
    REGULARIZATIONS,
    SCHEDULES,
)
from tinkernet.network.features import MOST_FORMULAS, Feature
from tinkernet.network.heads import losses_for
from tinkernet.network.inputs import PLANE_INPUTS, Inputs, inputs_of
from tinkernet.network.parameters import Option, checked, option_in

Settings = dict[str, Any]
"""Fields of an experiment by name; features and data sets have their names in the link."""


@dataclass(frozen=True)
class Name:
    """How a name of the link is read into settings, and written from an experiment's fields (None: not written).

    `fits_original` says whether the original gets the field right from what is written. It ignores names that
    only tinkernet knows, so such a name fits where nothing is written for it.
    """

    field: str
    read: Callable[[str, str, Settings, list[Remark]], None]
    write: Callable[[Mapping[str, Any]], str | None]
    fits_original: Callable[[Mapping[str, Any]], bool] = lambda _: True


def _own(name: Name) -> Name:
    """The name as one that only tinkernet knows."""
    return replace(name, fits_original=lambda experiment: name.write(experiment) is None)


class Entry(Protocol):
    """An entry of a table, of which the original may have the same."""

    @property
    def in_original(self) -> bool: ...


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def _of_original(table: Mapping[str, AnyEntry]) -> dict[str, AnyEntry]:
    """The entries that the original has: it ignores other values under its names, and so does tinkernet."""
    return {name: entry for name, entry in table.items() if entry.in_original}


def _known(field: str, choices: Mapping[str, Entry]) -> Name:
    """A name of the original's that takes one of a list, which may be longer here."""
    return replace(_word(field, choices), fits_original=lambda experiment: choices[experiment[field]].in_original)


def _word(field: str, choices: Mapping[str, Any]) -> Name:
    """A name with a list of possible values; an unknown value is ignored, as in the original."""
    default = next(iter(choices))

    def read(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
        if value in choices:
            settings[field] = value
        elif value.strip():
            remarks.append(Remark("unknown-value", name, value))

    return Name(field, read, lambda experiment: None if experiment[field] == default else experiment[field])


def _option(field: str, table: Mapping[str, Option]) -> Name:
    """A name whose value is an option with its parameters; one that cannot be used is ignored."""
    default = next(iter(table))

    def read(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
        text = unquote(value)
        if not text.strip():
            return
        try:
            settings[field] = checked(field, text, table)
        except ExperimentError:
            remarks.append(Remark("unknown-value", name, text))

    return Name(field, read, lambda experiment: None if experiment[field] == default else experiment[field])


def _write_loss(experiment: Mapping[str, Any]) -> str | None:
    """The loss, unless it is the usual one."""
    data = experiment["data"] or DATASETS[experiment["dataset"]]
    usual = losses_for(experiment["problem"], len(data.classes))[0]
    return None if experiment["loss"] == usual else experiment["loss"]


def _write_activation(experiment: Mapping[str, Any]) -> str | None:
    """The activation, if all layers have the same, and the original has it."""
    name = experiment["activation"]
    return name if _activation_fits(experiment) and name != next(iter(ACTIVATIONS)) else None


def _activation_fits(experiment: Mapping[str, Any]) -> bool:
    name = experiment["activation"]
    return isinstance(name, str) and ACTIVATIONS[name].in_original


def _read_activations(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    names = tuple(part.strip() for part in unquote(value).split(",") if part.strip())
    if all(one in ACTIVATIONS for one in names):
        if names:
            settings["activation"] = names[0] if len(names) == 1 else names
    else:
        remarks.append(Remark("unknown-value", name, value))


def _write_activations(experiment: Mapping[str, Any]) -> str | None:
    """The activations of the layers, or the one of all, if the original cannot have them."""
    names = experiment["activation"]
    if _activation_fits(experiment):
        return None
    return ",".join(names) if isinstance(names, tuple) else names


def _read_dropout(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    shares = [number_in(part) for part in value.split(",")] if value.strip() else []
    if None in shares:
        remarks.append(Remark("unreadable", name, value))
    elif shares:
        settings["dropout"] = shares[0] if len(shares) == 1 else tuple(shares)


def _write_dropout(experiment: Mapping[str, Any]) -> str | None:
    shares = experiment["dropout"]
    if isinstance(shares, tuple):
        return ",".join(map(written, shares))
    return written(shares) if shares else None


def _figure(field: str, default: float, admit: Callable[[float], float] = lambda number: number) -> Name:
    """A name whose value is a number."""

    def read(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
        number = number_in(value)
        if number is not None:
            settings[field] = admit(number)
        elif value.strip():
            remarks.append(Remark("unreadable", name, value))

    def write(experiment: Mapping[str, Any]) -> str | None:
        return None if experiment[field] == default else written(experiment[field])

    return Name(field, read, write)


def _noise(number: float) -> float:
    """The noise that the original uses for this number."""
    if number < 0:
        return 0.0
    return 50.0 if number > 80 else number


def _read_shape(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    counts = [number_in(part) for part in value.split(",")] if value.strip() else []
    if None in counts:
        remarks.append(Remark("unreadable", name, value))
    else:
        settings["hidden"] = tuple(counts)


def _write_shape(experiment: Mapping[str, Any]) -> str | None:
    hidden = experiment["hidden"]
    return None if hidden == defaults.HIDDEN else ",".join(map(str, hidden))


def _read_seed(_name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    if value.strip():
        settings.setdefault("seed", value)


def _write_seed(experiment: Mapping[str, Any]) -> str | None:
    return experiment["seed"] if _plain(experiment["seed"]) else None


def _read_seed_text(_name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    try:
        settings["seed"] = unquote(value, errors="surrogatepass")
    except UnicodeDecodeError:
        settings["seed"] = unquote(value)


def _write_seed_text(experiment: Mapping[str, Any]) -> str | None:
    seed = experiment["seed"]
    return None if _plain(seed) else quote(seed, safe="", errors="surrogatepass").replace(".", "%2E")


def _plain(seed: str) -> bool:
    """Whether the original can read this seed from an address, and surrounding text cannot alter it."""
    return re.fullmatch(r"[!$*+,./0-9:;?@A-Z_a-z~-]*[0-9A-Za-z_~+$@-]", seed, re.ASCII) is not None


def _read_init_zero(_name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    if value.strip():
        zero = value != "false"
        settings["initializer"] = next(name for name, entry in INITIALIZERS.items() if entry.init_zero is zero)


def _write_init_zero(experiment: Mapping[str, Any]) -> str | None:
    return "true" if option_in(INITIALIZERS, experiment["initializer"]).init_zero else None


def _write_initializer(experiment: Mapping[str, Any]) -> str | None:
    """The initializer, if initZero cannot express it."""
    text = experiment["initializer"]
    plain = option_in(INITIALIZERS, text)
    return None if plain.init_zero is not None and text == plain.name else text


def _dataset(problem: str) -> Name:
    """A name whose value is a data set of the original; it applies only to this problem."""
    choices = [name for name, entry in _of_original(DATASETS).items() if entry.problem == problem]

    def read(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
        if value in choices:
            settings[name] = value
        elif value.strip():
            remarks.append(Remark("unknown-value", name, value))

    def write(experiment: Mapping[str, Any]) -> str | None:
        dataset = experiment["dataset"]
        return dataset if dataset in choices[1:] else None

    def fits_original(experiment: Mapping[str, Any]) -> bool:
        if experiment["data"] is not None:
            return False
        return experiment["problem"] != problem or DATASETS[experiment["dataset"]].in_original

    return Name("dataset", read, write, fits_original)


def _read_data(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    if value in DATASETS:
        settings["data"] = value
    elif value.strip():
        remarks.append(Remark("unknown-value", name, value))


def _write_data(experiment: Mapping[str, Any]) -> str | None:
    """The data set, if the original does not have it."""
    name = experiment["dataset"]
    return None if experiment["data"] is not None or DATASETS[name].in_original else name


def _read_points(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    try:
        settings["own"] = of_word(value)
    except ExperimentError as error:
        remarks.append(Remark("no-points", name, value, error.allowed))


def _write_points(experiment: Mapping[str, Any]) -> str | None:
    """A person's own data, if it is small enough."""
    return None if experiment["data"] is None else as_word(experiment["data"])


def _read_digest(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    if re.fullmatch(r"[0-9a-f]{64}", value):
        settings["digest"] = value
    elif value.strip():
        remarks.append(Remark("unknown-value", name, value))


def _write_digest(experiment: Mapping[str, Any]) -> str | None:
    """The digest of a person's own data that is too large for a link."""
    data = experiment["data"]
    return None if data is None or as_word(data) is not None else data.digest


def _read_inputs(_name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    settings["inputs"] = tuple(separated(unquote(value)))


def _write_inputs(experiment: Mapping[str, Any]) -> str | None:
    """The inputs of a person's own data, unless they are its columns: as formulas."""
    data = experiment["data"]
    if data is None or experiment["features"] == tuple(inputs_of(data.names).table):
        return None
    formulas = (inputs_of(data.names).feature_of(name).formula for name in experiment["features"])
    return ",".join(quote(formula, safe="()*/-.,") for formula in formulas)


def _read_feature(name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    if value.strip():
        settings[name] = value != "false"


def _feature(entry: Feature) -> Name:
    """A name that says whether a feature is on."""

    def write(experiment: Mapping[str, Any]) -> str | None:
        if experiment["data"] is not None:
            return None
        on = entry.name in experiment["features"]
        return None if on == entry.default else str(on).lower()

    def fits_original(experiment: Mapping[str, Any]) -> bool:
        return experiment["data"] is not None or entry.in_original or entry.name not in experiment["features"]

    return Name("features", _read_feature, write, fits_original)


def features_in(name: str, texts: Iterable[str], inputs: Inputs, remarks: list[Remark]) -> tuple[str, ...]:
    """The features that these texts are, without those that cannot be read and formulas that are too many."""
    read: dict[str, None] = {}
    for text in texts:
        try:
            feature = inputs.feature_name(text)
        except FormulaError as error:
            remarks.append(Remark("no-formula", name, text, error.reason))
            continue
        if len(inputs.formulas_of((*read, feature))) > MOST_FORMULAS:
            remarks.append(Remark("no-formula", name, text, f"there are more than {MOST_FORMULAS}"))
        else:
            read[feature] = None
    return tuple(read)


def _read_formulas(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    settings["formulas"] = features_in(name, separated(unquote(value)), PLANE_INPUTS, remarks)


def _read_drawing(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
    if not value.strip():
        return
    try:
        settings["drawing"] = drawing.read(unquote(value)).text
    except ExperimentError:
        remarks.append(Remark("unreadable", name, value))


def _write_formulas(experiment: Mapping[str, Any]) -> str | None:
    """The formulas, separated by commas: those inside a formula stand in parentheses."""
    if experiment["data"] is not None:
        return None
    # Some programs read a plus in an address as a space.
    formulas = PLANE_INPUTS.formulas_of(experiment["features"])
    return ",".join(quote(formula, safe="()*/-.,") for formula in formulas) or None


CLASSIFICATION, REGRESSION = PROBLEMS

NAMES: dict[str, Name] = {
    "activation": Name(
        "activation", _word("activation", _of_original(ACTIVATIONS)).read, _write_activation, _activation_fits
    ),
    "regularization": _known("regularization", REGULARIZATIONS),
    "regularizationRate": _figure("regularization_rate", defaults.REGULARIZATION_RATE),
    "learningRate": _figure("learning_rate", defaults.LEARNING_RATE),
    "batchSize": _figure("batch_size", defaults.BATCH_SIZE),
    "problem": _word("problem", PROBLEMS),
    "dataset": _dataset(CLASSIFICATION),
    "regDataset": _dataset(REGRESSION),
    "noise": _figure("noise", defaults.NOISE, _noise),
    "percTrainData": _figure("train_percent", defaults.TRAIN_PERCENT),
    "networkShape": Name("hidden", _read_shape, _write_shape),
    "initZero": Name("initializer", _read_init_zero, _write_init_zero),
    # Our own names, which the original ignores.
    "data": _own(Name("dataset", _read_data, _write_data)),
    "points": _own(Name("data", _read_points, _write_points)),
    "pointsDigest": _own(Name("data", _read_digest, _write_digest)),
    "inputs": _own(Name("features", _read_inputs, _write_inputs)),
    "activations": _own(Name("activation", _read_activations, _write_activations)),
    "initializer": _own(Name("initializer", _option("initializer", INITIALIZERS).read, _write_initializer)),
    "optimizer": _own(_option("optimizer", OPTIMIZERS)),
    "schedule": _own(_option("schedule", SCHEDULES)),
    "loss": _own(Name("loss", _option("loss", LOSSES).read, _write_loss)),
    "dropout": _own(Name("dropout", _read_dropout, _write_dropout)),
    "start": _own(_figure("start", defaults.START)),
    "drawing": _own(Name("drawing", _read_drawing, lambda experiment: experiment["drawing"] or None)),
    "formulas": _own(Name("features", _read_formulas, _write_formulas)),
    "seedText": _own(Name("seed", _read_seed_text, _write_seed_text)),
    "seed": Name("seed", _read_seed, _write_seed),
    **{name: _feature(entry) for name, entry in FEATURES.items()},
}
