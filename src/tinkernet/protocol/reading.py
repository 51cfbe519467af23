"""Reading a page's message: everything that is malformed is found here, whatever the parser makes of it."""

from collections.abc import Iterable

import msgspec

from tinkernet.protocol import intentions
from tinkernet.protocol.uploads import UploadChunk, read_chunk

MOST_MESSAGE_BYTES = 120_000
"""A link with points in it is the longest message."""
"""The longest message that a page may send."""
LARGEST_NUMBER = 1e308
"""A whole number in JSON has no largest value, but beyond this it is no floating-point number."""

_decoder = msgspec.json.Decoder(intentions.FromPage)


class MalformedMessageError(Exception):
    """A message that is none of the protocol's, with a sentence that says why."""


def read_binary(message: bytes) -> UploadChunk:
    """The part of a file that this binary message is.

    Raises:
        MalformedMessageError: It is none, or too large.
    """
    chunk = read_chunk(message)
    if chunk is None:
        raise MalformedMessageError("A binary message must be a part of a file.")
    return chunk


def read_message(text: str | None) -> intentions.FromPage:
    """The message that this text is; `None` stands for no text.

    Raises:
        MalformedMessageError: It is not text, too long, not JSON, nested too deeply, holds a number that is too large,
            or is not a message that a page may send.
    """
    if text is None:
        raise MalformedMessageError("Messages must be text.")
    if len(text) > MOST_MESSAGE_BYTES:
        raise MalformedMessageError("The message is too long.")
    try:
        message: intentions.FromPage = _decoder.decode(text)
        # Settings are read later, where their types are known; that they are sound JSON is checked here.
        for field in message.__struct_fields__:
            _check(getattr(message, field))
    except RecursionError as error:
        raise MalformedMessageError("The message is nested too deeply.") from error
    except (msgspec.DecodeError, ValueError) as error:
        # Python itself refuses a whole number of very many digits with a ValueError. Text that is not valid Unicode
        # (a lone surrogate) is a ValueError, too.
        raise MalformedMessageError(f"The message was not understood: {error}") from error
    return message


def _check(value: object) -> None:
    """Raise a ValueError for a number that is too large, at any depth, in JSON that is not decoded yet, too."""
    if isinstance(value, msgspec.Raw):
        _check(msgspec.json.decode(value))
    elif isinstance(value, int | float) and not -LARGEST_NUMBER < value < LARGEST_NUMBER:
        raise ValueError("a number is too large")
    elif isinstance(value, dict):
        _check_all(value.values())
    elif isinstance(value, list | tuple):
        _check_all(value)


def _check_all(values: Iterable[object]) -> None:
    for value in values:
        _check(value)
