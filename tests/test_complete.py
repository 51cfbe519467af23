"""If CI is set, a run with a skipped test fails and names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUPPORT = Path(__file__).parent / "support"
SKIPPING = {
    "a test": "import pytest\ndef test_one(): pytest.skip('no browser')\n",
    "a file": "import pytest\npytest.importorskip('no_such_module', reason='no browser')\n",
    "a mark": "import pytest\n@pytest.mark.skipif(True, reason='no browser')\ndef test_one(): pass\n",
}


def run(folder: Path, test: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The output of pytest for a folder with this test and a passing one."""
    (folder / "test_it.py").write_text(test)
    (folder / "test_other.py").write_text("def test_other(): pass\n")
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_ADDOPTS"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "complete", "-p", "no:cacheprovider", *options, str(folder)],
        env={**environment, "PYTHONPATH": str(SUPPORT), **variables},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("test", SKIPPING.values(), ids=SKIPPING.keys())
def test_a_skipped_test_fails_the_run_in_ci_only(test: str, tmp_path: Path) -> None:
    in_ci = run(tmp_path, test, CI="true")
    assert in_ci.returncode == 1, in_ci.stdout
    assert "skipped, and CI demands every test" in in_ci.stdout
    assert "no browser" in in_ci.stdout
    assert in_ci.stdout.splitlines()[-1].startswith("=")
    assert "skipped in" in in_ci.stdout.splitlines()[-1]
    assert run(tmp_path, test).returncode == 0


@pytest.mark.parametrize("test", ["a test", "a file"])
def test_a_test_that_another_process_has_skipped_fails_the_run(test: str, tmp_path: Path) -> None:
    in_ci = run(tmp_path, SKIPPING[test], "-n", "2", CI="true")
    assert in_ci.returncode == 1, in_ci.stdout
    assert "2 workers" in in_ci.stdout
    _, _, listed = in_ci.stdout.partition("skipped, and CI demands every test")
    assert listed.count("Skipped: no browser") == 1
    assert "skipped in" in in_ci.stdout.splitlines()[-1]


def test_an_expected_failure_has_been_run(tmp_path: Path) -> None:
    expected = "import pytest\n@pytest.mark.xfail\ndef test_one(): assert False\n"
    assert run(tmp_path, expected, CI="true").returncode == 0
