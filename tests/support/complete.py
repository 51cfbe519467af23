"""A pytest plugin: if CI is set, a skipped test makes the run fail, because everything must be tested there."""

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Require all tests if CI is set."""
    if os.environ.get("CI"):
        config.pluginmanager.register(Complete(), "complete-run")


class Complete:
    """Collects skipped tests, and fails the run if there are any."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record a skipped test."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record a skipped file."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # An expected failure is also reported as skipped, but it has run.
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped.append(f"{report.nodeid}: {reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run if tests were skipped."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List the skipped tests."""
        if self.skipped:
            terminalreporter.section("skipped, and CI demands every test", red=True)
            for line in self.skipped:
                terminalreporter.line(line)
