"""A pytest plugin: where CI is set, a test that is skipped makes the run fail, as nothing there may go untested."""

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Demand every test where CI is set."""
    if os.environ.get("CI"):
        config.pluginmanager.register(Complete(), "complete-run")


class Complete:
    """Collects what is skipped, and fails the run for it."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that is skipped."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that is skipped as a whole."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # An expected failure is reported as skipped, too, but it has been run.
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped.append(f"{report.nodeid}: {reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that has left something out."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was left out."""
        if self.skipped:
            terminalreporter.section("skipped, and CI demands every test", red=True)
            for line in self.skipped:
                terminalreporter.line(line)
