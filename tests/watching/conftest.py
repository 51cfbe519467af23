"""Fixtures of the tests of watching."""

import numpy as np
import pytest

from tinkernet.watching.parameters import ModuleParameters


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[ModuleParameters]:
    """Whose parameters were copied, in order; a test clears it when it begins to count."""
    found: list[ModuleParameters] = []
    copy = ModuleParameters.copy

    def noted(parameters: ModuleParameters) -> np.ndarray:
        found.append(parameters)
        return copy(parameters)

    monkeypatch.setattr(ModuleParameters, "copy", noted)
    return found
