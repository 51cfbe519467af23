"""The Python code of a run: its experiment, and all training and edits in order."""

from collections.abc import Iterator

import msgspec

from tinkernet.data.drawing.notation import SEPARATOR
from tinkernet.experiment import Experiment
from tinkernet.network import Layout
from tinkernet.run import BiasSet, Changed, Frozen, Painted, ParametersSet, Run, Switched, WeightSet
from tinkernet.run.beginning import data_of

REPORT = 'print(f"epoch {run.epoch}: training loss {run.train_loss:.4g}, test loss {run.test_loss:.4g}")'


def python_code(run: Run) -> str:
    """Python code that creates a `run` bit-identical to this one."""
    return "\n".join([*_lines(run), "", REPORT, ""])


def _lines(run: Run) -> Iterator[str]:
    yield "from tinkernet import Experiment, Run"
    yield ""
    # Every field is written, so that the code does not depend on the defaults of a version.
    yield "experiment = Experiment("
    for name, value in msgspec.structs.asdict(run.origin).items():
        yield f"    {name}={value!r},"
    yield ")"
    yield "run = Run(experiment)"
    experiment, epoch, position = run.origin, 0, 0
    for event in run.events:
        yield from _train(epoch, position, event.epoch, event.position)
        match event:
            case Painted():
                yield _paint(event, experiment.drawing)
            case ParametersSet():
                yield _set_parameters(event, run.layout)
            case _:
                yield _do(event)
        epoch, position = event.epoch, event.position
        if isinstance(event, Changed):
            before, experiment = experiment, experiment.replace(**event.after)
            position = position if _same_points(before, experiment) else 0
        if isinstance(event, Painted):
            experiment, position = experiment.replace(drawing=event.applied(experiment.drawing)), 0
    yield from _train(epoch, position, run.epoch, run.position)


def _train(epoch: int, position: int, to_epoch: int, to_position: int) -> Iterator[str]:
    """The calls that train from one moment to a later one; an epoch in progress counts as the first."""
    if to_epoch > epoch:
        yield f"run.train(epochs={to_epoch - epoch})"
        position = 0
    if to_position > position:
        yield f"run.train_points({to_position - position})"


def _do(event: Changed | WeightSet | BiasSet | Frozen | Switched) -> str:
    """The line of code for an event."""
    match event:
        case WeightSet():
            return f"run.set_weight({event.layer}, {event.to}, {event.source}, {event.value!r})"
        case BiasSet():
            return f"run.set_bias({event.layer}, {event.neuron}, {event.value!r})"
        case Frozen():
            return f"run.freeze({event.layer}, {event.neuron}, frozen={event.frozen})"
        case Switched():
            return f"run.switch({event.layer}, {event.neuron}, on={event.on})"
        case Changed(after={"learning_rate": rate}) if len(event.after) == 1:
            return f"run.learning_rate = {rate!r}"
        case _:
            return f"run.change({', '.join(f'{name}={value!r}' for name, value in event.after.items())})"


def _set_parameters(event: ParametersSet, layout: Layout) -> str:
    """The line of code that sets all weights and biases."""
    weights, biases = (
        [array.tolist() for array in arrays]
        for arrays in (layout.weights(event.parameters), layout.biases(event.parameters))
    )
    return f"run.set_parameters({weights}, {biases})"


def _paint(event: Painted, before: str) -> str:
    """The line of code that paints, with no more of the drawing than the event has."""
    if event.kept == len(before) and not event.continues:
        return f"run.paint({event.added.removeprefix(SEPARATOR)!r})"
    if event.kept == 0:
        return f"run.change(drawing={event.added!r})"
    kept = "" if event.kept == len(before) else f"[:{event.kept}]"
    return f"run.change(drawing=run.experiment.drawing{kept} + {event.added!r})"


def _same_points(one: Experiment, other: Experiment) -> bool:
    """Whether both experiments have the same points, so that a change keeps the position in the epoch."""
    return data_of(one) is data_of(other)
