"""How messages of a widget's views reach the kernel."""

from typing import Any


def deliver_at_once(comm: Any) -> None:
    """Have messages of the page delivered while a cell runs, where the notebook can do that.

    JupyterLab asks for each to be delivered in another thread than the one that runs cells. From 7.4 on ipykernel does
    not heed that for a widget that a cell has made, until the widget has answered in such a thread.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda _data, asked: asked
