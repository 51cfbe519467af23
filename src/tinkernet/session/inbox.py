"""Inbox: the messages of a session that are not handled yet, and which of them must wait."""

from collections import deque

import msgspec

from tinkernet.protocol import intentions
from tinkernet.protocol.own_data import AskUnusable, BeginUpload, ChooseReading, ForgetData
from tinkernet.protocol.uploads import UploadChunk
from tinkernet.session.animation import Animated, AnimationProgress
from tinkernet.session.diagnosis import Diagnosed
from tinkernet.session.messages import Attached, Detached, EngineReady
from tinkernet.session.onlookers import Joined, Left, Looked
from tinkernet.session.own_data.feature import RoomLost
from tinkernet.session.own_data.reading import FileRead
from tinkernet.session.restoring import Restored, Restoring
from tinkernet.session.starts.feature import StartsReady
from tinkernet.session.time_travel import PastReady, TimeTravel

OF_A_FILE = (
    BeginUpload,
    UploadChunk,
    ChooseReading,
    AskUnusable,
    ForgetData,
    RoomLost,
    FileRead,
)
"""Messages about a file in its dialog: the run does not matter to them, and a file must not pile up."""
NOT_DEFERRED = (
    *(intentions.Watch, Attached, Detached, EngineReady, PastReady, Diagnosed, StartsReady, Restored),
    *(Joined, Left, Looked),
    *(AnimationProgress, Animated, intentions.CancelAnimation),
    *OF_A_FILE,
)
"""Messages that are handled while an earlier epoch, or a restored run, is being computed; all others wait."""


class Inbox:
    """Messages in the order in which they are handled. They may be added by any thread.

    While an earlier epoch is being computed, only messages that cannot wait are handled; the latest seek wins.
    """

    def __init__(self, travel: TimeTravel, restoring: Restoring) -> None:
        self._travel, self._restoring = travel, restoring
        self._arrived: deque[msgspec.Struct] = deque()
        self._deferred: deque[msgspec.Struct] = deque()

    def __len__(self) -> int:
        """The number of messages that can be handled now, or that have not been looked at."""
        return len(self._arrived) + (0 if self._computing else len(self._deferred))

    def add(self, message: msgspec.Struct) -> None:
        """Add a message as the last."""
        self._arrived.append(message)

    def next(self) -> msgspec.Struct | None:
        """Remove the message to handle now, and return it; None if there is none, or all that are left must wait."""
        if self._deferred and not self._computing:
            self._arrived.extendleft(reversed(self._deferred))
            self._deferred.clear()
        while self._arrived:
            message = self._arrived.popleft()
            if isinstance(message, NOT_DEFERRED) or not self._must_wait(message):
                return message
            self._deferred.append(message)
        return None

    @property
    def _computing(self) -> bool:
        return self._travel.searching or self._restoring.under_way

    def _must_wait(self, message: msgspec.Struct) -> bool:
        if self._deferred or self._restoring.under_way:
            return True
        return self._travel.searching and not isinstance(message, intentions.Seek)
