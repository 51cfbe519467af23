"""The names in a link for the data: a built-in data set or a person's own data, noise, drawing and random seed."""

import re
from urllib.parse import quote, unquote

from tinkernet import defaults
from tinkernet.data import DATASETS, drawing
from tinkernet.data.own.compact import as_word, of_word
from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.fragment.name import Fields, Name, figure, of_original, only_here, word
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.values import Settings, UnusableError, one_of, reader
from tinkernet.network import PROBLEMS

PROBLEM = word("problem", PROBLEMS)
TRAIN_PERCENT = figure("train_percent", defaults.TRAIN_PERCENT)


def _noise_of_original(number: float) -> float:
    if number < 0:
        return 0.0
    return 50.0 if number > 80 else number


NOISE = figure("noise", defaults.NOISE, _noise_of_original)


def dataset(name: str, problem: str) -> Name:
    """A name whose value is a data set of the original; it applies only to this problem."""
    choices = [name for name, entry in of_original(DATASETS).items() if entry.problem == problem]

    def write(fields: Fields) -> str | None:
        return fields["dataset"] if fields["dataset"] in choices[1:] else None

    def fits_original(fields: Fields) -> bool:
        if fields["data"] is not None:
            return False
        return fields["problem"] != problem or DATASETS[fields["dataset"]].in_original

    return Name("dataset", reader(name, one_of(choices)), write, fits_original)


def _write_further_dataset(fields: Fields) -> str | None:
    """The data set, if the original does not have it."""
    name = fields["dataset"]
    return None if fields["data"] is not None or DATASETS[name].in_original else name


FURTHER_DATASET = only_here(Name("dataset", reader("data", one_of(DATASETS)), _write_further_dataset))


def _parse_points(value: str) -> Dataset:
    try:
        return of_word(value)
    except ExperimentError as error:
        raise UnusableError("no-points", value, error.allowed) from None


def _write_points(fields: Fields) -> str | None:
    """A person's own data, if it is small enough."""
    return None if fields["data"] is None else as_word(fields["data"])


def _parse_digest(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise UnusableError("unknown-value", value)
    return value


def _write_digest(fields: Fields) -> str | None:
    """The digest of a person's own data that is too large for a link."""
    data = fields["data"]
    return None if data is None or as_word(data) is not None else data.digest


POINTS = only_here(Name("data", reader("own", _parse_points, blank=True), _write_points))
POINTS_DIGEST = only_here(Name("data", reader("digest", _parse_digest), _write_digest))


def _parse_drawing(value: str) -> str:
    try:
        return drawing.read(unquote(value)).text
    except ExperimentError:
        raise UnusableError("unreadable", value) from None


DRAWING = only_here(Name("drawing", reader("drawing", _parse_drawing), lambda fields: fields["drawing"] or None))


def _read_seed(_name: str, value: str, settings: Settings, _remarks: list[Remark]) -> None:
    if value.strip():
        settings.setdefault("seed", value)  # the text of a seed is more exact


def _write_seed(fields: Fields) -> str | None:
    return fields["seed"] if _is_plain(fields["seed"]) else None


def _parse_seed_text(value: str) -> str:
    try:
        return unquote(value, errors="surrogatepass")
    except UnicodeDecodeError:
        return unquote(value)


def _write_seed_text(fields: Fields) -> str | None:
    seed = fields["seed"]
    return None if _is_plain(seed) else quote(seed, safe="", errors="surrogatepass").replace(".", "%2E")


def _is_plain(seed: str) -> bool:
    """Whether the original can read this seed from an address, and surrounding text cannot alter it."""
    return re.fullmatch(r"[!$*+,./0-9:;?@A-Z_a-z~-]*[0-9A-Za-z_~+$@-]", seed, re.ASCII) is not None


SEED = Name("seed", _read_seed, _write_seed)
SEED_TEXT = only_here(Name("seed", reader("seed", _parse_seed_text, blank=True), _write_seed_text))
