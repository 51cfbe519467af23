"""The names in a link for the inputs: features, formulas, and the columns of a person's own data."""

from collections.abc import Iterable
from urllib.parse import quote, unquote

from tinkernet.formula import FormulaError, separated
from tinkernet.fragment.name import Fields, Name, only_here
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.values import Settings, reader, switch
from tinkernet.network.features import MOST_FORMULAS, Feature
from tinkernet.network.inputs import PLANE_INPUTS, Inputs, inputs_of


def feature(entry: Feature) -> Name:
    """A name that says whether a feature is on."""

    def write(fields: Fields) -> str | None:
        if fields["data"] is not None:
            return None
        on = entry.name in fields["features"]
        return None if on == entry.default else str(on).lower()

    def fits_original(fields: Fields) -> bool:
        return fields["data"] is not None or entry.in_original or entry.name not in fields["features"]

    return Name("features", reader(entry.name, switch), write, fits_original)


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


def _write_formulas(fields: Fields) -> str | None:
    return None if fields["data"] is not None else _joined(PLANE_INPUTS.formulas_of(fields["features"])) or None


def _write_inputs(fields: Fields) -> str | None:
    """The inputs of a person's own data, unless they are its columns: as formulas."""
    data = fields["data"]
    if data is None or fields["features"] == tuple(inputs_of(data.names).table):
        return None
    return _joined(inputs_of(data.names).feature_of(name).formula for name in fields["features"])


def _joined(formulas: Iterable[str]) -> str:
    """Formulas, separated by commas: those inside a formula stand in parentheses."""
    # Some programs read a plus in an address as a space.
    return ",".join(quote(formula, safe="()*/-.,") for formula in formulas)


FORMULAS = only_here(Name("features", _read_formulas, _write_formulas))
INPUTS = only_here(
    Name("features", reader("inputs", lambda value: tuple(separated(unquote(value))), blank=True), _write_inputs)
)
