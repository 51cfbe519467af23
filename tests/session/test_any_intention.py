"""Any intentions, in any order, are handled or rejected, and the session continues."""

from typing import Any, get_args

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect as types
from playing_alone import SLICE, alone

from tinkernet.protocol import intentions
from tinkernet.protocol.reading import MalformedMessageError, read_message

# These are handled by the connection.
OF_THE_CONNECTION = (intentions.Hello, intentions.Drawn)
# Drawn at once by the host of these tests, which would take most of their time; test_animation.py tries it.
SLOW = (intentions.MakeAnimation,)
INTENTIONS = [kind for kind in get_args(intentions.FromPage) if kind not in (*OF_THE_CONNECTION, *SLOW)]
INTERNAL_ERROR = "Internal error in tinkernet"
SMALL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 12),
    st.floats(-10, 1000, width=16),
    st.sampled_from(["", "x", "tanh", "spiral", "max", "point", "seed=1&dataset=xor", "reg-plane"]),
    st.lists(st.integers(-1, 9), max_size=3),
)
SETTINGS = st.dictionaries(
    st.sampled_from(
        ["hidden", "dataset", "problem", "features", "noise", "learning_rate", "batch_size", "seed", "start"]
    ),
    SMALL,
    max_size=3,
)
VIEWS = st.dictionaries(st.sampled_from(["discretize", "hidden_controls", "starts", "colours"]), SMALL, max_size=2)
OF_FIELD = {"settings": SETTINGS, "view": VIEWS, "n": st.integers(0, 4), "epochs": st.integers(0, 30)}


PLAIN: dict[type, st.SearchStrategy[Any]] = {
    types.IntType: st.integers(0, 3),
    types.FloatType: st.floats(-3, 3, width=16),
    types.BoolType: st.booleans(),
}


def sensible(kind: Any) -> st.SearchStrategy[Any]:
    """Small values of the declared type."""
    match kind:
        case types.Metadata():
            return sensible(kind.type)
        case types.LiteralType():
            return st.sampled_from(kind.values)
        case types.UnionType():
            return st.one_of(*map(sensible, kind.types))
        case types.StructType():
            return st.fixed_dictionaries({field.encode_name: sensible(field.type) for field in kind.fields})
    return PLAIN.get(type(kind), SMALL)


@st.composite
def messages(draw: st.DrawFn) -> str:
    """A JSON message of any type, mostly with valid values."""
    kind = types.type_info(draw(st.sampled_from(INTENTIONS)))
    assert isinstance(kind, types.StructType)
    fields: dict[str, Any] = {"type": kind.tag}
    for field in kind.fields:
        if field.required or draw(st.booleans()):
            likely = OF_FIELD.get(field.name, sensible(field.type))
            fields[field.encode_name] = draw(likely if draw(st.integers(0, 9)) else SMALL)
    return msgspec.json.encode(fields).decode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(messages(), min_size=1, max_size=25))
def test_any_intentions_in_any_order_are_handled_or_rejected(texts: list[str]) -> None:
    driven = alone(hidden=(2,), tick=SLICE / 50)
    # Now there is something to undo, to seek, to unpin and to open.
    driven.do(intentions.Step(), intentions.PinRun(), intentions.SetBias(layer=0, neuron=0, value=1.0))
    driven.do(intentions.Step(), intentions.PinRun(), intentions.StartMany(n=2, epochs=3), intentions.Undo())
    for text in texts:
        try:
            message = read_message(text)
        except MalformedMessageError:
            continue
        driven.do(message)
    troubles = [fact["message"] for fact in driven.page.facts if fact["type"] == "trouble"]
    assert not [trouble for trouble in troubles if INTERNAL_ERROR in trouble]
    # The session still works.
    driven.do(
        intentions.Seek(epoch=None), intentions.Pause(), intentions.Change(settings={"hidden": msgspec.Raw(b"[3]")})
    )
    assert driven.state["experiment"]["hidden"] == [3]
