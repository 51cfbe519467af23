"""The notation of an option with parameters, `adam,beta1:0.8`: the same in Python, links and the terminal."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Adam, Cosine, Experiment, ExperimentError, Run, View, link
from tinkernet.data import DATASETS
from tinkernet.network import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, heads
from tinkernet.network.dropout import MOST
from tinkernet.network.parameters import LONGEST_TEXT, Option, checked, option_in, values_in

TABLES: dict[str, Mapping[str, Option]] = {
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
}


@st.composite
def texts(draw: st.DrawFn, table: Mapping[str, Option]) -> str:
    """Any option of a table with any values of its parameters."""
    entry = draw(st.sampled_from(list(table.values())))
    values: dict[str, float] = {}
    for one in entry.parameters:
        if draw(st.booleans()):
            whole = st.integers(int(one.least), int(one.most)).map(float)
            values[one.name] = draw(whole if one.whole else st.floats(one.least, one.most))
    return entry(**values)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any experiment that uses the further options."""
    dataset: Any = draw(st.sampled_from(list(DATASETS)))
    hidden = draw(st.lists(st.integers(1, 8), max_size=4))
    entry = DATASETS[dataset]
    fitting = {one.loss.name: LOSSES[one.loss.name] for one in heads.heads_for(entry.problem, len(entry.classes))}
    layers = len(hidden)

    def for_layers(values: st.SearchStrategy[Any]) -> Any:
        return draw(values | st.lists(values, min_size=layers, max_size=layers).map(tuple))

    return Experiment(
        dataset=dataset,
        seed="0.5",
        hidden=hidden,
        activation=for_layers(st.sampled_from(list(ACTIVATIONS))),
        dropout=for_layers(st.floats(0, MOST)),
        initializer=draw(texts(INITIALIZERS)),
        optimizer=draw(texts(OPTIMIZERS)),
        schedule=draw(texts(SCHEDULES)),
        loss=draw(texts(fitting)),
    )


@given(experiment=experiments())
def test_all_options_survive_a_link(experiment: Experiment) -> None:
    assert link.read(link.write(experiment, View())) == (experiment, View(), ())
    assert Experiment.from_link(f"https://playground.tensorflow.org/#{experiment.to_link()}") == experiment


@pytest.mark.parametrize("field", TABLES)
@given(data=st.data())
def test_a_text_is_written_in_one_way_and_keeps_every_number(field: str, data: st.DataObject) -> None:
    table = TABLES[field]
    text = data.draw(texts(table))
    entry, values = option_in(table, text), values_in(table, text)
    assert checked(field, text, table) == text
    assert entry(**{one.name: value for one, value in zip(entry.parameters, values, strict=True)}) == text
    assert len(text) <= LONGEST_TEXT


def test_defaults_are_not_written_and_the_order_is_the_tables() -> None:
    assert Adam() == Adam(beta1=0.9, beta2=0.999) == "adam"
    assert Adam(beta2=0.99, beta1=0.5) == "adam,beta1:0.5,beta2:0.99"
    assert Experiment(seed="1", optimizer="adam , beta2: 0.99,beta1:0.90").optimizer == "adam,beta2:0.99"
    assert Experiment(seed="1", schedule=Cosine).schedule == "cosine"
    assert Experiment(seed="1", schedule=Cosine(epochs=1e3)).schedule == "cosine,epochs:1000"
    assert Experiment(seed="1", optimizer={"name": "adam", "beta1": 0.8}).optimizer == Adam(beta1=0.8)  # type: ignore[arg-type]


WRONG = {
    "adam,": "a parameter of adam",
    "adam,beta1": "optimizer, beta1",
    "adam,beta1:": "optimizer, beta1",
    "adam,beta1:1": "optimizer, beta1",
    "adam,beta1:-0.1": "optimizer, beta1",
    "adam,beta1:nan": "optimizer, beta1",
    "adam,beta1:1e999": "optimizer, beta1",
    "adam,beta1:0.8:0.9": "optimizer, beta1",
    "adam,beta3:0.5": "a parameter of adam",
    "adam;beta1:0.5": "optimizer",
    "adam,beta1=0.5": "a parameter of adam",
    "sgd,momentum:0.9": "optimizer",
    "Adam": "optimizer",
    "": "optimizer",
    ",": "optimizer",
    "\n": "optimizer",
    "adam,beta1:0.٥": "optimizer, beta1",
    "adam" + ",beta1:0.5" * 1000: "optimizer",
    "x" * 10**6: "optimizer",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:20])
def test_a_wrong_text_is_one_short_line_in_python_and_the_default_in_a_link(text: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(seed="1", optimizer=text)
    assert caught.value.field == WRONG[text]
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    if text.strip() and len(text) < 15_000:
        found = link.read(f"optimizer={text}&seed=1")
        assert found.experiment == Experiment(seed="1")
        assert len(found.notices) == 1
        assert len(found.notices[0]) < 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schedule=cosine,epochs:0", "unknown value"),
        ("schedule=cosine,epochs:2.5", "unknown value"),
        ("loss=absolute", "unknown value"),
        ("problem=regression&loss=hinge", "loss cannot be “hinge”"),
        ("initializer=he-normal,scale:1000", "unknown value"),
        ("dropout=0.95", "dropout cannot be “0.95”"),
        ("dropout=half", "Cannot read"),
        ("dropout=0.1,0.2,0.3", "dropout cannot be “0.1,0.2,0.3”"),
        ("activations=relu,nothing", "unknown value"),
        ("activations=relu,tanh,relu", "activation cannot be"),
    ],
)
def test_what_a_link_says_wrongly_is_the_default_with_a_notice(text: str, words: str) -> None:
    found = link.read(f"{text}&seed=1")
    settings: dict[str, Any] = {"problem": "regression"} if "regression" in text else {}
    assert found.experiment == Experiment(seed="1", **settings)
    assert len(found.notices) == 1
    assert words in found.notices[0]


@given(text=st.text(max_size=60))
def test_any_value_of_any_option_in_a_link_is_read_or_replaced(text: str) -> None:
    for name in (*TABLES, "dropout", "activations"):
        try:
            link.read(f"seed=1&{name}={text}")
        except ExperimentError as error:
            assert "\n" not in str(error)  # noqa: PT017 (the text may hide the link)


def test_a_link_that_the_original_can_express_looks_as_it_did() -> None:
    assert Experiment(seed="0.5").to_link() == "seed=0.5"
    before = "activation=relu&regularization=L1&regularizationRate=0.03&learningRate=0.1&batchSize=5&dataset=spiral"
    before += "&noise=10&percTrainData=70&networkShape=8,6&initZero=true&seed=0.5&xSquared=true"
    assert Experiment.from_link(before).to_link() == before
    assert link.for_original(Experiment.from_link(before), View()).unknown_fields == ()


def test_a_further_option_has_a_name_that_the_original_does_not_know() -> None:
    experiment = Experiment(seed="0.5", optimizer=Adam(beta1=0.8), dropout=(0.2, 0), activation=("relu", "tanh"))
    assert experiment.to_link() == "activations=relu,tanh&optimizer=adam,beta1:0.8&dropout=0.2,0&seed=0.5"
    assert set(link.for_original(experiment, View()).unknown_fields) == {"activation", "optimizer", "dropout"}


def train(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tinkernet", "train", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_terminal_takes_every_option() -> None:
    done = train(
        *("--optimizer", "adam,beta1:0.8", "--schedule", "cosine,epochs:50", "--dropout", "0.2,0"),
        *("--activation", "relu,tanh", "--loss", "cross-entropy", "--initializer", "he-normal,scale:0.5"),
        *("--seed", "1", "--epochs", "30", "--json"),
    )
    assert done.returncode == 0, done.stderr
    experiment = Experiment(
        seed="1",
        optimizer="adam,beta1:0.8",
        schedule="cosine,epochs:50",
        dropout=(0.2, 0),
        activation=("relu", "tanh"),
        loss="cross-entropy",
        initializer="he-normal,scale:0.5",
    )
    found = json.loads(done.stdout)
    assert Experiment.from_link(found["link"]) == experiment
    assert found["train_loss"] == Run(experiment).train(30).train_loss


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--optimizer", "adam,"),
        ("--optimizer", "adam,beta1:2"),
        ("--schedule", "cosine,epoch:50"),
        ("--dropout", "0.2,0.2,0.2"),
        ("--dropout", "half"),
        ("--activation", "relu,nothing"),
        ("--loss", "x" * 5000),
    ],
)
def test_the_terminal_names_a_wrong_option_in_one_line(option: str, value: str) -> None:
    done = train(option, value, "--seed", "1", "--epochs", "1")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert len(done.stderr) < 500
    assert option.strip("-") in done.stderr or value.split(",", maxsplit=1)[0] in done.stderr
