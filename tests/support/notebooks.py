"""Real servers of notebooks for tests/notebook: JupyterLab, Notebook and marimo, without a network."""

import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

HERE = "127.0.0.1"
START_SECONDS = 90.0

IDLE = """() => {
  const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  return kernel?.status === "idle";
}"""
WINDOWING = """windowingMode => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.notebookConfig = { ...notebook.notebookConfig, windowingMode };
}"""
SCROLLED = """end => {
  const { outerNode } = window.jupyterapp.shell.currentWidget.content;
  const wanted = end ? outerNode.scrollHeight - outerNode.clientHeight : 0;
  const arrived = Math.abs(outerNode.scrollTop - wanted) < 2;
  outerNode.scrollTop = wanted;
  return arrived;
}"""
COLOURS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""

SETTINGS = {
    # Nothing is asked of, or shown from, any other machine.
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/extensionmanager-extension/plugin": {"enabled": False},
    # A notebook is saved with what its widgets keep.
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
}


def notebook(*sources: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """A notebook with these cells, which were never run."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": text,
        }
        for number, text in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {**kernel, **(metadata or {})}, "cells": cells}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((HERE, 0))
        return int(one.getsockname()[1])


def environment(home: Path) -> dict[str, str]:
    """Settings and kernels of this environment alone, and a home that is empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "MARIMO"))}
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    return {
        **kept,
        **{name: str(home / folder) for name, folder in folders.items()},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        # The engine is compiled there already.
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        "JUPYTER_PLATFORM_DIRS": "1",
        "PYTHONWARNINGS": "ignore",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


class Process:
    """A server, which answers once it is there."""

    def __init__(self, command: Sequence[str], home: Path, url: str) -> None:
        self.url, self._log = url, home / "server.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=home, env=environment(home), stdout=log, stderr=log
            )
        end = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url, timeout=5):  # noqa: S310
                break
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < end, self._log.read_text()
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server with all its kernels."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass
class Jupyter:
    """A running Jupyter server with JupyterLab and Notebook, and the folder of its notebooks."""

    process: Process
    folder: Path
    base: str
    token: str

    @classmethod
    def start(cls, home: Path) -> "Jupyter":
        """Start one, with settings for tests."""
        folder, port, token = home / "notebooks", free_port(), secrets.token_hex(8)
        folder.mkdir()
        for name, value in SETTINGS.items():
            package, _, plugin = name.rpartition("/")
            path = home / "config" / "lab" / "user-settings" / package / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value))
        for name, app in {"lab": "LabApp", "notebook": "JupyterNotebookApp"}.items():
            config = {app: {"expose_app_in_browser": True}}
            (home / "config" / f"jupyter_{name}_config.json").write_text(json.dumps(config))
        command = [
            *("jupyterlab", "--no-browser", f"--ip={HERE}", f"--port={port}", "--ServerApp.port_retries=0"),
            *("--allow-root", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        ]
        base = f"http://{HERE}:{port}"
        return cls(Process(command, home, f"{base}/api"), folder, base, token)

    def write(self, name: str, content: dict[str, Any]) -> str:
        """Put a notebook into the folder; returns its path there."""
        (self.folder / f"{name}.ipynb").write_text(json.dumps(content))
        return f"{name}.ipynb"

    def read(self, name: str) -> dict[str, Any]:
        """A notebook as it is saved."""
        found: dict[str, Any] = json.loads((self.folder / f"{name}.ipynb").read_text())
        return found

    def lab(self, path: str) -> str:
        """The address of a notebook in JupyterLab."""
        return f"{self.base}/lab/workspaces/{secrets.token_hex(4)}/tree/{path}?token={self.token}"

    def single(self, path: str) -> str:
        """The address of a notebook in Notebook."""
        return f"{self.base}/notebooks/{path}?token={self.token}"


@contextlib.contextmanager
def marimo(home: Path, source: str) -> Iterator[str]:
    """A marimo server that edits one notebook; gives its address."""
    path, port, token = home / "notebook.py", free_port(), secrets.token_hex(8)
    path.write_text(source)
    command = [
        *("marimo", "edit", str(path), "--headless", f"--host={HERE}", f"--port={port}", f"--token-password={token}"),
        "--skip-update-check",
    ]
    process = Process(command, home, f"http://{HERE}:{port}/health")
    try:
        yield f"http://{HERE}:{port}/?access_token={token}"
    finally:
        process.stop()


class NotebookTab:
    """A tab with a notebook in JupyterLab or Notebook."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def ready(self) -> "NotebookTab":
        """Wait for the notebook and its kernel."""
        self.page.wait_for_function(IDLE, timeout=1000 * START_SECONDS)
        expect(self.page.locator(".jp-CodeCell").first).to_be_visible()
        return self

    def found(self) -> "NotebookTab":
        """Wait for the saved widgets, and open the page again where Jupyter has looked for them too early.

        It does so when the kernel is connected while it still waits for the answer to a first question.
        """
        missed = self.page.get_by_text("Error displaying widget: model not found")
        for _ in range(5):
            expect(self.page.get_by_text("Run the cell to play.").or_(missed).first).to_be_visible()
            if missed.count() == 0:
                break
            self.page.reload()
            self.ready()
        return self

    def do(self, command: str, **arguments: Any) -> None:
        """Start one of the application's commands, and do not wait for its end."""
        self.page.evaluate(
            "([command, given]) => { void window.jupyterapp.commands.execute(command, given) }", [command, arguments]
        )

    def run_all(self) -> None:
        """Run all cells."""
        self.do("notebook:run-all-cells")

    def run(self, cell: int) -> None:
        """Run a cell."""
        self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-InputPrompt").click()
        self.do("notebook:run-cell")

    def restart(self) -> None:
        """Restart the kernel."""
        self.do("kernelmenu:restart")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def scroll(self, *, end: bool) -> None:
        """Scroll to the end or back, again and again: while JupyterLab arranges its cells, it goes nowhere."""
        self.page.wait_for_function(SCROLLED, arg=end, polling=500)

    def window_cells(self, mode: str) -> None:
        """Choose what JupyterLab does with cells out of sight: "contentVisibility", as usual, or "full"."""
        self.page.evaluate(WINDOWING, mode)

    def save(self) -> None:
        """Save the notebook."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def output(self, cell: int) -> Locator:
        """The output of a cell."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-Cell-outputArea")

    def widget(self, cell: int) -> "Widget":
        """The widget below a cell."""
        return Widget(self.output(cell))


class Widget:
    """A page in a cell."""

    def __init__(self, within: Locator) -> None:
        self.within = within

    def button(self, name: str) -> Locator:
        """A button."""
        return self.within.get_by_role("button", name=name, exact=True)

    def ready(self) -> "Widget":
        """Wait for the first picture."""
        expect(self.within.get_by_test_id("train-loss")).to_have_attribute("data-value", re.compile(r"\d"))
        return self

    def epoch(self) -> int:
        """The epoch that is shown."""
        return int(self.within.get_by_test_id("epoch").get_attribute("data-value") or "-1")

    def shows_epoch(self, epoch: int) -> None:
        """Wait for this epoch."""
        expect(self.within.get_by_test_id("epoch")).to_have_attribute("data-value", str(epoch))

    def comes_past(self, epoch: int) -> None:
        """Wait until it shows a later epoch."""
        end = time.monotonic() + START_SECONDS
        while self.epoch() <= epoch:
            assert time.monotonic() < end, f"epoch {self.epoch()}"
            time.sleep(0.1)

    def rests(self) -> int:
        """Wait until no other epoch is shown for a second, and return the one that is."""
        end = time.monotonic() + START_SECONDS
        while True:
            epoch = self.epoch()
            time.sleep(1)
            if self.epoch() == epoch:
                return epoch
            assert time.monotonic() < end, f"epoch {epoch}"

    def shows_last_picture(self, epoch: str) -> None:
        """Wait for the picture that needs no kernel."""
        expect(self.within.get_by_text("Run the cell to play.")).to_be_visible()
        expect(self.within.get_by_text(epoch, exact=True).first).to_be_visible()
        shown = self.within.get_by_role("img", name="Output of the network over the plane, with the training points")
        assert shown.evaluate(COLOURS) > 20


Opened = Callable[[str], NotebookTab]
"""Opens a notebook by its name."""
