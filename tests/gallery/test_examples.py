"""The examples in the docstrings of the gallery, and of the maps that it draws, are right."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import tinkernet
from tinkernet import gallery

MODULES = [
    *(f"tinkernet.gallery.{path.stem}" for path in sorted(Path(gallery.__file__).parent.glob("[!_]*.py"))),
    *(f"tinkernet.export.pictures.{name}" for name in ("picture_axis", "map_picture", "shaded_map")),
]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_is_right(name: str) -> None:
    module = import_module(name)
    known = {one: getattr(tinkernet, one) for one in tinkernet.__all__} | vars(module)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module, globs=known):
        written: list[str] = []
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=written.append)
        assert result.failed == 0, "".join(written)
