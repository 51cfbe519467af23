"""A person's own data as the data of an experiment: inputs, slices, links, files, points as CSV."""

import csv
import io
import zlib
from base64 import urlsafe_b64encode
from copy import deepcopy
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinkernet import Dataset, Dot, Erase, Experiment, ExperimentError, Run, engine
from tinkernet.data.own.compact import MOST_LINKED_ROWS, MOST_UNPACKED, as_word, of_word
from tinkernet.engine import grid_points
from tinkernet.fragment import DataMissingError, View
from tinkernet.insight.starts import starts
from tinkernet.session.known_data import KnownData
from tinkernet.session.restoring import Saved


def measured(rows: int = 60, columns: int = 3, kind: str = "two") -> Dataset:
    """Data that looks like measurements."""
    random = np.random.default_rng(rows + columns)
    values = random.normal(5, 2, (rows, columns)).round(2)
    sums = values.sum(axis=1)
    labels: object = {
        "two": np.where(sums > np.median(sums), "high", "low"),
        "three": np.array(["a", "b", "c"])[np.digitize(sums, np.quantile(sums, [0.3, 0.6]))],
        "numbers": sums,
    }[kind]
    return Dataset.from_arrays(values, labels, names=tuple(f"column {k + 1}" for k in range(columns)))


KINDS = ("two", "three", "numbers")


@pytest.mark.parametrize("columns", [1, 2, 3, 7])
@pytest.mark.parametrize("kind", KINDS)
def test_any_number_of_columns_and_any_target_trains(columns: int, kind: str) -> None:
    data = measured(columns=columns, kind=kind)
    run = Run(data=data, seed="1")
    assert run.experiment.features == data.names
    assert run.experiment.classes == data.classes
    before = run.train_loss
    run.train(40)
    assert run.train_loss < before
    assert run.fields(6).shape == (sum(run.layout.sizes[1:]), 6, 6)
    assert len(run.train_data) + len(run.test_data) == len(data)


def test_points_are_in_the_units_of_the_data_and_the_network_sees_them_scaled() -> None:
    data = measured()
    run = Run(data=data, seed="1")
    rows = {tuple(row) for row in data.values.tolist()}
    assert {tuple(row) for row in np.vstack([run.train_data.points, run.test_data.points]).tolist()} == rows
    assert np.abs(run.train_data.scaled).max() <= 6
    inputs = run.train_examples.padded_inputs[: len(data.names), : len(run.train_data)]
    assert np.array_equal(inputs, run.train_data.scaled.T)
    by_scaled = engine.outputs(run.rule, run.parameters, np.ascontiguousarray(run.train_data.scaled.T))[-1][0]
    assert np.array_equal(run.predict(run.train_data.points), by_scaled)


def test_points_and_labels_are_enough() -> None:
    experiment = Experiment(data=([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]), seed="1")
    assert experiment.problem == "classification"
    assert experiment.dataset == "own"


def test_inputs_are_columns_and_formulas_over_them() -> None:
    data = measured()
    experiment = Experiment(data=data, features=("[column 1]*[column 2]", "column 3"), seed="1")
    assert experiment.features == ("column 3", "[column 1]*[column 2]")
    run = Run(experiment)
    scaled = run.train_data.scaled
    inputs = run.train_examples.padded_inputs[:2, : len(scaled)]
    assert np.array_equal(inputs, np.stack([scaled[:, 2], scaled[:, 0] * scaled[:, 1]]))


def test_a_name_that_no_formula_can_hold_is_still_an_input() -> None:
    data = Dataset.from_arrays([[1, 2, 3], [2, 1, 0], [3, 5, 1]], [0, 1, 1], names=("a[0]", "max", "a(0)"))
    assert Experiment(data=data).features == ("a(0)", "max", "a(0) 2")
    run = Run(data=data, features=("a(0) 2", "max"), seed="1").train(2)
    assert Experiment.from_link(run.experiment.to_link()) == run.experiment


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"noise": 5}, "noise is 5.0, but must be 0 with your own data"),
        ({"dataset": "xor"}, "dataset is 'xor', but must be own, or not given"),
        ({"problem": "regression"}, "problem is 'regression', but must be classification"),
        ({"features": ("y",)}, "features is 'y', but must be one of column 1, column 2, column 3, or a formula"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        Experiment(**({"data": measured()} | wrong))  # type: ignore[arg-type]
    assert str(refused.value).startswith(words)


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(ExperimentError, match="data is 5, but must be a tinkernet"):
        Experiment(data=5)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match="dataset is 'own'"):
        Experiment(dataset="own")


def test_replacing_the_data_replaces_what_belongs_to_it() -> None:
    own = Experiment(data=measured(kind="three"), seed="1", hidden=(3,))
    built_in = own.replace(dataset="xor")
    assert (built_in.data, built_in.features, built_in.loss) == (None, ("x", "y"), "squared")
    assert built_in.replace(data=own.data) == own
    assert own.replace(problem="regression").dataset == "reg-plane"
    assert own.replace(hidden=(4,)).data is own.data
    chosen = own.replace(features=("column 2",))
    assert chosen.replace(data=measured(rows=80, kind="three")).features == ("column 2",)


def test_the_reference_and_the_compiled_engine_agree_bit_for_bit() -> None:
    for kind in KINDS:
        data = measured(columns=4, kind=kind)
        run = Run(data=data, seed="2", hidden=(5,), features=(*data.names, "[column 1]^2"))
        slow = engine.reference.outputs(run.rule, run.parameters, run.train_examples.inputs)
        fast = engine.outputs(run.rule, run.parameters, run.train_examples.inputs)
        assert all(np.array_equal(one, other) for one, other in zip(slow, fast, strict=True))


def test_what_is_drawn_is_a_slice() -> None:
    data = measured(columns=3)
    run = Run(data=data, seed="1").train(5)
    plane = data.slice(("column 3", "column 1"), {"column 2": 4.0})
    cells = 5
    points = plane.points(grid_points(cells))
    assert np.allclose(data.scaling.backward(points)[:, 1], 4.0)
    expected = run.predict(data.scaling.backward(points)).reshape(cells, cells)
    assert np.allclose(run.fields(cells, [(run.layout.layers - 1, 0)], plane=plane)[0], expected, atol=1e-5)
    assert np.array_equal(plane.places(points), grid_points(cells))
    assert np.array_equal(plane.distances(points), np.zeros(cells * cells))


@pytest.mark.parametrize(
    "wrong", [(("column 1",), None), (("column 1", "column 1"), None), (("a", "b"), None), (None, {"z": 1.0})]
)
def test_a_slice_of_other_columns_is_refused(wrong: tuple[tuple[str, ...] | None, dict[str, float] | None]) -> None:
    with pytest.raises(ExperimentError):
        measured().slice(*wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_json_copy_link_and_file_keep_every_bit(kind: str, tmp_path: Path) -> None:
    experiment = Experiment(data=measured(kind=kind), seed="1", features=("column 3", "[column 1]*2"))
    assert msgspec.json.decode(msgspec.json.encode(experiment), type=Experiment) == experiment
    assert deepcopy(experiment) == experiment
    assert Experiment.from_link(experiment.to_link()) == experiment
    run = Run(experiment).train(7)
    run.save(tmp_path / "run")
    again = Run.load(tmp_path / "run").train(5)
    run.train(5)
    assert again.experiment == run.experiment
    assert np.array_equal(again.parameters, run.parameters)


def test_data_that_is_too_large_for_a_link_is_named_by_its_digest() -> None:
    data = measured(rows=MOST_LINKED_ROWS + 1)
    text = Experiment(data=data, seed="1").to_link()
    assert data.digest in text
    with pytest.raises(DataMissingError) as missing:
        Experiment.from_link(text)
    assert missing.value.digest == data.digest
    assert deepcopy(missing.value).digest == data.digest
    assert Experiment.from_link(text, data=data).data == data
    with pytest.raises(DataMissingError):
        Experiment.from_link(text, data=measured())


@given(
    st.lists(
        st.tuples(*[st.floats(-1e150, 1e150)] * 2, st.sampled_from(["a", "b", "c"])), min_size=3, max_size=30
    ).filter(lambda rows: len({row[2] for row in rows}) > 1 and len({row[0] for row in rows}) > 1)
)
@settings(max_examples=40, deadline=None)
def test_the_points_in_a_link_are_the_same_bits(rows: list[tuple[float, float, str]]) -> None:
    data = Dataset.from_arrays([row[:2] for row in rows], [row[2] for row in rows])
    word = as_word(data)
    assert word is not None
    assert of_word(word) == data


@given(st.text(alphabet="abcXYZ019-_", max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_other_word_is_refused(word: str) -> None:
    with pytest.raises(ExperimentError):
        of_word(word)


def test_a_word_that_unpacks_to_very_much_is_refused() -> None:
    bomb = urlsafe_b64encode(zlib.compress(bytes(10 * MOST_UNPACKED), 9)).decode().rstrip("=")
    with pytest.raises(ExperimentError, match="not too large"):
        of_word(bomb)


def test_a_link_with_damaged_points_opens_with_built_in_data_and_says_so() -> None:
    from tinkernet import link

    reading = link.read("points=abcd&seed=1")
    assert reading.experiment.data is None
    assert "Cannot read the points" in reading.notices[0]


def test_a_view_holds_axes_and_values_in_a_link() -> None:
    from tinkernet import link

    experiment = Experiment(data=measured(), seed="1")
    view = View(axes=(2, 0), held=((1, 4.5),))
    reading = link.read(link.write(experiment, view))
    assert (reading.experiment, reading.view) == (experiment, view)
    assert link.read("axes=1,1&held=a:b&seed=1").view == View()


@pytest.mark.parametrize("kind", KINDS)
def test_points_as_csv_have_the_answer_of_the_network(kind: str, tmp_path: Path) -> None:
    data = measured(kind=kind)
    run = Run(data=data, seed="1").train(5)
    run.save_points(tmp_path / "points.csv")
    text = (tmp_path / "points.csv").read_text()
    assert text.replace("\r\n", "\n") == run.points_csv().replace("\r\n", "\n")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(data)
    assert [row["set"] for row in rows] == ["training"] * len(run.train_data) + ["test"] * len(run.test_data)
    first = [float(rows[0][name]) for name in data.names]
    assert first == run.train_data.points[0].tolist()
    if kind == "numbers":
        answer = data.target.scaling.backward(run.predict([first])[:, None])[0, 0]
        assert float(rows[0]["output"]) == answer
    else:
        right = sum(row["label"] == row["predicted"] for row in rows[: len(run.train_data)])
        assert right / len(run.train_data) == run.train_accuracy


def test_many_starts_and_the_diagnosis_take_it() -> None:
    for columns in (1, 2, 5):
        data = measured(rows=120, columns=columns)
        many = starts(Experiment(data=data, seed="1"), n=3, epochs=5)
        assert many.fields(4).shape == (3, 4, 4)
        Run(data=data, seed="1").train(60).diagnosis(notes=True)


def test_a_saved_session_names_its_data_by_digest(tmp_path: Path) -> None:
    data = measured()
    run = Run(data=data, seed="1").train(3)
    known = KnownData(tmp_path)
    known.remember(data)
    raw = Saved.of(run, View()).encode()
    assert data.digest.encode() in raw
    assert len(raw) < 2000
    after_restart = KnownData(tmp_path)
    restored = Saved.decode(raw, after_restart.find).run()
    assert np.array_equal(restored.parameters, run.parameters)
    with pytest.raises(ValueError, match="gone"):
        Saved.decode(raw)


def test_damaged_data_of_a_session_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    data = measured()
    KnownData(tmp_path).remember(data)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert KnownData(tmp_path).find(data.digest) is None
    assert KnownData(tmp_path).find("../secret") is None


@pytest.mark.parametrize("kind", KINDS)
def test_points_can_be_painted_on_two_columns_and_the_others_keep_their_bits(kind: str) -> None:
    data = measured(columns=2, kind=kind)
    run = Run(data=data, seed="1").train(2)
    before = {tuple(row) for row in np.vstack([run.train_data.points, run.test_data.points]).tolist()}
    run.change(drawing=[Dot(1, (1, 2)), Erase((5, 5), 2.0)])
    points = np.vstack([run.train_data.points, run.test_data.points])
    new = [tuple(row) for row in points.tolist() if tuple(row) not in before]
    assert len(new) == 1
    assert np.allclose(data.scaling.forward(np.array(new)), [[1, 2]])
    assert Experiment.from_link(run.experiment.to_link()) == run.experiment
    assert run.experiment.replace(data=measured(columns=2, rows=80, kind=kind)).drawing == ""


def test_points_cannot_be_painted_on_three_columns() -> None:
    with pytest.raises(ExperimentError, match="two columns"):
        Experiment(data=measured(columns=3), drawing=[Dot(1, (1, 2))])


def test_the_diagnosis_takes_more_inputs_than_it_tries_directions() -> None:
    data = measured(rows=60, columns=70)
    Run(data=data, seed="1", hidden=(2,)).train(20).diagnosis(notes=True)
