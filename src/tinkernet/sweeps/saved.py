"""A plan as text, with the versions that decide on its numbers: for a folder, another process or another machine."""

from collections.abc import Collection
from importlib import metadata
from typing import Literal

import msgspec

from tinkernet import __version__
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.design import Design, axis_of

TINKERNET = "tinkernet"
NONE = "none"
"""The version of a library that is not installed."""


class Versioned(msgspec.Struct, frozen=True):
    """The versions that a plan was saved by, whatever else the text has."""

    version: str
    libraries: dict[Literal["scipy"], str] = {}


class Saved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plan with the version of tinkernet that has saved it, and those of other libraries that decide on its runs."""

    version: str
    libraries: dict[Literal["scipy"], str]
    plan: Plan


def encoded(plan: Plan) -> bytes:
    """The plan as JSON."""
    libraries = versions_of([name for name in needed(plan) if name != TINKERNET])
    return msgspec.json.encode({"version": __version__, "libraries": libraries, "plan": plan})


def decoded(content: bytes) -> Plan:
    """The plan of JSON that this version of tinkernet has written.

    Raises:
        ExperimentError: a setting or a value in it is not valid.
        msgspec.DecodeError: it is something else.
    """
    plan = msgspec.json.decode(content, type=Saved).plan
    axes = tuple(axis_of(plan.experiment, axis.name, axis.values) for axis in plan.design.axes)
    design = Design(plan.design.kind, axes, plan.design.runs, plan.design.seed)
    return Plan(plan.experiment, design, plan.epochs, plan.stop, plan.block)


def saved_by(content: bytes) -> dict[str, str]:
    """The versions by which a plan was saved, by the names of the libraries.

    Raises:
        msgspec.DecodeError: it is no saved plan.
    """
    found = msgspec.json.decode(content, type=Versioned)
    return {TINKERNET: found.version, **{str(name): version for name, version in found.libraries.items()}}


def needed(plan: Plan) -> tuple[str, ...]:
    """The libraries that decide on the numbers of a plan: SciPy draws the points of a Sobol design."""
    return (TINKERNET, "scipy") if plan.design.kind == "sobol" else (TINKERNET,)


def versions_of(libraries: Collection[str]) -> dict[str, str]:
    """The versions of these libraries here, by their names; a Dask worker is asked for its own."""
    return {name: __version__ if name == TINKERNET else _installed(name) for name in libraries}


def difference(wanted: dict[str, str], found: dict[str, str]) -> str | None:
    """The first library whose version is another one; None if all are the same."""
    return next((name for name, version in wanted.items() if found.get(name, NONE) != version), None)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return NONE
