"""All tests of runs use the compiled engine."""

import pytest

from tinkernet import engine


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()
