"""What is said to a session inside the server: in its inbox as what the page says, but never over the messages."""

from typing import Protocol, runtime_checkable

import msgspec

from tinkernet.insight.starts import Starts
from tinkernet.run import Run
from tinkernet.protocol import messages


class CannotError(Exception):
    """An intention that cannot be followed, with the words for the page."""


@runtime_checkable
class Page(Protocol):
    """The page at the other end; called from any thread."""

    def post(self, payload: str | bytes) -> None:
        """Send this, text or bytes, after all that was posted before."""


class Attached(msgspec.Struct, frozen=True):
    """A page has just been connected: it knows nothing yet."""

    page: Page
    notices: tuple[str, ...] = ()
    troubles: tuple[messages.Trouble, ...] = ()
    link: str = ""
    """A link to open, where the page's address says something else than the session."""


class EngineReady(msgspec.Struct, frozen=True):
    """The compiled engine has taken over."""


class Arrived(msgspec.Struct, frozen=True):
    """A moment of the past has been computed again; None where that failed."""

    journey: int
    epoch: int
    run: Run | None


class Diagnosed(msgspec.Struct, frozen=True):
    """What there is to say of the run; None where that failed."""

    run_number: int
    findings: list[messages.Finding] | None
    seconds: float


class StartsReady(msgspec.Struct, frozen=True):
    """The many starts have their first weights; None where that failed."""

    number: int
    starts: Starts | None


class StartOpened(msgspec.Struct, frozen=True):
    """One of the many starts, as a run of its own."""

    number: int
    index: int
    run: Run
