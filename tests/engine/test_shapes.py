"""Array shapes and types are checked on every call during tests, including the engine's public functions."""

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import TypeCheckError

from tinkernet import Experiment, Run, engine

PACKAGE = Path(engine.__file__).parent.parent


def test_parameters_of_a_wrong_shape_or_type_are_rejected() -> None:
    run = Run(Experiment(seed="1"))
    for wrong in (run.parameters[None], run.parameters.astype(np.float32)):
        with pytest.raises(TypeCheckError):
            engine.evaluate(run.rule, wrong, run.train_examples)


def test_points_of_a_wrong_shape_are_rejected() -> None:
    run = Run(Experiment(seed="1"))
    with pytest.raises(TypeCheckError):
        engine.outputs(run.rule, run.parameters, np.zeros(2))


@pytest.mark.parametrize("name", [name for name in engine.__all__ if inspect.isfunction(getattr(engine, name))])
def test_every_public_function_of_the_engine_is_checked(name: str) -> None:
    assert hasattr(getattr(engine, name), "__wrapped__")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_no_function_of_a_package_file_takes_or_returns_an_array(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert "ndarray" not in ast.unparse(node.args) + ast.unparse(node.returns or ast.Constant(None)), node.name
