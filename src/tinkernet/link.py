"""Experiment and View, to and from the address after '#': the original's names, and some of our own that it ignores."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, unquote

import msgspec

from tinkernet.data import DATASETS
from tinkernet.errors import ExperimentError
from tinkernet.experiment import PROBLEMS, Experiment
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZATIONS

LONGEST = 20_000


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an experiment is shown: travels in the link, changes no result. `hidden` names controls, as CONTROLS does."""

    show_test_data: bool = False
    discretize: bool = False
    hide_text: bool = False
    hidden: tuple[str, ...] = ()
    tutorial: str = ""
    colours: Literal["tinkernet", "original"] = "tinkernet"

    def __post_init__(self) -> None:
        """Check the names of the hidden controls."""
        for name in self.hidden:
            if name not in CONTROLS:
                raise ExperimentError("hidden", name, f"one of {', '.join(CONTROLS)}")


class Reading(NamedTuple):
    """What a link says. `notices` are whole sentences about what it names and tinkernet does not know."""

    experiment: Experiment
    view: View
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Control:
    """Something on the page that a link can hide from a class, by its name and `_hide`."""

    name: str
    label: str
    hint: str


CONTROLS = {
    control.name: control
    for control in (
        Control("showTestData", "Show test data", "The switch that shows the points held back."),
        Control("discretize", "Discretize", "The switch that shows only the sign of the output."),
        Control("playButton", "Play", "The button that trains."),
        Control("stepButton", "Step", "The button that trains one epoch."),
        Control("resetButton", "Reset", "The buttons that start again."),
        Control("learningRate", "Learning rate", "The choice of the learning rate."),
        Control("activation", "Activation", "The choice of the activation."),
        Control("regularization", "Regularization", "The choice of the regularization."),
        Control("regularizationRate", "Regularization rate", "The choice of its rate."),
        Control("problem", "Problem", "The choice between classes and numbers."),
        Control("dataset", "Dataset", "The choice of the points."),
        Control("percTrainData", "Training data", "How many points train."),
        Control("noise", "Noise", "How noisy the points are."),
        Control("batchSize", "Batch size", "How many points make one step."),
        Control("numHiddenLayers", "Hidden layers", "The buttons that add and remove layers and neurons."),
        *(Control(entry.name, f"Feature {entry.label}", "Takes this input out.") for entry in FEATURES.values()),
    )
}


def parse(text: str) -> tuple[Experiment, View]:
    """The experiment and the view of a playground address, or of the text after its '#'; as `read`, without notices."""
    reading = read(text)
    return reading.experiment, reading.view


def read(text: str) -> Reading:
    """What an address, or the text after its '#', says; as forgiving as the original, with a word on what it ignored.

    Raises:
        ExperimentError: the text is too long, or a number in it is none or out of bounds.
    """
    values = _pairs(fragment(text))
    notices: list[str] = []
    settings: dict[str, Any] = {}
    view: dict[str, Any] = {}
    for name, value in values.items():
        if name in _FIELDS:
            _FIELDS[name].read(name, value, settings, notices)
        elif name in _VIEW_SWITCHES:
            if value.strip():
                view[_VIEW_SWITCHES[name]] = value != "false"
        elif name == "tutorial":
            view["tutorial"] = value
        elif name == "colours":
            if value in ("tinkernet", "original"):
                view["colours"] = value
            else:
                notices.append(_unknown_value(name, value))
        elif not name.endswith("_hide") and name not in _KNOWN_BUT_IDLE:
            notices.append(f"The link names “{name}”, which tinkernet does not know; it was passed over.")
    view["hidden"] = _hidden_controls(values, notices)
    settings["features"] = tuple(
        name for name in FEATURES if settings.pop(name, name in ("x", "y")) and name not in view["hidden"]
    )
    return Reading(Experiment(**_with_dataset(settings)), View(**view), tuple(notices))


def write(experiment: Experiment, view: View) -> str:
    """The text after '#': whatever differs from the original's defaults, and the seed."""
    values: dict[str, str] = {}
    for name, entry in _FIELDS.items():
        text = entry.write(experiment)
        if text is not None:
            values[name] = text
    for feature in FEATURES:
        if (feature in experiment.features) != (feature in ("x", "y")):
            values[feature] = "true" if feature in experiment.features else "false"
    for name, field in _VIEW_SWITCHES.items():
        if getattr(view, field):
            values[name] = "true"
    if view.tutorial:
        values["tutorial"] = view.tutorial
    if view.colours != "tinkernet":
        values["colours"] = view.colours
    for control in view.hidden:
        values[f"{control}_hide"] = "true"
    return "&".join(f"{name}={value}" for name, value in values.items())


def fragment(text: str) -> str:
    """The part after '#' of an address as it is found in the wild, as a browser would have it.

    From HTML come `&amp;`, from Markdown backslashes and angle brackets, from a mail the whole thing escaped.
    """
    if len(text) > LONGEST:
        raise ExperimentError("link", text, f"at most {LONGEST:,} characters")
    text = re.sub(r"\\([&#_=.,\-])", r"\1", text.strip().strip("<>\"'` "))
    text = html.unescape(text) if "&amp;" in text else text
    _, mark, after = text.partition("#")
    if not mark:
        after = "" if "://" in text else text
    if "=" not in after and re.search("%3d", after, re.IGNORECASE):
        after = unquote(after)
    # A browser writes a lone surrogate, which no address can have, as U+FFFD.
    after = after.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return quote(after, safe="!#$%&'()*+,-./:;=?@[\\]^_{|}~")


# --- One entry for each name that changes the result -------------------------


@dataclass(frozen=True)
class _Name:
    """How a name of the link is read into the settings, and written from an experiment (None: not at all)."""

    read: Callable[[str, str, dict[str, Any], list[str]], None]
    write: Callable[[Experiment], str | None]


def _word(field: str, choices: dict[str, Any]) -> _Name:
    """A name that takes one of a list; what is not in the list is passed over, as the original does."""
    default = _default(field)

    def read_word(name: str, value: str, settings: dict[str, Any], notices: list[str]) -> None:
        if value in choices:
            settings[field] = value
        elif value.strip():
            notices.append(_unknown_value(name, value))

    return _Name(read_word, lambda experiment: _unless(getattr(experiment, field), default))


def _figure(field: str, admit: Callable[[float], float] = lambda number: number) -> _Name:
    """A name that takes a number."""
    default = _default(field)

    def read_figure(name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
        if value.strip():
            settings[field] = admit(_number(name, value))

    def write_figure(experiment: Experiment) -> str | None:
        number = getattr(experiment, field)
        return None if number == default else _written(number)

    return _Name(read_figure, write_figure)


def _default(field: str) -> Any:
    return next(entry.default for entry in msgspec.structs.fields(Experiment) if entry.name == field)


def _unless(value: str, default: str) -> str | None:
    return None if value == default else value


def _written(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def _number(name: str, value: str) -> float:
    """A number as JavaScript reads it."""
    text = unquote(value).strip()
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        return float(text)
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", text) and len(text) < LONGEST_NUMBER:
        return float(int(text, 0))
    raise ExperimentError(name, value, "a number")


LONGEST_NUMBER = 60


def _noise(number: float) -> float:
    if number < 0:
        return 0.0
    return 50.0 if number > 80 else number


def _read_shape(name: str, value: str, settings: dict[str, Any], _notices: list[str]) -> None:
    settings["hidden"] = tuple(_number(name, part) for part in value.split(",")) if value.strip() else ()


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
            notices.append(_unknown_value(name, value))

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


_FIELDS: dict[str, _Name] = {
    "activation": _word("activation", ACTIVATIONS),
    "regularization": _word("regularization", REGULARIZATIONS),
    "regularizationRate": _figure("regularization_rate"),
    "learningRate": _figure("learning_rate"),
    "batchSize": _figure("batch_size"),
    "problem": _Name(_word("problem", PROBLEMS).read, _write_problem),
    "dataset": _Name(_read_dataset("classification"), _write_dataset("classification", "circle")),
    "regDataset": _Name(_read_dataset("regression"), _write_dataset("regression", "reg-plane")),
    "noise": _figure("noise", _noise),
    "percTrainData": _figure("train_percent"),
    "networkShape": _Name(_read_shape, _write_shape),
    "initZero": _Name(_read_init_zero, lambda experiment: "true" if experiment.initializer == "zeros" else None),
    **{name: _Name(_read_feature, _nothing) for name in FEATURES},
    # Our own names, which the original ignores.
    "initializer": _Name(_word("initializer", INITIALIZERS).read, _write_initializer),
    "optimizer": _word("optimizer", OPTIMIZERS),
    "loss": _word("loss", LOSSES),
    "start": _figure("start"),
    "seedText": _Name(_read_seed_text, _write_seed_text),
    "seed": _Name(_read_seed, _write_seed),
}
_VIEW_SWITCHES = {"showTestData": "show_test_data", "discretize": "discretize", "hideText": "hide_text"}
_KNOWN_BUT_IDLE = {"cosX", "cosY", "collectStats"}


def _pairs(text: str) -> dict[str, str]:
    """The names and values of a link; of a name that comes twice the last counts."""
    pairs: dict[str, str] = {}
    for part in text.split("&"):
        name, *value = part.split("=")
        if name:
            pairs[name] = value[0] if value else ""
    return pairs


def _hidden_controls(values: dict[str, str], notices: list[str]) -> tuple[str, ...]:
    hidden = []
    for name, value in values.items():
        control = name.removesuffix("_hide")
        if control == name or control in _KNOWN_BUT_IDLE:
            continue
        if control not in CONTROLS:
            notices.append(f"The link hides “{control}”, which tinkernet does not have; that was passed over.")
        elif value == "true":
            hidden.append(control)
    return tuple(hidden)


def _with_dataset(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with the one data set that counts for their problem."""
    chosen = {"classification": settings.pop("dataset", ""), "regression": settings.pop("regDataset", "")}
    problem = settings.get("problem", "classification")
    return {**settings, "problem": problem, "dataset": chosen[problem]}


def _unknown_value(name: str, value: str) -> str:
    return f"The link wants {name} to be “{value[:40]}”, which tinkernet does not know; the default stays."
