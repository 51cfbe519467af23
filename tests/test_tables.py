"""Tables: for pandas, polars and Arrow, as CSV and as Parquet."""

import errno
import os
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tinkernet import ExperimentError, Run, Starts
from tinkernet.extras import MissingExtraError
from tinkernet.tables import Table


def tables() -> Iterator[Table]:
    run = Run(dataset="iris", seed="0.5", hidden=(3,)).train(5)
    many = Starts(run.experiment, n=3).train(4)
    yield from (run.history_table(), run.weights_table(), run.points_table(), many.table(), many.history_table())


@pytest.mark.parametrize("table", list(tables()), ids=lambda table: "-".join(table.names)[:30])
def test_pandas_polars_and_arrow_have_the_same_rows(table: Table, tmp_path: Path) -> None:
    frames = [
        table.to_pandas(),
        table.to_polars().to_pandas(),
        pl.DataFrame(table).to_pandas(),  # through the PyCapsule interface
        pa.table(table).to_pandas(),
        pd.read_csv(StringIO(table.csv())),
    ]
    for path in (tmp_path / "table.parquet", tmp_path / "table.csv"):
        table.save(path)
    frames += [pq.read_table(tmp_path / "table.parquet").to_pandas(), pd.read_csv(tmp_path / "table.csv")]
    for frame in frames:
        assert tuple(frame.columns) == table.names
        assert len(frame) == len(table)
        for name in table.names:
            assert np.array_equal(frame[name].to_numpy(), table[name]) or np.allclose(
                frame[name].to_numpy(dtype=float), table[name].astype(float), rtol=1e-15
            )


def test_a_run_has_its_losses_weights_and_points_in_tables() -> None:
    run = Run(dataset="xor", seed="1", hidden=(3, 2)).train(4)
    history, weights, points = run.history_table(), run.weights_table(), run.points_table()
    assert history["epoch"].tolist() == [0, 1, 2, 3, 4]
    assert history["test_loss"][-1] == run.test_loss
    assert len(weights) == run.layout.count
    rows = list(zip(*(weights[name].tolist() for name in weights.names), strict=True))
    assert (1, 0, 2, "neuron 2", run.weights[1][0, 2]) in rows
    assert (0, 2, 1, "y", run.weights[0][2, 1]) in rows
    assert (2, 0, -1, "bias", run.biases[2][0]) in rows
    assert points.csv() == run.points_csv()
    assert points["set"].tolist() == ["training"] * len(run.train_data) + ["test"] * len(run.test_data)


def test_many_starts_have_a_row_each_and_their_curves() -> None:
    many = Starts(Run(dataset="xor", seed="1").experiment, n=3).train(4)
    table, curves = many.table(), many.history_table()
    assert table["train_loss"].tolist() == many.train_loss.tolist()
    assert table["succeeded"].tolist() == many.succeeded().tolist()
    of_second = curves["start"] == 1
    assert curves["epoch"][of_second].tolist() == many.epochs.tolist()
    assert curves["test_loss"][of_second].tolist() == many.curves[1, :, 1].tolist()


def test_a_table_does_not_change_and_a_frame_of_it_may() -> None:
    losses = np.array([1.0, 2.0])
    table = Table({"loss": losses, "name": ["a", "b"]})
    losses[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        table["loss"][0] = 9
    frame = table.to_pandas()
    frame.loc[0, "loss"] = 9
    assert table["loss"].tolist() == [1.0, 2.0]
    with pytest.raises(ExperimentError, match="did you mean loss"):
        table["losss"]
    with pytest.raises(ExperimentError, match="2 values"):
        Table({"a": [1.0], "b": [1.0, 2.0]})


def test_a_notebook_shows_the_first_and_the_last_rows_escaped() -> None:
    html = Table({"<b>": np.arange(30), "text": ["&"] * 30})._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<td>&amp;</td>" in html
    assert html.count("<tr>") == 1 + 10 + 1
    assert "<td>29</td>" in html
    assert "<td>15</td>" not in html


def test_numbers_and_texts_that_a_spreadsheet_would_run_are_written_as_text() -> None:
    assert Table({"name": ["=1+1", "a"]}).csv().splitlines() == ["name", "'=1+1", "a"]


@pytest.mark.parametrize(
    ("library", "use", "install"),
    [
        ("pandas", Table.to_pandas, r"pip install 'tinkernet\[frames\]'"),
        ("pyarrow", Table.to_arrow, r"pip install 'tinkernet\[frames\]'"),
        ("polars", Table.to_polars, "pip install polars"),
    ],
)
def test_a_missing_library_is_named_with_what_to_install(
    library: str, use: object, install: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table({"a": [1.0]})
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"^{library} is not installed: {install}$"):
        use(table)  # type: ignore[operator]


def test_a_csv_needs_no_library_and_a_parquet_file_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("pandas", "polars", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, library, None)
    run = Run(dataset="xor", seed="1")
    run.save_points(tmp_path / "points.csv")
    assert (tmp_path / "points.csv").read_bytes().decode() == run.points_csv()
    with pytest.raises(MissingExtraError, match="pyarrow is not installed"):
        run.save_points(tmp_path / "points.parquet")
    assert not (tmp_path / "points.parquet").exists()


def test_an_unknown_ending_and_a_full_disk_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table({"a": [1.0]})
    with pytest.raises(ExperimentError, match=r"\.csv or \.parquet"):
        table.save(tmp_path / "table.xlsx")
    with pytest.raises(ExperimentError, match=r"path is 'a.x00.csv', but must be the path of a file"):
        table.save("a\0.csv")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    table.save(tmp_path / "table.csv")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExperimentError, match=r"No space left on device"):
        Table({"a": [2.0]}).save(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes().decode() == table.csv()
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
