"""Upload: the content of one file, as its chunks arrive."""

from tinkernet.protocol.own_data import BeginUpload
from tinkernet.protocol.uploads import UploadChunk


class Upload:
    """A file that a page sends. It keeps no more than the size that was announced."""

    def __init__(self, begun: BeginUpload) -> None:
        self.number, self.name, self.size = begun.upload, begun.name, begun.size
        self._parts: list[bytes] = []
        self.received = 0

    @property
    def complete(self) -> bool:
        """Whether all of it has been received."""
        return self.received == self.size

    def add(self, chunk: UploadChunk) -> bool:
        """Add the next chunk; False if it is another one, or more than was announced."""
        if chunk.start != self.received or self.received + len(chunk.content) > self.size:
            return False
        self._parts.append(chunk.content)
        self.received += len(chunk.content)
        return True

    def content(self) -> bytes:
        """All of it. It is joined once."""
        if len(self._parts) != 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0]
