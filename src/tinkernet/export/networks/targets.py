"""What a run can be exported to: one entry for each library or format. To add one, add an entry."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from os import PathLike

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.export.networks.network import Numbers, describe
from tinkernet.extras import MissingExtraError
from tinkernet.files import check_writable, path_of, write_atomically
from tinkernet.run import Run

Content = str | bytes


@dataclass(frozen=True)
class Target:
    """A library or format. `make(run, numbers)` gives the text of a program or file, or the bytes of a file.

    `numbers` are the types of numbers that it may have, the usual one first; none where it has all digits. `train`
    makes a program with the training as well. `library` is imported to make it and comes with the extra `extra`.
    """

    name: str
    label: str
    hint: str
    file: str
    make: Callable[[Run, Numbers], Content]
    numbers: tuple[Numbers, ...] = ()
    binary: bool = False
    train: Callable[[Run, Numbers], str] | None = None
    library: str = ""
    extra: str = ""

    @property
    def missing(self) -> str:
        """What to install before it can be made, in one line; empty where nothing is missing."""
        if not self.library or find_spec(self.library) is not None:
            return ""
        return str(MissingExtraError(self.library, self.extra))


def export(run: Run, to: str, dtype: str | None = None, *, training: bool = False) -> Content:
    """The run as a program or file for this target.

    Raises:
        ExperimentError: it is not a run, there is no such target, or it cannot hold this run or this type of numbers.
        MissingExtraError: a library is missing.
    """
    if not isinstance(run, Run):
        raise ExperimentError("run", run, "a tinkernet.Run")
    target = TARGETS[checks.one_of("to", to, TARGETS)]
    if dtype is not None and dtype not in target.numbers:
        only = " or ".join(target.numbers) or "not given, as all digits are kept"
        raise ExperimentError("dtype", dtype, f"{only} for {target.label}")
    chosen = next((one for one in target.numbers if one == dtype), None)
    if not checks.flag("training", training):
        return target.make(run, chosen or (target.numbers or ("float64",))[0])
    if target.train is None:
        able = " or ".join(one.name for one in TARGETS.values() if one.train is not None)
        raise ExperimentError("training", training, f"False for {target.label}; {able} can have it")
    # The training of a program in float32 would soon be another.
    return target.train(run, chosen or "float64")


def save(content: Content, path: str | PathLike[str]) -> None:
    """Write a program or file, atomically.

    Raises:
        ExperimentError: the file cannot be written.
    """
    place = path_of("output", path)
    check_writable("output", place)
    write_atomically("output", place, content.encode() if isinstance(content, str) else content)


def _torch(run: Run, numbers: Numbers) -> str:
    from tinkernet.export.networks.torch_program import torch_program

    return torch_program(describe(run), numbers)


def _training(run: Run, numbers: Numbers) -> str:
    from tinkernet.export.networks.training_program import training_program

    return training_program(run, numbers)


def _keras(run: Run, numbers: Numbers) -> str:
    from tinkernet.export.networks.keras_program import keras_program

    return keras_program(describe(run), numbers)


def _jax(run: Run, numbers: Numbers) -> str:
    from tinkernet.export.networks.jax_program import jax_program

    return jax_program(describe(run), numbers)


def _numpy(run: Run, numbers: Numbers) -> str:
    from tinkernet.export.networks.numpy_program import numpy_program

    return numpy_program(describe(run), numbers)


def _json(run: Run, _numbers: Numbers) -> str:
    from tinkernet.export.networks.plain_files import json_text

    return json_text(describe(run))


def _onnx(run: Run, numbers: Numbers) -> bytes:
    from tinkernet.export.networks.onnx_file import onnx_file

    return onnx_file(describe(run), numbers)


def _safetensors(run: Run, numbers: Numbers) -> bytes:
    from tinkernet.export.networks.plain_files import safetensors_file

    return safetensors_file(describe(run), numbers)


def _playground(run: Run, _numbers: Numbers) -> str:
    from tinkernet.export.networks.plain_files import playground_link

    return playground_link(run)


SINGLE: tuple[Numbers, ...] = ("float32", "float64")
DOUBLE: tuple[Numbers, ...] = ("float64", "float32")

TARGETS: dict[str, Target] = {
    entry.name: entry
    for entry in (
        Target(
            "torch",
            "PyTorch",
            "A program with the network as a module.",
            "network_torch.py",
            _torch,
            SINGLE,
            train=_training,
        ),
        Target(
            "keras",
            "Keras",
            "A program with the network as a model of Keras 3.",
            "network_keras.py",
            _keras,
            ("float32",),
        ),
        Target("jax", "JAX", "A program with the network as a function.", "network_jax.py", _jax, SINGLE),
        Target(
            "numpy",
            "NumPy",
            "A program that needs nothing else and shows each step.",
            "network_numpy.py",
            _numpy,
            DOUBLE,
        ),
        Target(
            "onnx",
            "ONNX",
            "A file that many programs and devices can run.",
            "network.onnx",
            _onnx,
            SINGLE,
            binary=True,
            library="onnx",
            extra="onnx",
        ),
        Target(
            "safetensors",
            "safetensors",
            "A file with the weights, for any library.",
            "network.safetensors",
            _safetensors,
            SINGLE,
            binary=True,
            library="safetensors",
            extra="safetensors",
        ),
        Target("json", "JSON", "A text with everything, for any language.", "network.json", _json),
        Target(
            "playground",
            "TensorFlow Playground",
            "A link that opens the settings there, without the weights.",
            "playground.txt",
            _playground,
        ),
    )
}
"""All targets, by name."""
