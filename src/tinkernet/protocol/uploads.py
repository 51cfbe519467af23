"""Content that a page sends: a file in chunks, each a binary message, so that no message is large.

A chunk begins with the number of its upload and its place in the content, as two little-endian unsigned integers of
32 bits. The session answers each chunk with how much it has received (`UploadFact`), and the page sends at most
CHUNKS_AHEAD without an answer.
"""

import struct

from tinkernet.protocol.message import Message

CHUNK_BYTES = 262_144
"""The content of the largest chunk."""
CHUNKS_AHEAD = 4
"""So many chunks may be unanswered."""
_HEAD = struct.Struct("<II")
MOST_CHUNK_MESSAGE_BYTES = _HEAD.size + CHUNK_BYTES


class UploadChunk(Message, frozen=True):
    """A part of a file's content; `start` is its place in it."""

    upload: int
    start: int
    content: bytes


def read_chunk(message: bytes) -> UploadChunk | None:
    """The chunk that this binary message is; None if it is none, or too large.

    Example:
        >>> read_chunk(write_chunk(UploadChunk(1, 0, b"x,y")))
        UploadChunk(upload=1, start=0, content=b'x,y')
    """
    if not _HEAD.size < len(message) <= MOST_CHUNK_MESSAGE_BYTES:
        return None
    upload, start = _HEAD.unpack_from(message)
    return UploadChunk(upload, start, bytes(message[_HEAD.size :]))


def write_chunk(chunk: UploadChunk) -> bytes:
    """The binary message of a chunk."""
    return _HEAD.pack(chunk.upload, chunk.start) + chunk.content
