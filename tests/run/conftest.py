"""Every test of a run has the compiled engine."""

import pytest

from tinkernet import engine


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()
