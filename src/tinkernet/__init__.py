"""tinkernet: the neural-network playground for Python."""

from importlib import import_module

from tinkernet.joints import join

__version__ = "0.1.0"

# Type checkers recognize this name. Importing `typing` would take most of the time of this import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from tinkernet import export as export
    from tinkernet.data.drawing import Clear as Clear
    from tinkernet.data.drawing import Dot as Dot
    from tinkernet.data.drawing import Erase as Erase
    from tinkernet.data.drawing import Move as Move
    from tinkernet.data.drawing import Spray as Spray
    from tinkernet.data.own import Dataset as Dataset
    from tinkernet.errors import ExperimentError as ExperimentError
    from tinkernet.estimators import TinkerClassifier as TinkerClassifier
    from tinkernet.estimators import TinkerRegressor as TinkerRegressor
    from tinkernet.experiment import Experiment as Experiment
    from tinkernet.fragment import View as View
    from tinkernet.importing.keras_models import from_keras as from_keras
    from tinkernet.importing.onnx_files import from_onnx as from_onnx
    from tinkernet.importing.sklearn_networks import from_sklearn as from_sklearn
    from tinkernet.importing.torch_modules import from_torch as from_torch
    from tinkernet.insight.compare import compare as compare
    from tinkernet.insight.starts import Starts as Starts
    from tinkernet.insight.starts import starts as starts
    from tinkernet.network.losses import Huber as Huber
    from tinkernet.network.optimizers import Adam as Adam
    from tinkernet.network.optimizers import AdamW as AdamW
    from tinkernet.network.optimizers import Momentum as Momentum
    from tinkernet.network.optimizers import Nesterov as Nesterov
    from tinkernet.network.optimizers import RMSprop as RMSprop
    from tinkernet.network.schedules import Cosine as Cosine
    from tinkernet.network.schedules import Exponential as Exponential
    from tinkernet.network.schedules import OneCycle as OneCycle
    from tinkernet.network.schedules import Step as Step
    from tinkernet.network.schedules import WarmUp as WarmUp
    from tinkernet.notebook.playground import Playground as Playground
    from tinkernet.run import Run as Run
    from tinkernet.sweeps.design import Between as Between
    from tinkernet.sweeps.endings import Diverged as Diverged
    from tinkernet.sweeps.endings import Hopeless as Hopeless
    from tinkernet.sweeps.endings import Solved as Solved
    from tinkernet.sweeps.running import Sweep as Sweep
    from tinkernet.sweeps.start import sweep as sweep
    from tinkernet.watching.watch import watch as watch

__all__ = [
    "Adam",
    "AdamW",
    "Between",
    "Clear",
    "Cosine",
    "Dataset",
    "Diverged",
    "Dot",
    "Erase",
    "Experiment",
    "ExperimentError",
    "Exponential",
    "Hopeless",
    "Huber",
    "Momentum",
    "Move",
    "Nesterov",
    "OneCycle",
    "Playground",
    "RMSprop",
    "Run",
    "Solved",
    "Spray",
    "Starts",
    "Step",
    "Sweep",
    "TinkerClassifier",
    "TinkerRegressor",
    "View",
    "WarmUp",
    "__version__",
    "compare",
    "export",
    "from_keras",
    "from_onnx",
    "from_sklearn",
    "from_torch",
    "starts",
    "sweep",
    "watch",
]

# Imported on first use, so that importing tinkernet is fast.
_MODULES = {
    "Dataset": "tinkernet.data.own.dataset",
    "Experiment": "tinkernet.experiment",
    "ExperimentError": "tinkernet.errors",
    "Playground": "tinkernet.notebook.playground",
    "Run": "tinkernet.run",
    "Starts": "tinkernet.insight.starts",
    "compare": "tinkernet.insight.compare",
    "from_keras": "tinkernet.importing.keras_models",
    "from_onnx": "tinkernet.importing.onnx_files",
    "from_sklearn": "tinkernet.importing.sklearn_networks",
    "from_torch": "tinkernet.importing.torch_modules",
    "starts": "tinkernet.insight.starts",
    "TinkerClassifier": "tinkernet.estimators",
    "TinkerRegressor": "tinkernet.estimators",
    "watch": "tinkernet.watching.watch",
    "View": "tinkernet.link",
    "Adam": "tinkernet.network.optimizers",
    "AdamW": "tinkernet.network.optimizers",
    "Momentum": "tinkernet.network.optimizers",
    "Nesterov": "tinkernet.network.optimizers",
    "RMSprop": "tinkernet.network.optimizers",
    "Cosine": "tinkernet.network.schedules",
    "Exponential": "tinkernet.network.schedules",
    "OneCycle": "tinkernet.network.schedules",
    "Step": "tinkernet.network.schedules",
    "WarmUp": "tinkernet.network.schedules",
    "Huber": "tinkernet.network.losses",
    "Between": "tinkernet.sweeps.design",
    **dict.fromkeys(("Diverged", "Hopeless", "Solved"), "tinkernet.sweeps.endings"),
    "Sweep": "tinkernet.sweeps.running",
    "sweep": "tinkernet.sweeps.start",
    **dict.fromkeys(("Clear", "Dot", "Erase", "Move", "Spray"), "tinkernet.data.drawing"),
}

# Packages whose functions are public.
_PACKAGES = {"export"}

# What is implemented in packages that the callers, `run/` and `sweeps/`, cannot import; it is loaded on the first call.
join("points_table", lambda: import_module("tinkernet.export.points").points_table)
join("points_csv", lambda: import_module("tinkernet.export.points").points_csv)
join("save_points", lambda: import_module("tinkernet.export.points").save_points)
join("open_run", lambda: import_module("tinkernet.server.opening").open_run)
join("experiment_mimebundle", lambda: import_module("tinkernet.export.pictures.in_notebook").experiment_mimebundle)
join("run_mimebundle", lambda: import_module("tinkernet.export.pictures.in_notebook").run_mimebundle)
join("picture", lambda: import_module("tinkernet.export.pictures.figure").run_picture)
join("animate", lambda: import_module("tinkernet.export.pictures.animation").run_animation)
join("plot", lambda: import_module("tinkernet.export.pictures.displays").plot)
join("plot_boundary", lambda: import_module("tinkernet.export.pictures.displays").plot_boundary)
join("plot_history", lambda: import_module("tinkernet.export.pictures.displays").plot_history)
join("sweep_view", lambda: import_module("tinkernet.notebook.sweep_view").view_of)
join("diagnose", lambda: import_module("tinkernet.insight.diagnosis.diagnose").diagnose)


if not TYPE_CHECKING:  # otherwise a type checker would accept any attribute name

    def __getattr__(name: str) -> object:
        if name in _PACKAGES:
            return import_module(f"tinkernet.{name}")
        if name in _MODULES:
            return getattr(import_module(_MODULES[name]), name)
        message = f"module 'tinkernet' has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
