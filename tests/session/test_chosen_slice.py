"""What is chosen to be drawn of data with many columns: small pictures follow it, too."""

from typing import TYPE_CHECKING

import numpy as np
import pytest
from own_links import fish

from tinkernet import Dataset, Experiment, Run, View
from tinkernet.data.slices import Slice
from tinkernet.insight.starts import Starts
from tinkernet.link import plane_of

if TYPE_CHECKING:
    from playing import Sessions
    from tabs import Tab
    from wire_reading import PinPicture

CHOSEN = {"axes": [2, 0], "held": [[3, 0.9], [1, 30]]}


@pytest.fixture(scope="module")
def link() -> str:
    return fish()


def finish(tab: "Tab", n: int, epochs: int) -> None:
    """Train many starts until they have finished."""
    tab.say("start-many", n=n, epochs=epochs)
    tab.until(lambda: tab.starts.get("epochs") == epochs and not tab.starts["running"], 20)
    tab.until(lambda: tab.wall is not None and tab.wall.epoch == epochs)


def chosen(experiment: Experiment) -> Slice:
    """The slice that is chosen in these tests."""
    assert experiment.data is not None
    return experiment.data.slice(("depth", "length"), {"share": 0.9, "weight": 30})


def shows(tab: "Tab", many: Starts, plane: Slice) -> bool:
    """Whether the wall shows this slice of these starts."""
    assert tab.wall is not None
    cells = tab.wall.pictures.shape[1]
    winners = many.fields(cells, plane=plane).argmax(axis=1)
    return np.array_equal(tab.wall.winners, winners)


def is_picture(picture: "PinPicture", run: Run, plane: Slice) -> bool:
    """Whether this is a picture of this slice of the run."""
    return np.array_equal(picture.winners, run.output_fields(len(picture.picture), plane=plane).argmax(axis=0))


def test_the_wall_of_finished_starts_follows_the_slice_without_training_again(sessions: "Sessions", link: str) -> None:
    with sessions.tab(link) as tab:
        finish(tab, 5, 30)
        many = Starts(Experiment.from_link(link), 5).train(30)
        assert shows(tab, many, many.experiment.plane)
        tab.do("change-view", view=CHOSEN)
        tab.until(lambda: shows(tab, many, chosen(many.experiment)), 20)
        assert tab.wall is not None
        assert tab.wall.epoch == tab.starts["epoch"] == 30
        tab.do("undo")
        tab.until(lambda: shows(tab, many, many.experiment.plane), 20)


def test_starts_that_train_show_the_slice_and_an_opened_one_keeps_it(sessions: "Sessions", link: str) -> None:
    with sessions.tab(link) as tab:
        tab.do("change-view", view=CHOSEN)
        finish(tab, 5, 30)
        many = Starts(Experiment.from_link(link), 5).train(30)
        assert shows(tab, many, chosen(many.experiment))
        tab.do("open-start", index=2)
        data = tab.state["data"]
        assert (data["across"], data["up"]) == (2, 0)
        assert [data["columns"][k]["held"] for k in (1, 3)] == pytest.approx([30, 0.9])
        expected = many[2].output_fields(12, plane=chosen(many.experiment)).argmax(axis=0)
        assert np.array_equal(tab.frame.winners, expected)


def test_pins_follow_the_slice(sessions: "Sessions", link: str) -> None:
    with sessions.tab(link) as tab:
        tab.train(20)
        tab.do("pin")
        run = Run(Experiment.from_link(link)).train(20)
        number = tab.state["pins"][0]["pin"]
        tab.until(lambda: number in tab.pictures)
        assert is_picture(tab.pictures[number], run, run.experiment.plane)
        tab.do("change-view", view=CHOSEN, done=False)
        tab.do("change-view", view={"held": [[3, 0.1], [1, 30]]}, done=False)
        tab.do("change-view", view=CHOSEN)
        tab.until(lambda: is_picture(tab.pictures[number], run, chosen(run.experiment)), 20)
        assert [pin["epoch"] for pin in tab.state["pins"]] == [20]


def test_a_pin_of_other_columns_has_its_own_slice(sessions: "Sessions", link: str) -> None:
    points = np.random.default_rng(5).normal(size=(60, 3))
    labels = [f"class {k}" for k in np.digitize(points @ [1, 2, -1], [-1, 1])]
    other = Experiment(data=Dataset.from_arrays(points, labels), seed="1", hidden=(2,))
    with sessions.tab(link) as tab:
        tab.do("pin")
        tab.do("open", link=other.to_link())
        tab.do("change-view", view={"axes": [1, 2], "held": [[0, 2.5]]})
        run = Run(Experiment.from_link(link))
        number = tab.state["pins"][0]["pin"]
        tab.until(lambda: number in tab.pictures)
        tab.listen(0.3)
        assert is_picture(tab.pictures[number], run, run.experiment.plane)
        tab.do("open-pin", pin=number)
        assert (tab.state["data"]["across"], tab.state["data"]["up"]) == (0, 1)
        assert tab.state["view"]["held"] == []
        tab.do("undo")
        assert (tab.state["data"]["across"], tab.state["data"]["up"]) == (1, 2)


def test_an_earlier_epoch_is_shown_on_the_slice(sessions: "Sessions", link: str) -> None:
    with sessions.tab(link) as tab:
        tab.train(20)
        tab.do("change-view", view=CHOSEN)
        tab.do("seek", epoch=7)
        tab.until(lambda: tab.frame.epoch == 7)
        run = Run(Experiment.from_link(link)).train(7)
        assert np.array_equal(tab.frame.winners, run.output_fields(12, plane=chosen(run.experiment)).argmax(axis=0))


def test_a_view_names_columns_by_their_places_and_what_the_data_does_not_have_is_ignored(link: str) -> None:
    experiment = Experiment.from_link(link)
    view = View(axes=(2, 0), held=((3, 0.9), (1, 30)))
    assert plane_of(experiment, view) == chosen(experiment)
    assert plane_of(experiment, View(axes=(2, 9), held=((9, 0.9),))) == experiment.plane
    assert plane_of(Experiment(seed="1"), view) == Experiment(seed="1").plane
