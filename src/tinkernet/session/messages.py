"""Messages to a session that are neither intentions nor results of the background: about its page and the engine."""

import msgspec

from tinkernet.protocol import facts
from tinkernet.session.page import Page


class Attached(msgspec.Struct, frozen=True):
    """A page has just connected and has received nothing yet."""

    page: Page
    first_facts: tuple[facts.Trouble | facts.Notice, ...] = ()
    """The facts to send first."""
    link: str = ""
    """A link to open if the page's address differs from the session."""
    passing: bool = False
    """Whether it is a passing page: a figure shows no findings, and thirty figures would delay those of others."""


class Detached(msgspec.Struct, frozen=True):
    """A page has disconnected."""

    page: Page


class EngineReady(msgspec.Struct, frozen=True):
    """The compiled engine is now in use."""
