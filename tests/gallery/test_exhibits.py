"""The gallery of maps: its pictures are there, and each is what its module computes."""

from pathlib import Path

import numpy as np
import pytest

from tinkernet import Experiment, sweep
from tinkernet.gallery.cells import averaged, share_solved
from tinkernet.gallery.exhibits import EXHIBITS, depth_and_rate, edge_of_8, exhibit, l1_and_features, width_for_spiral

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", EXHIBITS)
def test_each_picture_is_in_the_docs_and_small(name: str) -> None:
    path = DOCS / "maps" / f"{name.replace('_', '-')}.png"
    assert path.stat().st_size < 300_000
    assert f"(maps/{path.name})" in (DOCS / "map-gallery.md").read_text()
    assert f'ARGS="{name}"' in (DOCS / "map-gallery.md").read_text()


def test_every_module_of_the_gallery_is_listed() -> None:
    modules = {path.stem for path in Path(edge_of_8.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == set(EXHIBITS)


def test_cells_are_means_over_all_other_settings() -> None:
    found = sweep(
        Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], learning_rate=[0.001, 0.1], start=range(3), epochs=20
    )
    cells = averaged(found, found.table["test_loss"], "learning_rate", "hidden")
    for row, rate in enumerate((0.001, 0.1)):
        for column, hidden in enumerate(((1,), (4,))):
            ones = [one["test_loss"] for one in found if one["learning_rate"] == rate and one.values[0] == hidden]
            assert cells[row, column] == pytest.approx(np.mean(ones), rel=1e-12)
    assert share_solved(found, "hidden").shape == (2,)


def test_the_maps_of_sweeps_have_a_cell_for_each_combination(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (depth_and_rate, l1_and_features, width_for_spiral):
        monkeypatch.setattr(module, "STARTS", range(2))
        monkeypatch.setattr(module, "EPOCHS", 2)
    for module in (depth_and_rate, l1_and_features):
        monkeypatch.setattr(module, "RATES", 3)
    for name, shape in (("depth_and_rate", (8, 3)), ("l1_and_features", (7, 3)), ("width_for_spiral", (6, 16))):
        shown = exhibit(name)
        assert shown.shades.shape == shape
        assert np.abs(shown.shades).max() <= 1
        assert len(shown.y.values) == shape[0]


def test_a_feature_without_weights_is_not_used() -> None:
    found = sweep(Experiment(seed="1", regularization="L1"), regularization_rate=[0, 9.0], epochs=20)
    assert [l1_and_features.used(one).tolist() for one in found] == [[True, True], [False, False]]


def test_the_map_of_the_edge_has_the_ranges_of_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_of_8, "SIZE", 16)
    shown = exhibit("edge_of_8")
    assert (shown.x.low, shown.x.high, shown.y.low, shown.y.high) == (1e-3, 1e6, 1e-3, 1e6)
    assert "72 points" in shown.words
    # At the top every training diverges; the smallest rates, at the bottom left, converge.
    assert (shown.shades[0] < 0).all()
    assert shown.shades[-1, 0] > 0
