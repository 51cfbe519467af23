"""The reference: a page for each topic, made from the docstrings by mkdocstrings."""

from dataclasses import dataclass

import public


@dataclass(frozen=True)
class Topic:
    """A page of the reference: names of `tinkernet`, and what comes along with them, by its full path."""

    file: str
    title: str
    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """Types that the names return, and functions of modules that docs/ describes."""


TOPICS = (
    Topic("experiment", "Experiments", ("Experiment", "View", "ExperimentError")),
    Topic(
        "run",
        "Runs",
        ("Run",),
        (
            "tinkernet.run.history.History",
            "tinkernet.run.history.HistoryRow",
            "tinkernet.data.points.Points",
            "tinkernet.run.finding.Finding",
            "tinkernet.run.finding.Cure",
            "tinkernet.run.finding.Measured",
            "tinkernet.run.checkpoint.Checkpoint",
            "tinkernet.network.layout.Layout",
            "tinkernet.insight.neuron.report",
            "tinkernet.insight.neuron.NeuronReport",
        ),
    ),
    Topic(
        "data",
        "Your own data",
        ("Dataset",),
        (
            "tinkernet.data.own.parts.Column",
            "tinkernet.data.own.parts.Target",
            "tinkernet.data.slices.Slice",
            "tinkernet.data.own.read",
            "tinkernet.data.own.Choices",
        ),
    ),
    Topic("strokes", "Strokes", ("Spray", "Dot", "Erase", "Move", "Clear")),
    Topic("optimizers", "Optimizers", ("Momentum", "Nesterov", "RMSprop", "Adam", "AdamW")),
    Topic("schedules", "Schedules", ("Step", "Exponential", "Cosine", "OneCycle", "WarmUp")),
    Topic("losses", "Losses", ("Huber",)),
    Topic(
        "starts",
        "Many starts, comparison",
        ("starts", "Starts", "compare"),
        (
            "tinkernet.insight.share.Share",
            "tinkernet.insight.compare.Comparison",
            "tinkernet.insight.compare.Difference",
        ),
    ),
    Topic(
        "sweeps",
        "Sweeps",
        ("sweep", "Sweep", "Between", "Solved", "Diverged", "Hopeless"),
        (
            "tinkernet.sweeps.result.Result",
            "tinkernet.sweeps.curves.SweepCurve",
            "tinkernet.sweeps.sweep_map.SweepMap",
            "tinkernet.sweeps.importances.Importances",
        ),
    ),
    Topic("links", "Links", (), ("tinkernet.link.parse", "tinkernet.link.read", "tinkernet.link.write")),
    Topic("estimators", "Estimators for scikit-learn", ("TinkerClassifier", "TinkerRegressor")),
    Topic("notebook", "The notebook widget", ("Playground",)),
    Topic("watching", "Watching a training", ("watch",)),
    Topic("importing", "Import", ("from_torch", "from_keras", "from_sklearn", "from_onnx")),
)


def topics() -> list[Topic]:
    """The pages that there are, with the names that there are; names without a topic come last."""
    names = public.names()
    placed = {name for topic in TOPICS for name in topic.names}
    found = [
        Topic(topic.file, topic.title, tuple(name for name in topic.names if name in names), topic.paths)
        for topic in TOPICS
        if topic.paths or any(name in names for name in topic.names)
    ]
    if public.exported():
        found.append(Topic("export", "Export", (), tuple(f"{public.EXPORT}.{name}" for name in public.exported())))
    further = tuple(name for name in names if name not in placed)
    return [*found, Topic("further", "Further names", further)] if further else found


def navigation() -> list[str]:
    """The pages in their order."""
    return ["reference/index.md", *(f"reference/{topic.file}.md" for topic in topics()), "datasets.md", "options.md"]


def pages() -> dict[str, str]:
    """The index, and a page for each topic."""
    return {"reference/index.md": _index(), **{f"reference/{topic.file}.md": _page(topic) for topic in topics()}}


def identifiers(topic: Topic) -> list[str]:
    """The full paths of what a page describes."""
    return [*(f"tinkernet.{name}" for name in topic.names), *topic.paths]


def _page(topic: Topic) -> str:
    return "\n\n".join([f"# {topic.title}", *(f"::: {path}" for path in identifiers(topic))]) + "\n"


def _index() -> str:
    parts = ["# Reference", "Everything public, from its docstrings; `help(tinkernet.Run)` shows the same in Python."]
    for topic in topics():
        rows = "\n".join(
            f"| [`{_short(path)}`]({topic.file}.md#{path}) | {public.summary(path)} |" for path in identifiers(topic)
        )
        parts.append(f"## {topic.title}\n\n| name | what it is |\n| --- | --- |\n{rows}")
    parts.append("Two more pages list the built-in [data sets](../datasets.md) and all [options](../options.md).")
    return "\n\n".join(parts) + "\n"


def _short(path: str) -> str:
    """A name as it is written in a program: with its module only where that is used as a name."""
    modules = (public.EXPORT, "tinkernet.link")
    return path.removeprefix("tinkernet.") if path.rpartition(".")[0] in modules else path.rpartition(".")[2]
