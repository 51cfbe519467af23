"""An option is one entry in one file: the engine, links, the catalog and the command line use the table."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from tinkernet.engine.compiler import LONGEST_REASON, one_line_reason

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "tinkernet"
ENTRIES = {
    "network/activations.py": """
def softsign(x: Any) -> Any:
    return x / (1.0 + select(x < 0.0, -x, x))


def softsign_derivative(x: Any, y: Any) -> Any:
    size = 1.0 + select(x < 0.0, -x, +x)
    return 1.0 / (size * size)


SOFTSIGN = Activation(
    "softsign", "Softsign", "A slow step.", "softsign(…)", "squeezed", -1.0, 1.0, 1.0, softsign, softsign_derivative
)
ACTIVATIONS[SOFTSIGN.name] = SOFTSIGN
""",
    "network/optimizers.py": """
def adagrad_constants(rate: float, _number: Any, values: Any) -> Any:
    return rate, values[0]


def adagrad_update(parameter: Any, gradient: Any, total: Any, unused: Any, constants: Any) -> Any:
    total = total + gradient * gradient
    return parameter - constants[0] * gradient / (sqrt(total) + constants[1]), total, unused


OPTIMIZERS["adagrad"] = Optimizer(
    "adagrad",
    "Adagrad",
    "Steps become smaller.",
    (EPSILON,),
    "w − η g / √s, with s the sum of g²",
    ("total",),
    adagrad_constants,
    adagrad_update,
)
""",
    "data/datasets/__init__.py": """
def stripes(stream, n, noise):
    import numpy as np

    points = 12.0 * stream.uniforms(n, 2) - 6.0
    return points, np.where(np.floor(points[:, 0] / 3.0) % 2 == 0, 1.0, -1.0)


DATASETS["stripes"] = BuiltIn(
    "stripes", "Stripes", "Four stripes.", "classification", 300, stripes, ("odd", "even"), "Patterns"
)
""",
}
CODE = """
import contextlib, io
import tinkernet
from tinkernet import Experiment, Run, cli, engine
from tinkernet.protocol.catalog import catalog
if not numba_is_off:
    engine.wait_until_compiled()
chosen = {"activation": "softsign", "optimizer": "adagrad,epsilon:0.01", "dataset": "stripes"}
run = Run(seed="0.5", hidden=(5, 3), **chosen).train(30)
link = run.experiment.to_link()
assert {"activations=softsign", "optimizer=adagrad,epsilon:0.01", "data=stripes"} <= set(link.split("&")), link
assert Experiment.from_link(link) == run.experiment
assert [choice.before for choice in catalog().activations][-1] == "softsign("
assert [choice.name for choice in catalog().datasets][-1] == "stripes"
assert [(choice.name, len(choice.parameters)) for choice in catalog().optimizers][-1] == ("adagrad", 1)
with contextlib.redirect_stdout(io.StringIO()) as shown:
    cli.main(["train", "--help"])
words = shown.getvalue().replace(",", " ").split()
assert {"softsign", "adagrad", "stripes"} <= set(words), words
print(tinkernet.__file__, engine.status().state, run.train_loss.hex(), run.experiment.to_link())
"""


def outcome(folder: Path, *, numba_is_off: bool) -> list[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        **({"NUMBA_DISABLE_JIT": "1"} if numba_is_off else {}),
    }
    command = [sys.executable, "-c", f"numba_is_off = {numba_is_off}\n{CODE}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_an_option_is_one_entry_and_both_engines_compute_the_same_with_it(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "tinkernet", ignore=shutil.ignore_patterns("page", "__pycache__"))
    for module, entry in ENTRIES.items():
        table = tmp_path / "tinkernet" / module
        table.write_text(table.read_text() + entry)
    compiled, reference = (outcome(tmp_path, numba_is_off=off) for off in (False, True))
    assert compiled[0].startswith(str(tmp_path))
    assert compiled[1] == "ready"
    assert compiled[2:] == reference[2:]


def test_a_compiler_error_is_reported_in_one_short_line() -> None:
    unknown = numba.njit(lambda x: x.there_is_no_such_attribute)
    with pytest.raises(numba.core.errors.TypingError) as caught:
        unknown(1.0)
    assert len(str(caught.value).splitlines()) > 3
    line = one_line_reason(caught.value)
    assert "there_is_no_such_attribute" in line
    assert "test_adding.py, line" in line
    assert "\n" not in line
    assert len(line) <= LONGEST_REASON
