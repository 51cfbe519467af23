"""Data of many columns in a session: what is sent at first, and how it is read."""

import base64

import numpy as np
from playing_alone import alone

from tinkernet import Dataset
from tinkernet.formula import reader
from tinkernet.protocol.intentions import PreviewFormula

COLUMNS = 299


def data() -> Dataset:
    values = np.random.default_rng(1).normal(size=(40, COLUMNS)).round(2)
    return Dataset.from_arrays(values, ["ab"[k % 2] for k in range(40)], names=[f"gene{k}" for k in range(COLUMNS)])


def test_a_held_column_is_sent_as_one_value() -> None:
    driven = alone(data=data(), hidden=(2,))
    news = driven.page.last("formula-features")
    cells = {feature["name"]: (feature["cells"], feature["grid_cells"]) for feature in news["features"]}
    assert len(cells) == COLUMNS
    assert {name for name, (picture, grid) in cells.items() if picture > 1 and grid > 1} == {"gene0", "gene1"}
    held = news["features"][5]
    value = driven.state["data"]["columns"][5]["held"]
    assert np.frombuffer(base64.b64decode(held["grid"]), "<f4").tolist() == [
        np.float32(data().slice(held={"gene5": value}).held[5])
    ]
    assert len(base64.b64decode(held["picture"])) == 1
    assert len(str(news)) < 150_000


def test_columns_are_not_read_as_formulas() -> None:
    reader._names.cache_clear()
    alone(data=data(), hidden=(2,))
    assert reader._names.cache_info().misses == 0


def test_the_names_of_columns_are_listed_once_for_all_formulas() -> None:
    driven = alone(data=data(), hidden=(2,))
    reader._names.cache_clear()
    for k in range(20):
        driven.do(PreviewFormula(request=k, text=f"gene{k}*gene200", replaces=""))
    assert reader._names.cache_info().misses == 1


def test_a_column_beyond_those_that_are_offered_is_added_by_its_name() -> None:
    driven = alone(data=data(), hidden=(2,), features=("gene0", "gene1"))
    names = [feature["name"] for feature in driven.page.last("formula-features")["features"]]
    assert len(names) == 40
    assert "gene200" not in names
    driven.do(PreviewFormula(request=1, text="[gene200]", replaces=""))
    assert driven.page.last("formula-preview")["feature"]["name"] == "gene200"
