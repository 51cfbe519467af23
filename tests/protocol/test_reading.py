"""Malformed messages are detected."""

import contextlib
import json

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tinkernet.protocol.reading import MalformedMessageError, read_message

DEEP = 50_000 // 2
HUGE = "9" * 400
MALFORMED = {
    "binary": None,
    "too long": '"' + "x" * 70_000 + '"',
    "deep list": "[" * DEEP,
    "deep list, closed": "[" * DEEP + "]" * DEEP,
    "deep object": '{"a":' * 8_000,
    "deep settings": '{"type":"change","settings":{"noise":' + "[" * DEEP + "]" * DEEP + "}}",
    "deep view": '{"type":"change-view","view":{"a":' + '{"a":' * 8_000 + "1" + "}" * 8_000 + "}}",
    "infinite": '{"type":"change","settings":{"learning_rate":1e999}}',
    "huge": f'{{"type":"change","settings":{{"learning_rate":{HUGE}}}}}',
    "hugely negative": f'{{"type":"change","settings":{{"noise":-{HUGE}}}}}',
    "huge and nested": f'{{"type":"change","settings":{{"hidden":[1,{{"a":{HUGE}}}]}}}}',
    "5,000 digits": f'{{"type":"change","settings":{{"noise":{"9" * 5_000}}}}}',
    "a huge epoch": f'{{"type":"stop-at","epoch":{HUGE}}}',
    "lone surrogate": '{"type":"open","link":"\\ud800"}',
    "lone surrogate, raw": '{"type":"open","link":"\ud800"}',
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_message_is_rejected_with_a_message(text: str | None) -> None:
    with pytest.raises(MalformedMessageError) as refused:
        read_message(text)
    assert len(str(refused.value)) < 500


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**500), 10**500) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
kinds = st.sampled_from(["change", "change-view", "stop-at", "open", "hello", "watch", "drawn", "set-weight", "none"])
fields = st.sampled_from(["settings", "view", "epoch", "link", "session", "frame", "value", "neuron_cells", "x"])


@seed(8)
@settings(max_examples=300, deadline=None, database=None)
@given(kinds, st.dictionaries(fields, json_values, max_size=4), st.text(max_size=20))
def test_any_input_is_a_message_or_malformed(kind: str, values: dict[str, object], tail: str) -> None:
    for text in (json.dumps({"type": kind, **values}), json.dumps({"type": kind, **values}) + tail, tail):
        with contextlib.suppress(MalformedMessageError):
            read_message(text)
