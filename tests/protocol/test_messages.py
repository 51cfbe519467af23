"""The generated TypeScript: messages, frames and the markers of classes."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("tool", ["generate_wire_types.py", "generate_frame_reader.py", "generate_marker_shapes.py"])
def test_the_generated_typescript_is_up_to_date(tool: str) -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / tool, "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
