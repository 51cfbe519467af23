"""OwnData: receives a file, reads it with the person's corrections, and restarts the run with its data.

One file is kept, while its dialog is open: it goes with the dialog, with the page, and when another page needs the
room (`room.py`). Reading takes place in the background; a reading that nobody waits for any longer is stopped.
"""

import threading
from collections.abc import Callable
from typing import Self

import msgspec

from tinkernet.data.own import Dataset, Reading
from tinkernet.data.own.limits import MOST_BYTES
from tinkernet.data.own.structures import unusable_row_text
from tinkernet.errors import ExperimentError
from tinkernet.protocol.own_data import (
    AskUnusable,
    BeginUpload,
    ChooseReading,
    DataUsed,
    ForgetData,
    ProblemFact,
    ReadingChoices,
    ReadingFact,
    UnusableText,
    UploadFact,
    UseData,
)
from tinkernet.protocol.uploads import UploadChunk
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.own_data.reading import FileRead, read_file, table_fact
from tinkernet.session.own_data.upload import Upload
from tinkernet.session.workspace import Workspace

PART_CHARACTERS = 250_000
"""Unusable rows are sent in parts of about this size."""


class RoomLost(msgspec.Struct, frozen=True):
    """The room of this session's file was given to another page."""


class OwnData(SessionFeature):
    """The file in the dialog for a person's own data."""

    def __init__(self, workspace: Workspace, host: Host, notify: Notify, use_data: Callable[[Dataset], None]) -> None:
        self._workspace, self._host, self._notify, self._use_data = workspace, host, notify, use_data
        self._upload: Upload | None = None
        self._request = 0
        self._choices = ReadingChoices()
        """What was chosen last."""
        self._stop: threading.Event | None = None
        """Of the reading under way."""
        self._reading: Reading | None = None
        """Of the present request; None while it is being read."""
        self._problem: ProblemFact | None = None

    def handlers(self) -> Handlers:
        return {
            BeginUpload: self._begin,
            UploadChunk: self._add,
            ChooseReading: self._choose,
            AskUnusable: self._unusable,
            UseData: self._use,
            ForgetData: lambda _: self._forget(),
            RoomLost: self._room_lost,
            FileRead: self._done,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the dialog of another page is not open."""

    def page_attached(self) -> None:
        self._forget()

    def page_detached(self) -> None:
        self._forget()

    def lose_room(self) -> None:
        """Another page needs the room; called from any thread."""
        self._notify(RoomLost())

    # --- The upload -----------------------------------------------------------------

    def _begin(self, message: BeginUpload) -> None:
        self._forget()
        if message.size > MOST_BYTES:
            self._refuse(message, sentences.file_too_large(message.size, MOST_BYTES))
        elif not self._host.files.take(self, message.size):
            self._refuse(message, sentences.NO_ROOM)
        else:
            self._upload = Upload(message)
            self._request, self._choices = 0, message.choices
            self._workspace.post(UploadFact(upload=message.upload, received=0))
            if self._upload.complete:
                self._read()

    def _refuse(self, message: BeginUpload, sentence: str) -> None:
        problem = ProblemFact("file", sentence)
        self._workspace.post(ReadingFact(upload=message.upload, request=0, table=None, problem=problem))

    def _add(self, chunk: UploadChunk) -> None:
        upload = self._upload
        if upload is None or chunk.upload != upload.number or upload.complete:
            return  # of an upload that was ended
        self._host.files.touch(self)
        if not upload.add(chunk):
            self._forget()
            self._workspace.post(UploadFact(upload=chunk.upload, received=0, gone=True))
            return
        self._workspace.post(UploadFact(upload=upload.number, received=upload.received))
        if upload.complete:
            self._read()

    def _forget(self) -> None:
        if self._stop is not None:
            self._stop.set()
        self._upload = self._reading = self._problem = None
        self._host.files.leave(self)

    def _room_lost(self, _message: RoomLost) -> None:
        if self._upload is not None:
            gone = UploadFact(upload=self._upload.number, received=0, gone=True)
            self._forget()
            self._workspace.post(gone)

    # --- Reading --------------------------------------------------------------------

    def _choose(self, message: ChooseReading) -> None:
        upload = self._upload
        if upload is None or message.upload != upload.number:
            self._workspace.post(UploadFact(upload=message.upload, received=0, gone=True))
            return
        self._host.files.touch(self)
        self._request, self._choices = message.request, message.choices
        if upload.complete:
            self._read()

    def _read(self) -> None:
        """Read with the present choices, or stop the reading under way first."""
        upload, self._reading, self._problem = self._upload, None, None
        if self._stop is not None:
            self._stop.set()
            return
        if upload is None:
            return
        stop = self._stop = threading.Event()
        number, request, name, content, choices = (
            upload.number,
            self._request,
            upload.name,
            upload.content(),
            self._choices,
        )
        failed = FileRead(number, request, problem=ProblemFact("file", sentences.READING_FAILED))
        self._host.compute(
            lambda: read_file(number, request, name, content, choices, stop.is_set), failed, self._notify, long=True
        )

    def _done(self, message: FileRead) -> None:
        self._stop = None
        upload = self._upload
        if upload is None or not upload.complete:
            return
        if (message.upload, message.request) != (upload.number, self._request) or message.stopped:
            self._read()
            return
        self._reading, self._problem = message.reading, message.problem
        table = None if message.reading is None else table_fact(message.reading)
        self._workspace.post(
            ReadingFact(upload=message.upload, request=message.request, table=table, problem=message.problem)
        )

    # --- What is done with it ---------------------------------------------------------

    def _unusable(self, message: AskUnusable) -> None:
        reading = self._reading
        if reading is None or self._upload is None or self._upload.number != message.upload:
            return
        place, rows = message.start, reading.unusable
        parts: list[str] = []
        size = 0
        while place < len(rows) and size < PART_CHARACTERS:
            parts.append(unusable_row_text(rows[place]))
            size += len(parts[-1])
            place += 1
        following = place if place < len(rows) else None
        self._workspace.post(
            UnusableText(upload=message.upload, start=message.start, following=following, text="".join(parts))
        )

    def _use(self, message: UseData) -> None:
        digest, refusal = "", self._refusal(message)
        if refusal is None and self._reading is not None and self._reading.dataset is not None:
            try:
                self._use_data(self._reading.dataset)
                digest = self._reading.dataset.digest
            except ExperimentError as error:
                refusal = sentences.data_problem(error.field, error.value, error.allowed)
        self._workspace.post(DataUsed(upload=message.upload, digest=digest, refusal=refusal))

    def _refusal(self, message: UseData) -> str | None:
        """Why there is nothing to use; None if there is."""
        upload, reading = self._upload, self._reading
        if upload is None or upload.number != message.upload:
            return sentences.FILE_GONE
        if message.request != self._request or (reading is None and self._problem is None):
            return sentences.STILL_READING
        return None if self._problem is None else self._problem.sentence
