"""The page in a notebook: a widget for JupyterLab, Notebook, VS Code and marimo. Needs the extra `notebook`."""
