"""Cells of a notebook: whether this process runs some that can show a widget, and showing something below one."""

import contextlib
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any


def show_widgets() -> bool:
    """Whether cells run in this process, and the library for widgets is installed."""
    return (_in_marimo() or _in_jupyter()) and find_spec("anywidget") is not None


def show(result: Any) -> None:
    """Show this below the cell that is running, as if it were the cell's last line."""
    if _in_marimo():
        sys.modules["marimo"].output.append(result)
    else:
        sys.modules["IPython"].display.display(result)


def marimo_html(text: str) -> Any:
    """HTML as something that marimo shows; elsewhere the text itself."""
    return sys.modules["marimo"].Html(text) if _in_marimo() else text


def after_each(call: Callable[..., None]) -> None:
    """Call this after each cell of Jupyter, while it is still running; marimo runs cells by what they use."""
    if _in_jupyter():
        sys.modules["IPython"].get_ipython().events.register("post_run_cell", call)


def after_none(call: Callable[..., None]) -> None:
    """Undo `after_each`."""
    if _in_jupyter():
        with contextlib.suppress(ValueError):
            sys.modules["IPython"].get_ipython().events.unregister("post_run_cell", call)


def _in_marimo() -> bool:
    # Only what a notebook has imported: other programs do not wait for its libraries.
    marimo: Any = sys.modules.get("marimo")
    return marimo is not None and bool(marimo.running_in_notebook())


def _in_jupyter() -> bool:
    interactive: Any = sys.modules.get("IPython")
    shell = None if interactive is None else interactive.get_ipython()
    # IPython in a terminal has no kernel, and shows text only.
    return getattr(shell, "kernel", None) is not None
