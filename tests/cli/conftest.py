"""What the tests of commands share."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def heeded_hangup() -> Iterator[None]:
    """A command heeds SIGHUP, also where it would inherit to ignore it: if the tests were started with `nohup`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)
