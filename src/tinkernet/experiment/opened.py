"""OpenedPage: what `open` of a run or an experiment returns."""

from types import TracebackType
from typing import Any, Protocol, Self


class OpenedPage(Protocol):
    """A run that is shown on the page; in a `with` block it is closed at the end."""

    @property
    def url(self) -> str:
        """The address of the page, with the token that gives access to it."""

    @property
    def run(self) -> Any:
        """A copy of the run as it is on the page now."""

    @property
    def closed(self) -> bool:
        """Whether it is closed."""

    def wait(self) -> None:
        """Wait until Ctrl-C is pressed or it is closed."""

    def close(self) -> None:
        """End it; the server stops with the last one."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...
