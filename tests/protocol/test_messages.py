"""The wire as the page has it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("tool", ["generate_wire_types.py", "generate_frame_reader.py"])
def test_what_the_page_has_of_the_wire_is_made_from_python(tool: str) -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / tool, "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
