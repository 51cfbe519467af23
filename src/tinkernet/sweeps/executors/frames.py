"""Messages of bytes over a pipe: each follows its length."""

from typing import BinaryIO

LENGTH = 8
"""Bytes of a length, the highest first."""


def write_frame(pipe: BinaryIO, content: bytes) -> None:
    """Send a message.

    Raises:
        OSError: nobody reads any longer.
    """
    pipe.write(len(content).to_bytes(LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes:
    """Wait for a message.

    Raises:
        EOFError: the other side has ended, perhaps within a message.
    """
    length = int.from_bytes(_read(pipe, LENGTH), "big")
    return _read(pipe, length)


def _read(pipe: BinaryIO, length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
