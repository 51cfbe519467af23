"""Onlookers: several pages that show the same session, each at its own rate and with its own selected neuron.

A session of a server has one page. A session of a notebook has several views: the page that it is attached to passes
facts on to all of them, and each view gets separate frames.
"""

from typing import Self

import msgspec

from tinkernet.protocol import intentions
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import Page
from tinkernet.session.training import Training
from tinkernet.session.view import FrameView
from tinkernet.session.workspace import Workspace


class Joined(msgspec.Struct, frozen=True):
    """Another page shows this session. It has received nothing yet."""

    page: Page


class Left(msgspec.Struct, frozen=True):
    """A page no longer shows this session."""

    page: Page


class Looked(msgspec.Struct, frozen=True):
    """What one of the pages displays."""

    page: Page
    watch: intentions.Watch


class Onlookers(SessionFeature):
    """Sends frames to each of the pages that show the session."""

    def __init__(self, workspace: Workspace, training: Training) -> None:
        self._workspace, self._training = workspace, training
        self._views: dict[Page, FrameView] = {}

    def handlers(self) -> Handlers:
        return {Joined: self._join, Left: self._leave, Looked: self._look}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: a copy has no pages."""

    def __len__(self) -> int:
        return len(self._views)

    @property
    def free(self) -> bool:
        """Whether a page is ready for something new."""
        return any(view.free for view in tuple(self._views.values()))

    def note_drawn(self, page: Page, frame: int) -> bool:
        """The page has drawn this frame. Returns whether it is to get a newer one. May be called from any thread."""
        view = self._views.get(page)
        return view is not None and view.note_drawn(frame) and view.outdated

    def show(self, *, crowded: bool) -> bool:
        """Send each page what is new, if it is ready. Returns whether one was ready."""
        ready = [view.show(page, crowded=crowded) for page, view in self._views.items()]
        return any(ready)

    def _join(self, message: Joined) -> None:
        # A new dictionary: other threads may be reading the old one.
        self._views = {**self._views, message.page: FrameView(self._workspace, self._training)}

    def _leave(self, message: Left) -> None:
        self._views = {page: view for page, view in self._views.items() if page is not message.page}

    def _look(self, message: Looked) -> None:
        view = self._views.get(message.page)
        if view is not None:
            view.look(message.watch)
