"""A person's own data with three to ten classes, through everything that looks at a run."""

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from output_drawings import output_drawing

from tinkernet import Dataset, Experiment, Run, engine
from tinkernet.cli import class_letters, terminal
from tinkernet.export.pictures.drawing import Words, svg
from tinkernet.export.pictures.fields import output_field
from tinkernet.insight.diagnosis.class_bounds import class_bounds_of
from tinkernet.insight.neuron import report
from tinkernet.insight.starts import Starts

CASES = [(3, 2), (4, 5), (10, 3), (7, 1)]


def own(classes: int, columns: int, count: int = 40) -> Dataset:
    """Clouds around as many centres as there are classes, so many points each."""
    random = np.random.default_rng(classes)
    centres = 50 + 30 * random.normal(size=(classes, columns))
    labels = np.repeat(np.arange(classes), count)
    points = centres[labels] + random.normal(size=(len(labels), columns))
    return Dataset.from_arrays(points, [f"kind {k}" for k in labels])


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} classes, {case[1]} columns")
def run(request: pytest.FixtureRequest) -> Run:
    engine.wait_until_compiled()
    classes, columns = request.param
    return Run(Experiment(data=own(classes, columns), hidden=(8,), learning_rate=0.1, seed="0.5")).train(60)


def test_there_is_an_output_for_each_class_and_its_labels_are_learned(run: Run) -> None:
    classes = run.experiment.classes
    assert run.layout.sizes[-1] == len(classes)
    assert classes == tuple(sorted(f"kind {k}" for k in range(len(classes))))
    assert run.train_accuracy is not None
    assert run.train_accuracy > 0.8
    assert run.diagnosis(notes=True)
    assert np.isfinite(class_bounds_of(run).constant)


def test_reports_pictures_and_the_terminal_name_every_class(run: Run) -> None:
    classes, last = run.experiment.classes, run.layout.layers - 1
    assert [report(run, last, k).separates_class for k in range(len(classes))] == list(range(len(classes)))
    drawing = output_drawing(run, show_test_data=True)
    assert set(classes) <= {shape.text for shape in drawing.shapes if isinstance(shape, Words)}
    ET.fromstring(svg(drawing))  # noqa: S314 - we wrote it
    drawn = class_letters.class_boundary(
        output_field(run, 11, 22), run.train_data, terminal.ASCII, run.experiment.plane
    )
    assert [line.cell_len for line in drawn] == [22] * 11
    key = class_letters.class_boundary_key(classes, terminal.ASCII, run.train_data, 40)
    assert all(any(name in line.plain for line in key) for name in classes)


def test_many_starts_and_files_hold_them(run: Run, tmp_path: Path) -> None:
    many = Starts(run.experiment, n=2).train(5)
    assert many.fields(6).shape == (2, len(run.experiment.classes), 6, 6)
    run.save(tmp_path / "run")
    loaded = Run.load(tmp_path / "run")
    assert np.array_equal(loaded.train(3).parameters, run.copy().train(3).parameters)


def test_a_class_that_no_training_point_has_is_reported() -> None:
    random = np.random.default_rng(1)
    points, labels = random.normal(size=(60, 2)), ["a", "b"] * 29 + ["a", "rare"]
    run = Run(Experiment(data=Dataset.from_arrays(points, labels), seed="0.5", train_percent=50)).train(3)
    finding = next(finding for finding in run.diagnosis() if finding.kind == "class-imbalance")
    count = int((run.train_data.labels == 2).sum())
    assert finding.cause == ("rare-of-several" if count else "missing")
