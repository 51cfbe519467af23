"""The training of a run as a program of PyTorch: the same points in the same order, from the same initial weights."""

import textwrap
from collections.abc import Sequence

import numpy as np

from tinkernet.data import Points
from tinkernet.engine.rule import Rule
from tinkernet.errors import ExperimentError
from tinkernet.export.networks.network import Numbers, describe
from tinkernet.export.networks.program import Program, check_numbers
from tinkernet.export.networks.python_text import joined
from tinkernet.export.networks.torch_program import DIALECT, LOAD, answer, beginning, classes_of_activations, module
from tinkernet.export.networks.training_code import LOSS_CODE, OPTIMIZER_CODE, PENALTY_CODE, SCHEDULE_CODE, PenaltyCode
from tinkernet.network import LOSSES, OPTIMIZERS, SCHEDULES
from tinkernet.network.parameters import option_in, values_in
from tinkernet.run import Run

WIDTH = 100
NO_PENALTY = PenaltyCode()


def training_program(run: Run, numbers: Numbers) -> str:
    """The training of a run as a program of PyTorch.

    Raises:
        ExperimentError: something happened to the run after epoch 0, or it has dropout, or too many points.
    """
    start = _start_of(run)
    network = describe(start)
    check_numbers(network.numbers + sum(data.points.size for data in (start.train_data, start.test_data)))
    program, rule = Program(network, DIALECT, numbers), start.rule
    text = beginning(program)
    if "math." in " ".join(SCHEDULE_CODE[option_in(SCHEDULES, rule.schedule).name](_values(rule))):
        text = text.replace("import torch\n", "import math\n\nimport torch\n", 1)
    return joined(
        text + _settings(rule),
        program.features(),
        *classes_of_activations(program),
        module(program),
        answer(program),
        _loss(rule),
        _schedule(rule),
        MEAN_LOSS,
        _train(start, rule),
        "# The points of the training data in the order in which they are used, and their labels.\n"
        + _points(start, start.train_data, "TRAIN")
        + "# The points that are held back to measure the test loss.\n"
        + _points(start, start.test_data, "TEST"),
        program.parameters().replace("# The weights of", "# The initial weights of") + "\n" + LOAD + _held(start),
        _main(run),
    )


def _start_of(run: Run) -> Run:
    """The run at epoch 0, with everything that was set before it was trained."""
    later = [event for event in run.events if (event.epoch, event.position) != (0, 0)]
    if later:
        raise ExperimentError(
            "training",
            f"changed at epoch {later[0].epoch}: {later[0].text}",
            "the same from epoch 0 on to be exported; export the network without its training",
        )
    if run.rule.dropout:
        raise ExperimentError(
            "dropout",
            run.experiment.dropout,
            "0 to export the training: PyTorch draws other neurons; export the network without its training",
        )
    return run.at(0)


def _values(rule: Rule) -> tuple[float, ...]:
    return values_in(SCHEDULES, rule.schedule)


def _settings(rule: Rule) -> str:
    lines = ["", f"LEARNING_RATE = {rule.learning_rate!r}", f"BATCH_SIZE = {rule.batch_size}"]
    if _has_penalty(rule):
        lines.append(f"REGULARIZATION_RATE = {rule.regularization_rate!r}")
    return "\n".join([*lines, ""])


def _has_penalty(rule: Rule) -> bool:
    code = PENALTY_CODE[rule.regularization]
    return bool(rule.regularization_rate and (code.before or code.after))


def _loss(rule: Rule) -> str:
    several = rule.head.several
    text = LOSS_CODE[rule.head.loss.name, several](values_in(LOSSES, rule.loss))
    lines = [
        "def loss(inputs, labels):",
        '    """The loss of each point, added up."""',
        "    sums = network[:-1](inputs)",
    ]
    if "outputs" in text:
        lines.append("    outputs = network[-1](sums)")
    return "\n".join([*lines, f"    return {text}", ""])


def _schedule(rule: Rule) -> str:
    body = SCHEDULE_CODE[option_in(SCHEDULES, rule.schedule).name](_values(rule))
    return "\n".join(
        [
            "def learning_rate(epoch):",
            '    """The learning rate of an epoch, counted from 0."""',
            *(f"    {line}" for line in body),
            "",
        ]
    )


MEAN_LOSS = '''\
def mean_loss(points, labels):
    """The mean loss; not a number without points."""
    with torch.no_grad():
        return loss(features(points), labels).item() / len(labels) if len(labels) else float("nan")
'''


def _train(start: Run, rule: Rule) -> str:
    """The function that trains."""
    optimizer = OPTIMIZER_CODE[option_in(OPTIMIZERS, rule.optimizer).name](values_in(OPTIMIZERS, rule.optimizer))
    penalty = PENALTY_CODE[rule.regularization] if _has_penalty(rule) else NO_PENALTY
    weights = ["    weights = parameters[::2]"] if penalty != NO_PENALTY else []
    if penalty.after:
        weights.append("    dead_weights = [torch.zeros_like(weight, dtype=bool) for weight in weights]")
    return "\n".join(
        [
            "def train(epochs):",
            '    """Train for so many epochs; the training and test loss before the first, and after each."""',
            "    parameters = list(network.parameters())",
            *weights,
            *_wrap(f"optimizer = torch.optim.{optimizer}", "    "),
            "    inputs = features(TRAIN_POINTS)",
            "    losses = [(mean_loss(TRAIN_POINTS, TRAIN_LABELS), mean_loss(TEST_POINTS, TEST_LABELS))]",
            "    counted = 0  # from how many points the gradients are",
            "    for epoch in range(epochs):",
            "        rate = learning_rate(epoch)",
            '        optimizer.param_groups[0]["lr"] = rate',
            "        # The points are in random order already, and the same in each epoch.",
            "        for first in range(0, len(inputs), BATCH_SIZE):",
            "            batch = slice(first, first + BATCH_SIZE)",
            "            loss(inputs[batch], TRAIN_LABELS[batch]).backward()  # adds to the gradients",
            "            counted += len(inputs[batch])",
            "            if first + BATCH_SIZE > len(inputs):",
            "                break  # an incomplete batch is continued in the next epoch",
            "            with torch.no_grad():",
            *(f"                {line}" for line in _step(penalty, rule, holds=bool(_held(start)))),
            "        losses.append((mean_loss(TRAIN_POINTS, TRAIN_LABELS), mean_loss(TEST_POINTS, TEST_LABELS)))",
            "    return losses",
            "",
        ]
    )


def _step(penalty: PenaltyCode, rule: Rule, *, holds: bool) -> list[str]:
    """One update, after a full batch."""
    signs = ["signs = [torch.sign(weight) for weight in weights]"] if penalty.after else []
    # In the original's gradient descent the penalty depends on the weights before the step.
    first, then = (signs, []) if rule.optimizer_entry.update is None else ([], signs)
    return [
        "for parameter in parameters:",
        "    parameter.grad /= counted",
        *penalty.before,
        *(["before = [parameter.clone() for parameter in parameters]"] if holds else []),
        *first,
        "optimizer.step()",
        *then,
        *penalty.after,
        *(HOLD if holds else []),
        "optimizer.zero_grad()",
        "counted = 0",
    ]


HOLD = (
    "for parameter, old, free in zip(parameters, before, FREE):",
    "    parameter.copy_(torch.where(free, parameter, old))",
)


def _held(start: Run) -> str:
    """Which parameters are not trained, of frozen neurons and of those that are switched off."""
    lines: list[str] = []
    for layer, frozen in enumerate(start.frozen):
        lines += [
            f"FREE[{2 * layer}][{neuron}] = FREE[{2 * layer + 1}][{neuron}] = False  # frozen"
            for neuron in np.flatnonzero(frozen).tolist()
        ]
        lines += [
            f"FREE[{2 * layer + 2}][:, {neuron}] = False  # out of a neuron that is switched off"
            for neuron in range(len(frozen))
            if not start.is_on(layer, neuron)
        ]
    if not lines:
        return ""
    made = "FREE = [torch.ones_like(parameter, dtype=bool) for parameter in network.parameters()]"
    return "\n".join(["\n# What is trained: a weight and a bias that are not free keep their value.", made, *lines, ""])


def _points(start: Run, data: Points, name: str) -> str:
    experiment = start.experiment
    encoded = experiment.head.encode(data.labels, len(experiment.classes))
    labels = encoded.argmax(axis=0).tolist() if experiment.head.several else encoded[0].tolist()
    kind = "torch.long" if experiment.head.several else "DTYPE"
    width = len(experiment.inputs.columns)
    rows = ", ".join(str(row) for row in data.points.tolist())
    return "\n".join(
        [
            f"{name}_POINTS = torch.tensor(",
            *_wrap(f"[{rows}],", "    "),
            f"    dtype=DTYPE,\n).reshape(-1, {width})",
            f"{name}_LABELS = torch.tensor(",
            *_wrap(f"{[_whole(label) for label in labels]},", "    "),
            f"    dtype={kind},\n)",
            "",
        ]
    )


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _main(run: Run) -> str:
    epochs = run.epoch or 10
    return "\n".join(
        [
            'if __name__ == "__main__":',
            f"    for epoch, (training, test) in enumerate(train({epochs})):",
            '        print(f"epoch {epoch}: training loss {training:.6f}, test loss {test:.6f}")',
            "",
        ]
    )


def _wrap(text: str, indent: str) -> Sequence[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + (" " if text.startswith("[") else "    "),
        break_long_words=False,
        break_on_hyphens=False,
    )
