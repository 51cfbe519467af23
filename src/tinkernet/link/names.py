"""The names of a link that change the result: one entry each in NAMES."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from tinkernet.data import DATASETS
from tinkernet.experiment import Experiment
from tinkernet.link.text import number_in, unknown_value, written
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS


@dataclass(frozen=True)
class Name:
    """How a name of the link is read into the settings, and written from an experiment (None: not at all)."""

    read: Callable[[str, str, dict[str, Any], list[str]], None]
    write: Callable[[Experiment], str | None]


def _word(field: str, choices: dict[str, Any]) -> Name:
    """A name that takes one of a list; what is not in the list is passed over, as the original does."""
    default = _default(field)

    def read_word(name: str, value: str, settings: dict[str, Any], notices: list[str]) -> None:
        if value in choices:
            settings[field] = value
        elif value.strip():
            notices.append(unknown_value(name, value))

    return Name(read_word, lambda experiment: _unless(getattr(experiment, field), default))


def _figure(field: str, admit: Callable[[float], float] = lambda number: number) -> Name:
    """A name that takes a number."""
    default = _default(field)

    def read_figure(name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
        if value.strip():
            settings[field] = admit(number_in(name, value))

    def write_figure(experiment: Experiment) -> str | None:
        number = getattr(experiment, field)
        return None if number == default else written(number)

    return Name(read_figure, write_figure)


def _default(field: str) -> Any:
    return next(entry.default for entry in msgspec.structs.fields(Experiment) if entry.name == field)


def _unless(value: str, default: str) -> str | None:
    return None if value == default else value


def _noise(number: float) -> float:
    if number < 0:
        return 0.0
    return 50.0 if number > 80 else number


def _read_shape(name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    settings["hidden"] = tuple(number_in(name, part) for part in value.split(",")) if value.strip() else ()


def _write_shape(experiment: Experiment) -> str | None:
    return None if experiment.hidden == (4, 2) else ",".join(map(str, experiment.hidden))


def _read_seed(_name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    if value.strip():
        settings.setdefault("seed", value)


def _write_seed(experiment: Experiment) -> str | None:
    return experiment.seed if _plain(experiment.seed) else None


def _read_seed_text(_name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    settings["seed"] = unquote(value)


def _write_seed_text(experiment: Experiment) -> str | None:
    return None if _plain(experiment.seed) else quote(experiment.seed, safe="", errors="surrogatepass")


def _plain(seed: str) -> bool:
    """Whether the original could have this very seed from an address."""
    return seed == seed.strip() and re.fullmatch(r"[!$'()*+,./0-9:;?@A-Z\[\]^_a-z{|}~-]+", seed) is not None


def _read_init_zero(_name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    if value.strip():
        settings["initializer"] = "uniform" if value == "false" else "zeros"


def _write_initializer(experiment: Experiment) -> str | None:
    return None if experiment.initializer in ("uniform", "zeros") else experiment.initializer


def _read_dataset(problem: str) -> Callable[[str, str, dict[str, Any], list[str]], None]:
    def read_dataset(name: str, value: str, settings: dict[str, Any], notices: list[str]) -> None:
        if value in DATASETS and DATASETS[value].problem == problem:
            settings[name] = value
        elif value.strip():
            notices.append(unknown_value(name, value))

    return read_dataset


def _write_dataset(problem: str, default: str) -> Callable[[Experiment], str | None]:
    return lambda experiment: _unless(experiment.dataset, default) if experiment.problem == problem else None


def _read_feature(name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    if value.strip():
        settings[name] = value != "false"


def _nothing(_experiment: Experiment) -> None:
    return None


def _write_problem(experiment: Experiment) -> str | None:
    return _unless(experiment.problem, "classification")


NAMES: dict[str, Name] = {
    "activation": _word("activation", ACTIVATIONS),
    "regularization": _word("regularization", REGULARIZATIONS),
    "regularizationRate": _figure("regularization_rate"),
    "learningRate": _figure("learning_rate"),
    "batchSize": _figure("batch_size"),
    "problem": Name(_word("problem", PROBLEMS).read, _write_problem),
    "dataset": Name(_read_dataset("classification"), _write_dataset("classification", "circle")),
    "regDataset": Name(_read_dataset("regression"), _write_dataset("regression", "reg-plane")),
    "noise": _figure("noise", _noise),
    "percTrainData": _figure("train_percent"),
    "networkShape": Name(_read_shape, _write_shape),
    "initZero": Name(_read_init_zero, lambda experiment: "true" if experiment.initializer == "zeros" else None),
    **{name: Name(_read_feature, _nothing) for name in FEATURES},
    # Our own names, which the original ignores.
    "initializer": Name(_word("initializer", INITIALIZERS).read, _write_initializer),
    "optimizer": _word("optimizer", OPTIMIZERS),
    "loss": _word("loss", LOSSES),
    "start": _figure("start"),
    "seedText": Name(_read_seed_text, _write_seed_text),
    "seed": Name(_read_seed, _write_seed),
}
