"""Plots with matplotlib."""

import io
import subprocess
import sys
from collections.abc import Iterator

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection, PathCollection
from own_links import fish

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.export.pictures.fields import output_field
from tinkernet.extras import MissingExtraError


@pytest.fixture(autouse=True)
def _off_screen() -> Iterator[None]:
    with mpl.rc_context({"backend": "agg"}):
        plt.switch_backend("agg")
        yield
        plt.close("all")


def trained(epochs: int = 5, **settings: object) -> Run:
    return Run(Experiment(seed="0.5", **settings)).train(epochs)  # type: ignore[arg-type]


def test_a_boundary_is_drawn_on_the_given_axes_in_the_units_of_the_data() -> None:
    run = trained(40, dataset="iris")
    figure, (left, right) = plt.subplots(1, 2)
    display = run.plot_boundary(right, show_test_data=True)
    assert display.ax_ is right
    assert display.figure_ is figure
    assert not left.has_data()
    assert (right.get_xlabel(), right.get_ylabel()) == ("petal length cm", "petal width cm")
    drawn = [np.asarray(one.get_offsets()) for one in right.collections if isinstance(one, PathCollection)]
    across = np.sort(np.concatenate(drawn)[:, 0])
    # On the plane, a petal of 0 to 8 cm is from −6 to 6.
    expected = np.concatenate([run.test_data.points, run.train_data.points])[:, 0] * 8 / 12 + 4
    assert np.allclose(across, np.sort(expected))
    legend = right.legend()
    assert [text.get_text() for text in legend.get_texts()] == ["setosa", "versicolor", "virginica"]


def test_the_line_lies_where_the_output_changes_its_sign() -> None:
    run = trained(200, dataset="xor")
    (lines,) = [one for one in run.plot_boundary().ax_.collections if isinstance(one, LineCollection)]
    middles = np.array([segment.mean(axis=0) for segment in lines.get_segments()])
    assert len(middles) > 100
    assert np.abs(run.predict(middles)).max() < 0.1
    image = run.plot_boundary().ax_.images[0]
    assert np.array_equal(image.get_array(), output_field(run, 200, 200).colours())


def test_losses_are_drawn_over_the_epochs() -> None:
    run = trained(20)
    display = run.plot_history()
    train, test = display.ax_.lines
    assert np.array_equal(train.get_ydata(), run.history.train_loss)
    assert np.array_equal(test.get_xdata(), run.history.epochs)
    assert display.ax_.get_yscale() == "log"


def test_a_display_can_be_drawn_again_after_more_training() -> None:
    run = trained(20)
    display = run.plot_history()
    first = display.ax_
    run.train(10)
    other = plt.subplots()[1]
    assert display.plot(other) is display
    assert display.ax_ is other is not first
    assert len(other.lines[0].get_xdata()) == 21


def test_both_are_drawn_side_by_side_on_two_axes_or_within_one() -> None:
    run = trained(10)
    assert len(run.plot().figure_.axes) == 2
    figure, axes = plt.subplots(1, 3)
    display = run.plot(axes[:2])
    assert (display.boundary_.ax_, display.history_.ax_) == tuple(axes[:2])
    assert run.plot(axes[2]).boundary_.ax_ in axes[2].child_axes
    figure.savefig(io.BytesIO())
    with pytest.raises(ExperimentError, match="ax is '3 axes', but must be two axes"):
        run.plot(axes)


def test_every_kind_of_run_is_drawn_without_a_warning() -> None:
    own = Experiment.from_link(fish())
    assert own.data is not None
    diverged = trained(200, problem="regression", activation="linear", learning_rate=10.0)
    for run, options in (
        (diverged, {}),
        (Run(seed="0.5"), {"discretize": True}),
        (trained(dataset="reg-sine", problem="regression"), {"show_test_data": True}),
        (Run(own).train(5), {"plane": own.data.slice(("depth", "length"), {"weight": 30, "share": 0.9})}),
        (trained(features=(), hidden=()), {"show_points": False, "cells": 20}),
    ):
        run.plot(**options).figure_.savefig(io.BytesIO())
    with pytest.raises(ExperimentError, match="cells is 1"):
        run.plot_boundary(cells=1)


@pytest.mark.parametrize("name", ["plot", "plot_boundary", "plot_history"])
def test_axes_of_another_kind_and_wrong_options_are_named(name: str) -> None:
    draw, figure = getattr(Run(seed=1), name), plt.figure()
    for ax, message in (
        ("x", "ax is 'str', but must be matplotlib axes"),
        (figure, "ax is 'Figure'"),
        (figure.add_subplot(projection="polar"), "ax is 'polar axes', but must be axes with a straight x and y"),
    ):
        with pytest.raises(ExperimentError, match=message):
            draw(ax)
    plt.close("all")


def test_a_missing_matplotlib_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for plot in (trained().plot, trained().plot_boundary, trained().plot_history):
        with pytest.raises(MissingExtraError, match=r"^matplotlib is not installed: pip install 'tinkernet\[plot\]'$"):
            plot()


def test_pictures_and_tables_import_no_library_of_an_extra() -> None:
    code = (
        "import sys, tinkernet; run = tinkernet.Run().train(2); run.picture().pdf; run.points_table().csv();"
        "print({'matplotlib', 'pandas', 'polars', 'pyarrow', 'av'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
