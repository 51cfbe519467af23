"""The page in a notebook: a widget for JupyterLab, Notebook, VS Code and marimo. Needs the extra `notebook`."""

from tinkernet.extras import extra

# Said here, before a module asks for one of the libraries that come with it.
extra("anywidget", "notebook")
