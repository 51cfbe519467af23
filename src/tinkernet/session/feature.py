"""Feature: the base class of a session's features, each with its state and its message handlers."""

import abc
from collections.abc import Callable, Mapping
from typing import Any, Self

import msgspec

from tinkernet.session.page import Page

Handlers = Mapping[type[msgspec.Struct], Callable[[Any], None]]
"""The handler for each type of message."""


class SessionFeature(abc.ABC):
    """The base class of all features. All methods are called during a turn of the session, in one thread at a time.

    A handler that cannot handle its message raises `IntentionError` or `ExperimentError` before it changes anything.
    """

    @abc.abstractmethod
    def handlers(self) -> Handlers:
        """The types of messages that this feature handles, with their handlers."""

    @abc.abstractmethod
    def copy_state(self, original: Self) -> None:
        """Copy the state of this feature from another session, without sharing anything mutable."""

    def page_attached(self) -> None:
        """A page has connected, which has received nothing yet."""
        return  # no state to reset

    def page_detached(self) -> None:
        """The page has disconnected."""
        return  # nothing to give up

    def due(self) -> float | None:
        """When this feature needs a turn for a page that is ready; None if it needs none."""
        return None

    def report(self, _page: Page, /) -> None:
        """Send the page what it does not have yet. The page has drawn its last frame and is ready."""
        return  # nothing to send
