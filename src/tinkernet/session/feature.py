"""Feature: one thing that a session can do, with its state and its handlers in one place."""

import abc
from collections.abc import Callable, Mapping
from typing import Any, Self

import msgspec

from tinkernet.session.page import Page

Handlers = Mapping[type[msgspec.Struct], Callable[[Any], None]]
"""What to call for each type of message."""


class SessionFeature(abc.ABC):
    """The base of all features. Everything here is called during a turn of the session, in one thread at a time.

    A handler that cannot follow its message raises `IntentionError` or `ExperimentError` before it changes anything.
    """

    @abc.abstractmethod
    def handlers(self) -> Handlers:
        """The messages that concern this feature, each with what is done then."""

    @abc.abstractmethod
    def copy_state(self, original: Self) -> None:
        """Be as far as this feature of another session, and share nothing with it that either may change."""

    def page_attached(self) -> None:
        """Another page is connected, which knows nothing yet."""
        return  # nothing to forget

    def due(self) -> float | None:
        """When a free page should get a turn for this feature; None where there is no need."""
        return None

    def report(self, _page: Page, /) -> None:
        """Send the page what it does not know yet. It has drawn its last frame, and is free."""
        return  # nothing to send
