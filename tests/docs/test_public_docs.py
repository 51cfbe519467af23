"""Everything public is documented, and the examples of its docstrings are right."""

import doctest
from pathlib import Path
from types import SimpleNamespace

import checking
import griffe
import public
import pytest
import reference_pages

import tinkernet


def test_everything_public_is_documented() -> None:
    found = checking.problems()
    assert found == [], "\n".join(["Docstrings of what is public lack something:", *found])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "add a docstring"),
        ("Twice a number.\n\nArgs:\n    number: any.", "add an “Example:”"),
        ("Twice a number.\n\nExample:\n    >>> twice(1)\n    2", "add under “Args:” what these arguments mean: number"),
    ],
)
def test_a_docstring_that_lacks_something_is_named_with_what_to_add(text: str, problem: str) -> None:
    with griffe.temporary_visited_module(f'def twice(number: int) -> int:\n    """{text}"""\n') as module:
        found = list(checking.missing(module["twice"]))
    assert len(found) == 1
    assert problem in found[0]


def test_an_array_has_a_shape_and_a_refused_value_an_error() -> None:
    code = (
        'def squares(n: int) -> "ndarray":\n    """Squares.\n\n    Args:\n        n: how many.\n\n'
        '    Example:\n        >>> 1\n    """\n    raise ValueError\n'
    )
    with griffe.temporary_visited_module(code) as module:
        found = list(checking.missing(module["squares"]))
    assert len(found) == 2
    assert "Raises:" in found[0]
    assert "shape" in found[1]


def test_a_struct_has_the_signature_that_it_is_created_with() -> None:
    experiment, spray = public.member("tinkernet.Experiment"), public.member("tinkernet.Spray")
    assert experiment is not None
    assert spray is not None
    assert tuple(checking.arguments(experiment)) == tinkernet.Experiment.__struct_fields__
    assert checking.arguments(spray) == ["label", "at", "radius", "count"]


def examples() -> list[object]:
    """(where, docstring) of everything on the pages of the reference that has an example."""
    paths = [path for topic in reference_pages.topics() for path in reference_pages.identifiers(topic)]
    found: dict[str, griffe.Object] = {}
    for path in paths:
        one = public.member(path)
        if one is None:
            continue
        found[path] = one
        if isinstance(one, griffe.Class):
            found |= {f"{path}.{name}": part for name, part in checking.public_parts(one).items()}
    return [
        pytest.param(one, id=path)
        for path, one in found.items()
        if one.docstring is not None and ">>>" in one.docstring.value
    ]


# Keras's variables, with JAX, do not know NumPy's newest way to ask for an array.
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.parametrize("documented", examples())
def test_every_example_of_a_docstring_is_right(
    documented: griffe.Object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setenv("MPLBACKEND", "agg")
    # An example may use what its module has, and all public names.
    names = {name: getattr(tinkernet, name) for name in public.names()}
    names |= vars(__import__(documented.module.path, fromlist=["_"]))
    text = documented.docstring.value if documented.docstring else ""
    test = doctest.DocTestParser().get_doctest(text, names, documented.path, str(documented.filepath), 0)
    report = SimpleNamespace(text="")
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
        test, out=lambda words: setattr(report, "text", report.text + words)
    )
    assert result.failed == 0, report.text
