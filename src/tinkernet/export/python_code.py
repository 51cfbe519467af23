"""The Python that makes a run, as pasted: its experiment, and all that was done to it on the way, in order."""

from collections.abc import Iterator

import msgspec

from tinkernet.experiment import Experiment
from tinkernet.run import BiasSet, Changed, Event, Frozen, Run, Switched, WeightSet
from tinkernet.run.beginning import data_of

REPORT = 'print(f"epoch {run.epoch}: training loss {run.train_loss:.4g}, test loss {run.test_loss:.4g}")'


def python_code(run: Run) -> str:
    """Python text that ends with a `run` equal to this one to the last bit."""
    return "\n".join([*_lines(run), "", REPORT, ""])


def _lines(run: Run) -> Iterator[str]:
    yield "from tinkernet import Experiment, Run"
    yield ""
    # Every field is written out: what makes this run must not hang on the defaults of some version.
    yield "experiment = Experiment("
    for name, value in msgspec.structs.asdict(run.origin).items():
        yield f"    {name}={value!r},"
    yield ")"
    yield "run = Run(experiment)"
    experiment, epoch, position = run.origin, 0, 0
    for event in run.events:
        yield from _train(epoch, position, event.epoch, event.position)
        yield _do(event)
        epoch, position = event.epoch, event.position
        if isinstance(event, Changed):
            before, experiment = experiment, experiment.replace(**event.after)
            position = position if _same_points(before, experiment) else 0
    yield from _train(epoch, position, run.epoch, run.position)


def _train(epoch: int, position: int, to_epoch: int, to_position: int) -> Iterator[str]:
    """The calls that train from one moment to a later one; an epoch that has begun counts as the first."""
    if to_epoch > epoch:
        yield f"run.train(epochs={to_epoch - epoch})"
        position = 0
    if to_position > position:
        yield f"run.train_points({to_position - position})"


def _do(event: Event) -> str:
    """The line that does this again."""
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


def _same_points(one: Experiment, other: Experiment) -> bool:
    """Whether a change from one to the other leaves the points, and so the place among them, as they are."""
    return data_of(one) is data_of(other)
