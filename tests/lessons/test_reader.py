"""Reading a lesson: what it holds, and where in the file an error is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lesson_files import HEAD, STEP, lesson, step, written

from tinkernet import Experiment
from tinkernet.lessons.errors import LessonError
from tinkernet.lessons.reader import LARGEST_BYTES, parse_lesson, read_lesson
from tinkernet.protocol.lesson import CodeBlock, Highlight, Listing, Paragraph, TermWords, Words


def test_a_lesson_has_a_head_and_steps() -> None:
    read = lesson()
    assert (read.title, read.minutes, read.author, read.language) == ("A test", 5, "Ada", "en")
    (only,) = read.steps
    assert only.title == "One"
    assert only.opening is not None
    assert only.opening.experiment == Experiment(dataset="gauss", hidden=(1,), seed="0.5")


def test_text_is_sent_as_structures() -> None:
    text = """## One

A **strong** word, *emphasis*, `code` and [a term](term:loss).

1. first
2. second

```
w1 x1 + w2 x2
```

```step
link: seed=0.5
```
"""
    assert lesson(text).steps[0].text == (
        Paragraph(
            words=[
                Words(text="A "),
                Words(text="strong", style="strong"),
                Words(text=" word, "),
                Words(text="emphasis", style="emphasis"),
                Words(text=", "),
                Words(text="code", style="code"),
                Words(text=" and "),
                TermWords(text="a term", term="loss"),
                Words(text="."),
            ]
        ),
        Listing(ordered=True, items=[[Words(text="first")], [Words(text="second")]]),
        CodeBlock(text="w1 x1 + w2 x2"),
    )


def test_html_is_shown_as_the_text_that_it_is() -> None:
    shown = lesson(STEP.replace("Some text", "<script>alert(1)</script> <b>bold</b>")).steps[0].text[0]
    assert isinstance(shown, Paragraph)
    assert "".join(word.text for word in shown.words).startswith("<script>alert(1)</script> <b>bold</b>")


def test_a_step_without_a_link_follows_the_one_before() -> None:
    read = lesson(STEP, step(link=""), step(link=""))
    assert read.steps[1].opening is None
    assert read.opening_of(2) == read.steps[0].opening


def test_controls_that_are_not_listed_are_hidden_except_those_of_inputs() -> None:
    hidden = lesson(step("controls: [play, learning rate]")).steps[0].hidden_controls
    assert "playButton" not in hidden
    assert "learningRate" not in hidden
    assert {"resetButton", "noise", "pins", "diagnosis"} <= set(hidden)
    assert "x" not in hidden


def test_parts_neurons_weights_biases_and_inputs_can_be_marked() -> None:
    block = (
        "highlight: [train loss, input y, neuron 2 of layer 1, weight 1 -> 2 of layer 1, bias of neuron 1 of layer 2]"
    )
    shape = "networkShape=3&seed=0.5"
    assert lesson(step(block.replace("train loss", "training loss"), link=shape)).steps[0].highlights == (
        Highlight(kind="part", part="training-loss"),
        Highlight(kind="neuron", layer=-1, neuron=1),
        Highlight(kind="neuron", layer=0, neuron=1),
        Highlight(kind="weight", layer=0, neuron=1, source=0),
        Highlight(kind="bias", layer=1, neuron=0),
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "a lesson begins with a line of ---"),
        ("---\ntitle: A\n", (1, 1), "no second line of ---"),
        (written().replace("format: 1", "format: 2"), (2, 9), "the format must be 1"),
        (written().replace("format: 1\n", ""), (2, 1), "must have “format”"),
        (written().replace("minutes: 5", "minutes: soon"), (4, 10), "a whole number from 1 to 600"),
        (written().replace("minutes:", "minuets:"), (4, 1), "did you mean minutes?"),
        (written().replace("author: Ada", "author:"), (5, 8), "author is empty"),
        (written().replace("language: en", "language: <b>"), (6, 11), "a code such as en"),
        (written().replace("title: A test", "title: A: test"), (3, 9), "put a text with a colon in it in quotes"),
        (HEAD, (1, 1), "a lesson needs a step"),
        (written().replace("## One", "# One"), (9, 1), "no other headings than ##"),
        (written("Hello.\n", STEP), (9, 1), "nothing before the first step"),
        (written(STEP, "### Inner\n"), (21, 1), "no other headings than ##"),
        (written().replace("term:loss", "term:lose"), (11, 25), "there is no term “lose” (did you mean loss?)"),
        (written().replace("term:loss", "https://example.org"), (11, 25), "links can lead to terms only"),
        (written(STEP + "\n" + STEP.partition("\n\n")[2]), (23, 1), "one block marked step"),
        (written("## One\n\nText.\n"), (9, 1), "the first step needs a link"),
        (written(step("lnk: x")), (15, 1), "did you mean link?"),
        (written(step("goal: []")), (15, 7), "from 1 to 100 items"),
        (written(step("goal:", "  - trian_loss < 1")), (16, 5), "did you mean train_loss?"),
        (written(step("goal:", "  - train_loss < 1: ")), (16, 20), "the sentence of a condition is empty"),
        (written(step("goal:", "  - hidden neurons <= 5 %")), (16, 5), "hidden neurons is not a percentage"),
        (written(step("goal:", "  - at least 3 of:", "    - diverged")), (17, 5), "can never be met"),
        (written(step("goal:", "  - all: &a", "    - any: *a")), (17, 12), "references (*) are not allowed"),
        (written(step("goal:", "  - activation = rulu")), (16, 5), "did you mean relu?"),
        (written(step("goal:", "  - compared activaton tanh, relu")), (16, 5), "did you mean activation?"),
        (written(step("goal:", "  - diagnosed ded-neurons")), (16, 5), "did you mean dead-neurons?"),
        (written(step("solution:", "  - play for ever")), (16, 5), "there is no action “play for ever”"),
        (written(step("solution:", "  - play 0 epochs")), (16, 5), "from 1 to 1000000"),
        (written(step("solution:", "  - answer 1")), (16, 3), "there is no answer 1"),
        (written(step("solution:", "  - bias of neuron 0 of layer 1 = 1")), (16, 5), "numbered from 1"),
        (written(step("solution:", "  - set learning_rate fast")), (16, 5), "learning_rate is 'fast'"),
        (written(step("controls: [ply]")), (15, 12), "did you mean play?"),
        (written(step("highlight: [neuron 9 of layer 1]")), (15, 13), "this network has no neuron 9 of layer 1"),
        (written(step("question: What?")), (9, 1), "a question needs answers"),
        (written(step("question: Q", "answers:", "  - wrong: A", "    because: B")), (17, 3), "one of the answers"),
        (written(step("figures:", '  - "a": train_loss')), (16, 10), "“a” is not a number"),
        (written(step("figures:", '  - "1": train_los')), (16, 10), "did you mean train_loss?"),
        (written(step(link="learningRate=-3")), (14, 7), "learning_rate is -3.0"),
        (written(step(link="batch_size=10&seed=0.5")), (14, 7), "batch_size"),
        (written(step(link="dataset=circles&seed=0.5")), (14, 7), "circles"),
        (written(STEP.replace("```step", "```Step")), (13, 1), "a block marked “Step” is only shown; mark it as step"),
        (written(STEP.replace("```step", "```steps")), (13, 1), "mark it as step"),
        (written(STEP, STEP.replace("## One", "### Two")), (21, 1), "no other headings than ##"),
        (written(STEP, STEP.replace("## One", "##Two")), (21, 1), "write a space after ##"),
        (written(STEP.rstrip("`\n")), (13, 1), "this block has no line that closes it"),
        (written(step("goal:", "\t- diverged")), (16, 1), "indent with spaces, not with tabs"),
        (written(step("goal:", "  - train_accuracy >= 0.95")), (16, 5), "a percentage from 0 to 100, as “95 %”"),
        (written(step("goal:", "  - hidden neurons => 3")), (16, 5), "then one of <, <=, >, >=, =, !=, then a number"),
        (written(step("goal:", "  - compared batch_size 1")), (16, 5), "only two or more values can be compared"),
        (written(step("goal:", "  - at least two of:", "      - diverged")), (16, 5), "as “at least 2 of:”"),
        (written(step("solution:", "  - play until train_loss < 1")), (16, 5), "add “, at most 500 epochs”"),
        (written(step("solution:", "  - repeat at most 3 times", "    - reset")), (16, 5), "needs a colon"),
        (written(step("question: Q", "answers:", "  - right: A", "    because: B")), (15, 11), "needs “answered”"),
        (written(step("goal:", "  - diverged", "hint Press Play.")), (17, 1), "needs a colon"),
        (written(step("hint: [a")), (16, 1), "is not closed with ]"),
        (written(step("hint: <<: {a")), (15, 9), "put a text with a colon"),
    ],
)
def test_an_error_names_the_line_the_column_and_what_is_allowed(
    text: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(LessonError) as found:
        parse_lesson(text, "test", Path())
    assert message in str(found.value)
    assert found.value.place == place
    assert "\n" not in str(found.value)


CHARACTERS = st.sampled_from([*"-#[]{}:*&!|>`'\"%@ \n\tab1<=", "```step\n", "goal:\n  - ", "\n## ", "term:", "---\n"])


@given(st.lists(CHARACTERS, max_size=60).map("".join))
def test_whatever_is_in_a_file_it_is_a_lesson_or_an_error_with_a_place(text: str) -> None:
    for whole in (text, HEAD + text, written(step(text)), written(text)):
        try:
            parse_lesson(whole, "test", Path())
        except LessonError as error:
            assert error.place.line <= whole.count("\n") + 2  # noqa: PT017 - any of both is right


def test_a_goal_that_is_nested_for_ever_is_an_error() -> None:
    nested = "".join(f"{'  ' * depth}- any:\n" for depth in range(1, 40)) + "  " * 40 + "- diverged"
    with pytest.raises(LessonError, match="nested too deeply"):
        lesson(step("goal:", nested))


def test_a_file_that_is_too_large_or_not_text_is_an_error(tmp_path: Path) -> None:
    large, binary = tmp_path / "large.md", tmp_path / "binary.md"
    large.write_text(written() + "a" * LARGEST_BYTES)
    binary.write_bytes(b"---\n\xff")
    with pytest.raises(LessonError, match="smaller than 500 kB"):
        read_lesson(large)
    with pytest.raises(LessonError, match="line 2, column 1: this is not UTF-8 text"):
        read_lesson(binary)


def test_a_file_of_windows_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "My Lesson.md"
    path.write_bytes(b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode())
    assert read_lesson(path).steps == read_lesson(path).steps
    assert read_lesson(path).name == "my-lesson"
