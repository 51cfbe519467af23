"""What the tests of the diagnosis share."""

import pytest

from tinkernet import engine


@pytest.fixture(scope="module")
def compiled() -> None:
    """Trials need the compiled engine; without it there are fewer findings."""
    engine.wait_until_compiled()
