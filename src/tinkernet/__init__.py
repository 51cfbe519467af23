"""tinkernet: the neural-network playground for Python."""

from importlib import import_module

from tinkernet.joints import join

__version__ = "0.1.0"

# As type checkers know it. The module `typing` would take most of the time of this import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from tinkernet.errors import ExperimentError as ExperimentError
    from tinkernet.experiment import Experiment as Experiment
    from tinkernet.fragment import View as View
    from tinkernet.insight.compare import compare as compare
    from tinkernet.insight.starts import Starts as Starts
    from tinkernet.insight.starts import starts as starts
    from tinkernet.run import Run as Run

__all__ = ["Experiment", "ExperimentError", "Run", "Starts", "View", "__version__", "compare", "starts"]

# Looked up when first used, so that importing tinkernet costs next to nothing.
_HOMES = {
    "Experiment": "tinkernet.experiment",
    "ExperimentError": "tinkernet.errors",
    "Run": "tinkernet.run",
    "Starts": "tinkernet.insight.starts",
    "compare": "tinkernet.insight.compare",
    "starts": "tinkernet.insight.starts",
    "View": "tinkernet.link",
}

# `Run.diagnosis` is provided by a later room than Run's own, and loaded when it is first called.
join("diagnose", lambda: import_module("tinkernet.insight.diagnosis.diagnose").diagnose)


if not TYPE_CHECKING:  # a type checker would take any name for one that is there

    def __getattr__(name: str) -> object:
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        message = f"module 'tinkernet' has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
