"""The built-in data sets: the same bits for the same seed, the classes that are promised, and noise."""

import csv
import hashlib
from importlib import resources

import numpy as np
import pytest
from numpy import ndarray

from tinkernet import Experiment, Run, link
from tinkernet.data import DATASETS, BuiltIn, Stream
from tinkernet.data.datasets.original import ORIGINAL
from tinkernet.data.plane import EDGE
from tinkernet.network import PROBLEMS
from tinkernet.options import DatasetName

ENTRIES = pytest.mark.parametrize("entry", DATASETS.values(), ids=list(DATASETS))
MEASURED = [entry for entry in DATASETS.values() if entry.axes]

# Of points and labels with noise of 25 per cent, as little-endian doubles.
DIGESTS = {
    "circle": "3893df3f66b9d6b4",
    "xor": "afc5a3f23d6ff166",
    "gauss": "3b6e72e83d652ac2",
    "spiral": "eefa10ad35e26576",
    "reg-plane": "535a88beae4ea553",
    "reg-gauss": "e09df706b0d6c456",
    "moons": "b4412c1a53d0a977",
    "rings": "e676bc2203d623e0",
    "checkerboard": "98507b66b90cfae5",
    "halves": "6d2274c0daf6d5a1",
    "breast-cancer": "76d16f5c9644f4f6",
    "reg-sine": "34fa575ef544bc39",
    "reg-step": "8a52bb2a0e9cee17",
    "blobs": "b7aa16bb2d77bb76",
    "three-spirals": "239404f0f2dd688f",
    "three-rings": "3fe334d84eee1284",
    "iris": "1526874877493a5c",
    "wine": "4c6cd2492c5a1948",
}


def made(entry: BuiltIn, noise: float, seed: str = "0.5") -> tuple[ndarray, ndarray]:
    return entry.make(Stream(seed), entry.count, noise)


def digest(entry: BuiltIn) -> str:
    points, labels = made(entry, 0.25)
    return hashlib.sha256(points.astype("<f8").tobytes() + labels.astype("<f8").tobytes()).hexdigest()[:16]


def test_every_data_set_has_a_digest() -> None:
    assert set(DIGESTS) == set(DATASETS)


@ENTRIES
def test_a_seed_gives_the_same_bits_on_every_machine(entry: BuiltIn) -> None:
    assert digest(entry) == DIGESTS[entry.name]


def test_the_originals_six_come_first() -> None:
    names = ["circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss"]
    assert [entry.name for entry in ORIGINAL] == names == list(DATASETS)[:6]
    assert all(entry.in_original == (name in names) for name, entry in DATASETS.items())


@ENTRIES
def test_points_are_as_many_as_said_and_lie_in_the_plane(entry: BuiltIn) -> None:
    points, labels = made(entry, 0.0)
    assert points.shape == (entry.count, 2)
    assert labels.shape == (entry.count,)
    assert points.dtype == labels.dtype == np.float64
    assert np.abs(points).max() <= EDGE
    assert np.ptp(points, axis=0).min() > 5


@ENTRIES
def test_labels_are_those_of_its_classes(entry: BuiltIn) -> None:
    _, labels = made(entry, 0.0)
    found, counts = np.unique(labels, return_counts=True)
    count = len(entry.classes)
    if count == 0:
        assert entry.problem != next(iter(PROBLEMS))
        assert -1.2 <= labels.min() < -0.9
        assert 0.9 < labels.max() <= 1.2
    else:
        assert found.tolist() == ([-1.0, 1.0] if count == 2 else list(range(count)))
        assert counts.min() > entry.count / count / 2
        assert len(set(entry.classes)) == count


@ENTRIES
@pytest.mark.parametrize("noise", [0.25, 0.8])
def test_noise_moves_points_or_changes_labels(entry: BuiltIn, noise: float) -> None:
    points, labels = made(entry, 0.0)
    moved, changed = made(entry, noise)
    # A cluster is not clipped at four standard deviations.
    assert np.abs(moved).max() <= 3 * EDGE
    assert np.isfinite(changed).all()
    assert not (np.array_equal(points, moved) and np.array_equal(labels, changed))


@ENTRIES
def test_fewer_points_show_all_of_it(entry: BuiltIn) -> None:
    count = min(entry.count, 120)
    points, labels = entry.make(Stream("0.5"), count, 0.0)
    assert len(points) == count
    assert len(entry.classes) == 0 or len(set(labels.tolist())) == len(entry.classes)


@pytest.mark.parametrize("entry", MEASURED, ids=lambda entry: entry.name)
def test_measured_points_are_the_rows_of_the_file_on_the_scale_of_its_axes(entry: BuiltIn) -> None:
    text = (resources.files("tinkernet.data.datasets") / "measured" / f"{entry.name}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    points, labels = made(entry, 0.0)
    low, high = (np.array([getattr(axis, end) for axis in entry.axes]) for end in ("low", "high"))
    measured = low + (points + EDGE) / (2 * EDGE) * (high - low)
    assert np.allclose(measured, [[float(x), float(y)] for x, y, _ in rows], rtol=0, atol=1e-12)
    index = (labels + 1) / 2 if len(entry.classes) == 2 else labels
    assert [entry.classes[int(k)] for k in index] == [row[2] for row in rows]


def test_every_measured_file_has_its_origin_and_licence() -> None:
    folder = resources.files("tinkernet.data.datasets") / "measured"
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    files = {file.name for file in folder.iterdir() if file.name.endswith(".csv")}
    assert files == {f"{entry.name}.csv" for entry in MEASURED}
    assert all(f"`{name}`" in sources for name in files)
    assert "Creative Commons Attribution 4.0" in sources


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_survives_a_link_and_trains(name: DatasetName) -> None:
    experiment = Experiment(dataset=name, noise=10, seed="0.5")
    assert Experiment.from_link(experiment.to_link()) == experiment
    run = Run(experiment).train(epochs=2)
    assert np.isfinite(run.train_loss)
    unknown = link.for_original(experiment, link.View()).unknown_fields
    assert unknown == (() if DATASETS[name].in_original else ("dataset",))
