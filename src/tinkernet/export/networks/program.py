"""What the programs of all libraries have in common: names of columns, the inputs, the meaning of the outputs."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tinkernet.errors import ExperimentError
from tinkernet.export.networks.dialect import Dialect
from tinkernet.export.networks.network import Network, Numbers, formula_names, summary
from tinkernet.export.networks.python_text import WIDTH, docstring, plain, tuple_of, variables_of, wrapped
from tinkernet.formatting import count
from tinkernet.formula import Formula
from tinkernet.network import ACTIVATIONS
from tinkernet.network.activations import Activation

MOST_NUMBERS = 100_000
"""With more weights and points, a program is too long to read."""


def check_numbers(numbers: int) -> None:
    """That a program with so many numbers can be read.

    Raises:
        ExperimentError: there are too many.
    """
    if numbers > MOST_NUMBERS:
        allowed = f"at most {count(MOST_NUMBERS)}; json, onnx and safetensors hold networks of any size"
        raise ExperimentError("numbers in the program", numbers, allowed)


@dataclass(frozen=True)
class Program:
    """A network as a program of one library is to have it."""

    network: Network
    dialect: Dialect
    numbers: Numbers

    def beginning(self, library: str, imports: Sequence[str], array: Callable[[str], str]) -> str:
        """What the program is, its imports, the names of the classes, and the ranges of the columns.

        `array` writes a list of numbers as an array of the library.

        Raises:
            ExperimentError: the network is too large for a program.
        """
        check_numbers(self.network.numbers)
        title = f"A network that was trained in {self.network.made_by}, as a program of {library}."
        use = "predict(points) gives what it answers for points, one in each row."
        text = docstring([title, f"It has {plain(summary(self.network))}. {use}"])
        return "\n".join([text, *imports, self._classes() + self._meanings() + self._ranges(array)]).rstrip("\n") + "\n"

    def _classes(self) -> str:
        names = self.network.output.classes
        return f"CLASSES = {tuple_of(names)}\n" if names else ""

    def _meanings(self) -> str:
        edge = f"{self.network.edge:g}"
        return "".join(
            f"# {plain(column.name)} from -{edge} to {edge} stands for {plain(column.meaning)}.\n"
            for column in self.network.columns
            if column.meaning
        )

    def _ranges(self, array: Callable[[str], str]) -> str:
        if not self.network.scaled:
            return ""
        columns, edge = self.network.columns, f"{self.network.edge:g}"
        return "\n".join(
            [
                f"# Each column is scaled: from LOW ... HIGH to -{edge} ... {edge}.",
                f"COLUMNS = {tuple_of([column.name for column in columns])}",
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
        return [
            f"    return {self.dialect.module}.stack(",
            "        [",
            *rows,
            "        ],",
            f"        {axis},",
            "    )",
        ]

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
                    f'    """{plain(output.target)} of each point, from points of the shape (n, columns)."""',
                    *before,
                    f"    return {self._in_units('outputs[:, 0]')}",
                    "",
                ]
            )
        lines = [
            "def predict(points):",
            '    """The class of each point, and the probability of each class."""',
            *before,
        ]
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
            weights += [
                f"    [{self._comment(number)}",
                *(self._wrapped(row) for row in layer.weights),
                "    ],",
            ]
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

    def _comment(self, number: int) -> str:
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
                *(f"    {line}" for line in wrapped(f"print({where}([{self._row(middle, digits=4)}]))")),
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


def _columns_of(network: Network) -> list[Formula]:
    from tinkernet.network.inputs import inputs_of

    return [one.read for one in inputs_of(tuple(column.name for column in network.columns)).table.values()]
