"""Links, as written by us and as found in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Experiment, ExperimentError, View, link
from tinkernet.data import DATASETS
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, REGULARIZATIONS

experiments = st.builds(
    Experiment,
    dataset=st.sampled_from(list(DATASETS)),
    noise=st.floats(0, 80),
    train_percent=st.floats(0, 100),
    seed=st.text(min_size=1, max_size=20),
    start=st.integers(0, 100),
    features=st.lists(st.sampled_from(list(FEATURES)), unique=True),
    hidden=st.lists(st.integers(1, 256), max_size=3),
    activation=st.sampled_from(list(ACTIVATIONS)),
    initializer=st.sampled_from(list(INITIALIZERS)),
    learning_rate=st.floats(0, 1e300),
    batch_size=st.integers(1, 100_000),
    regularization=st.sampled_from(list(REGULARIZATIONS)),
    regularization_rate=st.floats(0, 1e300),
)
views = st.builds(
    View,
    show_test_data=st.booleans(),
    discretize=st.booleans(),
    hide_text=st.booleans(),
    hidden=st.lists(st.sampled_from([name for name in link.CONTROLS if name not in FEATURES]), unique=True).map(tuple),
    colours=st.sampled_from(["tinkernet", "original"]),
    starts=st.integers(1, 1024),
    starts_epochs=st.integers(1, 100_000),
    starts_loss=st.floats(1e-9, 1e9),
    starts_points=st.booleans(),
)


@given(experiment=experiments, view=views)
def test_an_experiment_and_its_view_come_back_from_their_link(experiment: Experiment, view: View) -> None:
    assert link.parse(link.write(experiment, view)) == (experiment, view)


@given(experiment=experiments)
def test_a_link_survives_the_browser(experiment: Experiment) -> None:
    assert Experiment.from_link(f"https://playground.tensorflow.org/#{experiment.to_link()}") == experiment


@given(text=st.text(max_size=200))
def test_no_text_is_so_odd_that_reading_it_fails_otherwise_than_by_saying_so(text: str) -> None:
    try:
        link.read(text)
    except ExperimentError as error:
        assert "\n" not in str(error)  # noqa: PT017 (a text may be a fine link, too)


@pytest.mark.parametrize(
    "text",
    [
        "https://playground.tensorflow.org/#activation=relu&noise=5&seed=0.5",
        "http://playground.tensorflow.org/#activation=relu&amp;noise=5&amp;seed=0.5",
        r"https://playground.tensorflow.org/\#activation=relu\&noise=5\&seed=0.5",
        "<https://playground.tensorflow.org/#activation=relu&noise=5&seed=0.5>",
        "#activation=relu&noise=5&seed=0.5",
        "activation=relu&noise=5&seed=0.5",
        "  activation=relu&noise=5&seed=0.5\n",
        "https://playground.tensorflow.org/#activation%3Drelu%26noise%3D5%26seed%3D0.5",
        "http://localhost:8000/#activation=relu&noise=5&seed=0.5",
    ],
)
def test_a_link_as_found_in_the_wild_is_read(text: str) -> None:
    assert Experiment.from_link(text) == Experiment(activation="relu", noise=5, seed="0.5")


def test_an_address_without_a_part_after_the_mark_is_the_default_experiment() -> None:
    experiment = Experiment.from_link("https://playground.tensorflow.org/?utm_source=x=y")
    assert experiment == Experiment(seed=experiment.seed)


def test_what_a_link_names_and_nobody_knows_is_said() -> None:
    notices = link.read("dataset=moons&foo=bar&wand_hide=true&cosX=true&seed=1").notices
    assert len(notices) == 3
    assert all(any(word in notice for notice in notices) for word in ("moons", "foo", "wand"))


def test_a_feature_hidden_by_a_link_is_taken_out() -> None:
    experiment, view = link.parse("x_hide=true&seed=1")
    assert experiment.features == ("y",)
    assert view.hidden == ("x",)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [("networkShape=", ()), ("networkShape=3", (3,)), ("networkShape=8,8,8,8,8,8,8,8,8,8", (8,) * 10)],
)
def test_any_number_of_layers_is_read(text: str, hidden: tuple[int, ...]) -> None:
    assert Experiment.from_link(text).hidden == hidden


@pytest.mark.parametrize(("text", "noise"), [("2000", 50), ("80", 80), ("80.5", 50), ("-3", 0), ("", 0)])
def test_noise_is_bounded_as_the_original_bounds_it(text: str, noise: float) -> None:
    assert Experiment.from_link(f"noise={text}").noise == noise


def test_of_a_name_that_comes_twice_the_last_counts() -> None:
    assert Experiment.from_link("noise=5&noise=10").noise == 10


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("learningRate=fast", "learningRate"),
        ("learningRate=NaN", "learningRate"),
        ("learningRate=-1", "learning_rate"),
        ("learningRate=1e999", "learning_rate"),
        ("networkShape=10000", "hidden"),
        ("networkShape=4,,2", "networkShape"),
        ("networkShape=" + ",".join(["4"] * 65), "hidden"),
        ("batchSize=0", "batch_size"),
        ("starts=0", "starts"),
        ("starts=2.5", "starts"),
        ("startsEpochs=1000000000", "starts_epochs"),
        ("startsLoss=-1", "starts_loss"),
        ("seed=" + "x" * 1_000_000, "link"),
    ],
)
def test_a_number_that_can_not_be_is_refused_by_name(text: str, field: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        link.read(text)
    assert caught.value.field.startswith(field)
    assert len(str(caught.value)) < 400


def test_a_link_of_ours_says_nothing_that_is_the_default() -> None:
    assert Experiment(seed="0.5").to_link() == "seed=0.5"


def test_what_the_original_can_not_have_as_a_seed_travels_under_a_name_of_its_own() -> None:
    assert Experiment(seed="a & b").to_link() == "seedText=a%20%26%20b"
