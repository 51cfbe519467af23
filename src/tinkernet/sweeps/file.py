"""A sweep as a file, in TOML: the same names and values as the arguments of `tinkernet.sweep`."""

import tomllib
from collections.abc import Mapping
from os import PathLike
from typing import Any

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.files import read_regular
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.design import Between
from tinkernet.sweeps.endings import Diverged, Ending, Hopeless, Solved
from tinkernet.sweeps.start import plan_of

MOST_BYTES = 1 << 20
OPTIONS = ("seeds", "epochs", "design", "budget", "design_seed")
ENDINGS: dict[str, type[Ending]] = {"solved": Solved, "diverged": Diverged, "hopeless": Hopeless}
TABLES = ("link", "experiment", "vary", "stop")


def read_plan(path: str | PathLike[str]) -> Plan:
    """The plan of the sweep in a file, in blocks of one run.

    Args:
        path: a TOML file. `link` or the table `experiment` says what is trained, the table `vary` has the values of
            each setting, or its interval as `{low = 0.001, high = 1, log = true}`; the table `stop` has `solved`,
            `diverged` and `hopeless`, each a table of its arguments. Other names are arguments of `tinkernet.sweep`.

    Raises:
        ExperimentError: the file cannot be read, is not TOML, or a name or value in it is not allowed.
    """
    try:
        text = read_regular("file", path, MOST_BYTES).decode()
        given = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExperimentError("file", str(path), f"TOML ({error})") from error
    for name in given:
        checks.one_of("the name", name, (*TABLES, *OPTIONS))
    options = {name: given[name] for name in OPTIONS if name in given}
    endings = [_ending(name, values) for name, values in _table(given, "stop").items()]
    varied = {name: _values(name, values) for name, values in _table(given, "vary").items()}
    return plan_of(_experiment(given), varied, stop=endings, **options)


def _table(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise ExperimentError(name, table, f"a table, as [{name}]")
    return table


def _experiment(given: Mapping[str, Any]) -> Experiment:
    settings = _table(given, "experiment")
    for name in settings:
        checks.one_of("experiment", name, [one for one in Experiment.__struct_fields__ if one != "data"])
    link = given.get("link", "")
    if not isinstance(link, str):
        raise ExperimentError("link", link, "the text of a link")
    if "seed" not in settings and "seed=" not in link:
        raise ExperimentError(
            "seed", None, "given, in the table experiment or in the link, so that the file is one sweep"
        )
    return Experiment.from_link(link).replace(**settings) if link else Experiment(**settings)


def _ending(name: str, values: object) -> Ending:
    kind = ENDINGS[checks.one_of("stop", name, ENDINGS)]
    names = kind.__struct_fields__
    if not isinstance(values, dict):
        raise ExperimentError(f"stop.{name}", values, f"a table, as {{{names[0]} = …}}")
    for one in values:
        checks.one_of(f"stop.{name}", one, names)
    return kind(**values)


def _values(name: str, given: object) -> object:
    if not isinstance(given, dict):
        return given
    for one in given:
        checks.one_of(name, one, Between.__struct_fields__)
    if not {"low", "high"} <= set(given):
        raise ExperimentError(name, given, "a list of values, or {low = …, high = …}")
    return Between(**given)
