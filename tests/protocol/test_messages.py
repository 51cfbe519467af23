"""The wire as the page has it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_typescript_types_are_those_of_the_python_structs() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / "generate_wire_types.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
