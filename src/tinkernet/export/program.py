"""What the programs of all libraries have in common: names of columns, the inputs, the meaning of the outputs."""

import json
import keyword
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tinkernet.errors import ExperimentError
from tinkernet.export.dialect import Dialect
from tinkernet.export.network import LayerPart, Network, Numbers, formula_names, summary
from tinkernet.formatting import count
from tinkernet.network import ACTIVATIONS
from tinkernet.network.activations import Activation

MOST_NUMBERS = 100_000
"""A program with more weights is no text to read any more."""
WIDTH = 100
# Names that the programs use themselves.
TAKEN = frozenset({"points", "features", "predict", "network", "np", "jnp", "jax", "torch", "nn", "ops", "keras", "math"})


def check_size(network: Network) -> None:
    """That a program with the network's weights can be read.

    Raises:
        ExperimentError: there are too many.
    """
    if network.numbers > MOST_NUMBERS:
        raise ExperimentError(
            "network",
            f"one of {count(network.numbers)} weights and biases",
            f"at most {count(MOST_NUMBERS)} of them in a program; json, onnx and safetensors have no such limit",
        )


@dataclass(frozen=True)
class Program:
    """A network as a program of one library is to have it."""

    network: Network
    dialect: Dialect
    numbers: Numbers

    def docstring(self, library: str, use: str) -> str:
        """What the program is, as its first lines."""
        what = f"A network from {self.network.made_by}, in {library}: {_plain(summary(self.network))}."
        return _docstring([what, use])

    def classes(self) -> str:
        """The names of the classes, where there are any."""
        names = self.network.output.classes
        return f"CLASSES = {_tuple(names)}\n" if names else ""

    def ranges(self, array: Callable[[str], str]) -> str:
        """The ranges by which columns are scaled, where they are."""
        if not self.network.scaled:
            return ""
        columns, edge = self.network.columns, f"{self.network.edge:g}"
        return "\n".join(
            [
                f"# Each column is scaled: from LOW ... HIGH to -{edge} ... {edge}.",
                f"COLUMNS = {_tuple([column.name for column in columns])}",
                f"LOW = {array(self._row([column.low for column in columns]))}",
                f"HIGH = {array(self._row([column.high for column in columns]))}",
                "",
            ]
        )

    def features(self) -> str:
        """The function from points to the inputs of the network."""
        width, edge = len(self.network.columns), f"{self.network.edge:g}"
        lines = [
            "def features(points):",
            f'    """The inputs of the network, a row for each point, from points of the shape (n, {width})."""',
        ]
        if self.network.scaled:
            lines.append(f"    points = (points - LOW) / (HIGH - LOW) * {2 * self.network.edge:g} - {edge}")
        names, formulas = formula_names(self.network), self.network.formulas
        if [formula.tree for formula in formulas] == [column.tree for column in _columns_of(self.network)]:
            return "\n".join([*lines, "    return points", ""])
        variables = dict(zip(names, variables_of(names), strict=True))
        written = [self.dialect.written(formula.tree, variables) for formula in formulas]
        used = re.findall(r"\w+", " ".join(written))
        lines += [f"    {name} = points[:, {k}]" for k, name in enumerate(variables.values()) if name in used]
        rows = [f"            {one}," for one in written]
        return "\n".join([*lines, *self._stacked(rows), ""])

    def _stacked(self, rows: Sequence[str]) -> list[str]:
        axis = "dim=1" if self.dialect.clamps else "axis=1"
        return [f"    return {self.dialect.module}.stack(", "        [", *rows, "        ],", f"        {axis},", "    )"]

    def predict(self, before: Sequence[str], labels: Callable[[str], str], module: str = "") -> str:
        """The function that answers for points; `before` computes `outputs` (n, outputs) from `points`.

        `labels` writes the names of the classes from their indices, `module` is what the outputs are arrays of.
        """
        output, module = self.network.output, module or self.dialect.module
        axis = "dim" if self.dialect.clamps else "axis"
        if not output.classes:
            return "\n".join(
                [
                    "def predict(points):",
                    f'    """{_plain(output.target)} of each point, a number: from points of the shape (n, columns)."""',
                    *before,
                    f"    return {self._in_units('outputs[:, 0]')}",
                    "",
                ]
            )
        lines = ["def predict(points):", '    """The class of each point, and the probability of each class."""', *before]
        if self.network.head.several:
            return "\n".join([*lines, f"    return {labels(f'outputs.argmax({axis}=1)')}, outputs", ""])
        share = f"(outputs[:, 0] - {output.lowest:g}) / {output.highest - output.lowest:g}"
        share = "outputs[:, 0]" if (output.lowest, output.highest) == (0.0, 1.0) else share.replace(" - -", " + ")
        note = ""
        if self.network.head.limit is None:
            share, note = f"{module}.clip({share}, 0, 1)", "  # a rough measure: the loss knows no probabilities"
        return "\n".join(
            [
                *lines,
                f"    second = {share}{note}",
                f"    probabilities = {module}.stack([1 - second, second], {axis}=1)",
                f"    return {labels(f'outputs[:, 0] > {output.threshold:g}')}, probabilities",
                "",
            ]
        )

    def _in_units(self, value: str) -> str:
        low, high = self.network.output.low, self.network.output.high
        if (low, high) == (-1.0, 1.0):
            return value
        return f"({value} + 1) / 2 * {self._number(high - low)} + {self._number(low)}".replace("+ -", "- ")

    def parameters(self) -> str:
        """All weights and biases, as lists."""
        weights, biases = [], []
        for number, layer in enumerate(self.network.layers, 1):
            weights += [f"    [{self._comment(layer, number)}", *(self._wrapped(row) for row in layer.weights), "    ],"]
            biases.append(self._wrapped(layer.biases, "    "))
        return "\n".join(
            [
                "# The weights of each layer: a row for each neuron, with a weight for each neuron before it.",
                "WEIGHTS = [",
                *weights,
                "]",
                "# The biases of each layer: one for each neuron.",
                "BIASES = [",
                *biases,
                "]",
                "",
            ]
        )

    def _comment(self, layer: LayerPart, number: int) -> str:
        of = f"  # layer {number}"
        before = self.network.layers[number - 2].switched_off if number > 1 else []
        if not before:
            return of
        which = ", ".join(str(neuron + 1) for neuron in before)
        return f"{of}; switched off before it: neuron {which}, whose weights are 0"

    def example(self, where: str = "predict") -> str:
        """What the program does when it is run: it answers for a point in the middle of the data."""
        middle = [(column.low + column.high) / 2 + (column.high - column.low) / 8 for column in self.network.columns]
        return "\n".join(
            [
                'if __name__ == "__main__":',
                *(f"    {line}" for line in _wrap(f"print({where}([{self._row(middle, digits=4)}]))")),
                "",
            ]
        )

    def used_activations(self) -> list[Activation]:
        """The activations of the layers, each once, without softmax."""
        return [ACTIVATIONS[name] for name in self.names_of_activations() if name in ACTIVATIONS]

    def names_of_activations(self) -> list[str]:
        """The names of the layers' activations, each once."""
        return list(dict.fromkeys(layer.activation for layer in self.network.layers))

    def _number(self, value: float) -> str:
        if self.numbers == "float32":
            return str(np.float32(value))
        return repr(value)

    def _row(self, values: Sequence[float], digits: int | None = None) -> str:
        written = [self._number(value) if digits is None else f"{value:.{digits}g}" for value in values]
        return f"[{', '.join(written)}]"

    def _wrapped(self, values: Sequence[float], indent: str = "        ") -> str:
        text = f"{self._row(values)},"
        if len(text) <= WIDTH:
            return indent + text
        return "\n".join(
            textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent} ", break_on_hyphens=False)
        )


def joined(*parts: str) -> str:
    """The parts of a program that are not empty, with two empty lines between them, as Python is written."""
    return "\n\n".join(part for part in parts if part)


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def variables_of(names: Sequence[str]) -> list[str]:
    """A variable for each column: its name where that is one, else what is left of it."""
    found: list[str] = []
    for name in names:
        plain = re.sub(r"\W+", "_", name).strip("_") or "column"
        plain = plain if plain.isidentifier() and not keyword.iskeyword(plain) else f"column_{plain}"
        unique, number = plain, 2
        while unique in found or unique in TAKEN:
            unique, number = f"{plain}_{number}", number + 1
        found.append(unique)
    return found


def identifier(activation: Activation) -> str:
    """The name of the function that an activation is in a program."""
    return activation.name.replace("-", "_")


def definition(activation: Activation, expression: str) -> str:
    """The function that an activation is in a program."""
    effect = activation.effect.replace("…", "...").replace("−", "-")
    return f'def {identifier(activation)}(x):\n    """{activation.label}: {effect}."""\n    return {expression}\n'


def _columns_of(network: Network) -> Iterable:  # type: ignore[type-arg]
    from tinkernet.network.inputs import inputs_of

    return [one.read for one in inputs_of(tuple(column.name for column in network.columns)).table.values()]


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(json.dumps(name, ensure_ascii=False) for name in names)}{',' * (len(names) == 1)})"


def _plain(text: str) -> str:
    """Text that can stand in a docstring: in one line, with plain spaces."""
    return " ".join(text.replace("\\", "/").replace('"', "'").split())


def _docstring(paragraphs: Sequence[str]) -> str:
    lines = "\n\n".join("\n".join(textwrap.wrap(one, WIDTH - 3, break_on_hyphens=False)) for one in paragraphs)
    return f'"""{lines}\n"""\n'
