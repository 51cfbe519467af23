"""The tools: the build of the page, and the benchmark."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def build_page() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "build_page.py"))


def state_of(build_page: dict[str, Any], web: Path) -> str:
    return str(build_page["digest"](build_page["sources"](web), web))


def test_the_page_is_rebuilt_only_when_a_source_has_changed(build_page: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    source = tmp_path / "src" / "main.ts"
    source.write_text("let x = 1")
    before = state_of(build_page, tmp_path)
    os.utime(source, (0, 0))
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "made.js").write_text("")
    assert state_of(build_page, tmp_path) == before
    source.write_text("let x = 2")
    assert state_of(build_page, tmp_path) != before


def test_renaming_a_source_rebuilds_the_page(build_page: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "one.ts").write_text("")
    before = state_of(build_page, tmp_path)
    (tmp_path / "one.ts").rename(tmp_path / "other.ts")
    assert state_of(build_page, tmp_path) != before


def test_the_benchmark_verifies_equal_work_and_prints_its_table() -> None:
    """It compares losses with the C kernel and the JavaScript implementation before it measures times."""
    command = [sys.executable, str(ROOT / "benchmarks" / "speed.py"), "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1
    for name in (
        "tinkernet [float32 fields], µs",
        "the original's algorithm",
        "NumPy",
        "C, plain",
        "scikit-learn",
        "PyTorch",
        "JAX",
    ):
        assert any(row.startswith(f"| {name}") for row in rows)


def test_runs_per_second_are_measured_of_equal_work() -> None:
    """It compares the losses of all libraries before it measures."""
    script = ROOT / "benchmarks" / "runs_per_second.py"
    command = [sys.executable, "-W", "ignore", str(script), "--rounds", "1", "--without-torch-compile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("|")]
    assert {len(row) for row in rows} == {5}
    measured = {row[0].strip(): row[3].strip() for row in rows[2:]}
    assert measured.pop("PyTorch, vmap, torch.compile") == "–"
    assert len(measured) == 7
    assert all(text[0].isdigit() for text in measured.values())


def test_make_lists_its_targets() -> None:
    # As typed by a user, not as called by the make that runs these tests.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    shown = [line.split()[1] for line in done.stdout.splitlines()]
    assert shown == ["run", "test", "install", "lint", "bench", "generate", "gallery", "docs", "clean"]


def test_the_lowest_versions_match_the_lower_bounds() -> None:
    lowest = runpy.run_path(str(ROOT / "tools" / "lowest_versions.py"))["lowest"]
    assert lowest(["numba>=0.61", "numpy>=2.0"]) == ["numba==0.61", "numpy==2.0"]
    for unclear in ("numpy", "numpy>=2,<3", "numpy==2.0"):
        with pytest.raises(ValueError, match="must be name>=version"):
            lowest([unclear])
