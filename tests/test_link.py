"""Links written by tinkernet, and links in pasted text."""

import html
from collections.abc import Callable
from html.entities import html5
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tinkernet import Experiment, ExperimentError, Run, View, fragment, link
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
    hidden_controls=st.lists(
        st.sampled_from([name for name in link.CONTROLS if name not in FEATURES]), unique=True
    ).map(tuple),
    colours=st.sampled_from(["tinkernet", "original"]),
    starts=st.integers(1, 1024),
    starts_epochs=st.integers(1, 100_000),
    starts_loss=st.floats(1e-9, 1e9),
    starts_points=st.booleans(),
)


@given(experiment=experiments, view=views)
@example(experiment=Experiment(seed="^0"), view=View())
@example(experiment=Experiment(seed="a|b"), view=View())
def test_an_experiment_and_its_view_survive_a_link_round_trip(experiment: Experiment, view: View) -> None:
    assert link.read(link.write(experiment, view)) == (experiment, view, ())


@given(experiment=experiments)
def test_a_link_survives_the_browser(experiment: Experiment) -> None:
    assert Experiment.from_link(f"https://playground.tensorflow.org/#{experiment.to_link()}") == experiment


@given(text=st.text(max_size=200))
def test_any_text_is_parsed_or_rejected_with_an_experiment_error(text: str) -> None:
    try:
        link.read(text)
    except ExperimentError as error:
        assert "\n" not in str(error)  # noqa: PT017 (a text may be a valid link)


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
def test_a_pasted_link_is_parsed(text: str) -> None:
    assert Experiment.from_link(text) == Experiment(activation="relu", noise=5, seed="0.5")


def test_an_address_without_a_fragment_is_the_default_experiment() -> None:
    experiment = Experiment.from_link("https://playground.tensorflow.org/?utm_source=x=y")
    assert experiment == Experiment(seed=experiment.seed)


def test_invalid_settings_of_a_link_are_reported_in_one_notice() -> None:
    text = "dataset=clouds&foo=bar&wand_hide=true&cosX=true&seed=1&learningRate=NaN&batchSize=0&starts=0"
    assert " ".join(link.read(text).notices) == (
        "Ignored unknown value “clouds” for dataset; using the default. Ignored unknown setting “foo”. "
        "Cannot read “NaN” as learningRate; using the default. Ignored “wand_hide”: unknown control. "
        "starts cannot be “0.0”; using the default. batchSize cannot be “0.0”; using the default."
    )
    assert link.read(text).experiment == Experiment(seed="1")


def test_a_feature_hidden_by_a_link_is_removed() -> None:
    experiment, view, _ = link.read("x_hide=true&seed=1")
    assert experiment.features == ("y",)
    assert view.hidden_controls == ("x",)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [("networkShape=", ()), ("networkShape=3", (3,)), ("networkShape=8,8,8,8,8,8,8,8,8,8", (8,) * 10)],
)
def test_any_number_of_layers_is_parsed(text: str, hidden: tuple[int, ...]) -> None:
    assert Experiment.from_link(text).hidden == hidden


@pytest.mark.parametrize(("text", "noise"), [("2000", 50), ("80", 80), ("80.5", 50), ("-3", 0), ("", 0)])
def test_noise_is_bounded_as_in_the_original(text: str, noise: float) -> None:
    assert Experiment.from_link(f"noise={text}").noise == noise


def test_the_last_value_of_a_repeated_name_is_used() -> None:
    assert Experiment.from_link("noise=5&noise=10").noise == 10


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("learningRate=-1", "learning_rate"),
        ("learningRate=1e999", "learning_rate"),
        ("networkShape=10000", "hidden"),
        ("networkShape=" + ",".join(["4"] * 65), "hidden"),
        ("batchSize=0", "batch_size"),
        ("seed=" + "x" * 1_000_000, "link"),
    ],
)
def test_a_number_that_is_not_allowed_is_an_error_in_python(text: str, field: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_link(text)
    assert caught.value.field.startswith(field)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("text", ["learningRate=fast", "learningRate=NaN", "networkShape=4,,2", "noise=٥", "noise=５"])
def test_a_number_that_cannot_be_parsed_gets_its_default_with_a_notice(text: str) -> None:
    opened = link.read(f"{text}&seed=1")
    assert opened.experiment == Experiment(seed="1")
    assert "Cannot read" in " ".join(opened.notices)


@pytest.mark.parametrize("text", ["starts=2.5", "startsEpochs=1000000000", "startsLoss=-1", "startsLoss=0"])
def test_an_invalid_view_setting_gets_its_default_with_a_notice(text: str) -> None:
    opened = link.read(f"{text}&seed=1")
    assert opened.view == View()
    assert "cannot be" in " ".join(opened.notices)


def test_a_written_link_contains_no_defaults() -> None:
    assert Experiment(seed="0.5").to_link() == "seed=0.5"


def test_a_seed_that_the_original_cannot_read_has_a_separate_name() -> None:
    assert Experiment(seed="a & b").to_link() == "seedText=a%20%26%20b"


# --- Pasted text -----------------------------------------------------------------------

PLAIN = "activation=relu&regularization=L2&regularizationRate=0.003&xSquared=true&noise=5&seed=0.66474"
MEANT = Experiment(
    activation="relu",
    regularization="L2",
    regularization_rate=0.003,
    features=("x", "y", "xSquared"),
    noise=5,
    seed="0.66474",
)
ADDRESS = f"https://playground.tensorflow.org/#{PLAIN}"
TWICE = ADDRESS.replace("&", "&amp;amp;")
ENCODED = quote(ADDRESS, safe="")
WILD = {
    "a line break after the sign": ADDRESS.replace("xSquared=", "xSquared=\n"),
    "a line break in a name": ADDRESS.replace("xSquared", "xSqu\nared"),
    "a line break in the seed": ADDRESS.replace("0.66474", "0.66\n474"),
    "a line break before the and": ADDRESS.replace("&noise", " \n &noise"),
    "tabs": ADDRESS.replace("&", "&\t"),
    "an address over many lines": "\n".join(ADDRESS[k : k + 30] for k in range(0, len(ADDRESS), 30)),
    "HTML": ADDRESS.replace("&", "&amp;"),
    "HTML twice": TWICE,
    "HTML by number": ADDRESS.replace("&", "&#38;"),
    "HTML by hexadecimal number": ADDRESS.replace("&", "&#x26;"),
    "JSON": ADDRESS.replace("&", "\\u0026"),
    "a registered sign": ADDRESS.replace("&reg", "®"),
    "HTML, half of it": ADDRESS.replace("&reg", "&amp;reg", 1),
    "Markdown": f"[try]({ADDRESS})",
    "Markdown with escapes": "[try](" + ADDRESS.replace("&", "\\&").replace("#", "\\#") + ")",
    "a sentence": f"See {ADDRESS}. It learns well.",
    "brackets": f"(see {ADDRESS})",
    "quotes": f'<a href="{ADDRESS}">try it</a>',
    "a heading before it": f"# Exercise 3\n\n{ADDRESS}\n\nPress play.",
    "an encoded mark": ADDRESS.replace("#", "%23"),
    "an encoded mark and text": ADDRESS.replace("#", "%23").replace("=", "%3D").replace("&", "%26"),
    "encoded twice": quote(ADDRESS.replace("#", "%23").replace("=", "%3D").replace("&", "%26"), safe=":/%"),
    "a question mark": ADDRESS.replace("#", "?"),
    "no mark": ADDRESS.replace("#", ""),
    "a redirector": f"https://example.org/redirect?from=mail&target={ENCODED}&sig=abc",
    "a redirector twice": f"https://example.org/r?u={quote(f'https://example.net/l?url={ENCODED}', safe='')}",
    "a redirector with HTML": f"https://example.org/url?q={ENCODED}&amp;sa=D",
    "upper case host": ADDRESS.replace("playground.tensorflow.org", "Playground.TensorFlow.org"),
}


@pytest.mark.parametrize("where", WILD)
def test_a_pasted_link_opens_as_intended(where: str) -> None:
    opened = link.read(WILD[where])
    assert opened.experiment == MEANT
    assert opened.notices == ()


@pytest.mark.parametrize("text", ["https://example.com/", "hello world", "https://example.com/#top", "foo=1"])
def test_a_text_without_an_experiment_is_rejected(text: str) -> None:
    with pytest.raises(ExperimentError, match="no experiment"):
        link.read(text)


@pytest.mark.parametrize(
    "text", ["", " ", "https://playground.tensorflow.org", "http://127.0.0.1:8357/#", "localhost:1"]
)
def test_a_playground_without_an_experiment_is_the_default(text: str) -> None:
    experiment = Experiment.from_link(text)
    assert experiment == Experiment(seed=experiment.seed)


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("xSquared=\nfalse&seed=0.5", (0.018132957760404494, None)),
        (
            "dataset=xor&amp;regularization=L2&regularizationRate=0.003&seed=0.5",
            (0.019495530300235864, 0.021533746248409064),
        ),
    ],
)
def test_damaged_links_train_like_the_original(text: str, losses: tuple[float, float | None]) -> None:
    run = Run(Experiment.from_link(text)).train(100)
    assert run.train_loss == pytest.approx(losses[0], rel=1e-9)
    assert losses[1] is None or run.test_loss == pytest.approx(losses[1], rel=1e-9)


@pytest.mark.parametrize("seed", ["\ud800", "a\udfff", "0.5.", "(0.5)", "x)", "ümlaut", "a b", "%", "&", "#1"])
def test_every_seed_survives_its_link_and_surrounding_text(seed: str) -> None:
    experiment = Experiment(seed=seed)
    assert Experiment.from_link(experiment.to_link()) == experiment
    assert Experiment.from_link(f"See (https://playground.tensorflow.org/#{experiment.to_link()}).") == experiment


DAMAGES: dict[str, Callable[[str], str]] = {
    "html": html.escape,
    "html twice": lambda text: html.escape(html.escape(text)),
    "markdown": lambda text: f"[a network]({text})",
    "sentence": lambda text: f"Look at {text}.",
    "encoded": lambda text: f"https://example.org/?url={quote(text, safe='')}",
    "wrapped": lambda text: "\n".join(text[k : k + 40] for k in range(0, len(text), 40)),
    "json": lambda text: text.replace("&", "\\u0026"),
}


@given(experiment=experiments, view=views, damage=st.sampled_from(list(DAMAGES)))
def test_written_links_survive_emails_pages_and_redirects(experiment: Experiment, view: View, damage: str) -> None:
    # A wrapped link must not break where a sentence could begin.
    address = f"https://playground.tensorflow.org/#{link.write(experiment, view)}"
    assume(damage != "wrapped" or experiment.seed == "0.5")
    assert link.read(DAMAGES[damage](address)) == (experiment, view, ())


@pytest.mark.parametrize(
    "name", [name for name in (*fragment.names.NAMES, *fragment.view_names.KNOWN) if name != "points"]
)
def test_a_name_without_a_value_is_ignored_without_a_notice(name: str) -> None:
    assert link.read(f"seed=1&{name}=").notices == ()


def test_all_names_that_html_entities_can_damage_are_known() -> None:
    names = [*fragment.names.NAMES, *fragment.view_names.KNOWN]
    eaten = {entity for entity in html5 if not entity.endswith(";") and any(name.startswith(entity) for name in names)}
    assert eaten == {"reg"}


@pytest.mark.parametrize(
    "values",
    [
        {"discretize": "yes"},
        {"starts": 2.5},
        {"starts_loss": 0},
        {"hidden_controls": "x"},
        {"hidden_controls": ["foo"]},
    ],
)
def test_a_view_checks_its_values(values: dict[str, Any]) -> None:
    with pytest.raises(ExperimentError):
        View(**values)
