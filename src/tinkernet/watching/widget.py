"""The widget of a watched module: its page in a cell of a notebook."""

from typing import Any

from tinkernet import cells
from tinkernet.fragment import View
from tinkernet.notebook.playground import Playground
from tinkernet.run import Run
from tinkernet.run.observed import ObservedRun
from tinkernet.session.source import Observed
from tinkernet.watching.source import ModuleSource


class WatchWidget(Playground):
    """The page in a cell of a notebook. Its network is that of the source; what is done here changes only the view."""

    def __init__(self, source: ModuleSource) -> None:
        self._source = source
        self._pictured_step = 0
        self._show(source.base.copy(), View(), source)
        # Where no view asks for frames, as when a program runs the notebook, a cell's training is seen in the picture.
        cells.after_each(self._cell_ended)

    def close(self) -> None:
        """Take the widget off all pages."""
        cells.after_none(self._cell_ended)
        super().close()

    def keep(self) -> None:
        """Let the notebook keep a picture of the network as it is now, also where no view shows the widget."""
        self._keep()

    def _cell_ended(self, *_result: Any) -> None:
        if self._source.steps != self._pictured_step:
            self._keep()

    def _pictured(self) -> Run:
        run, found = super()._pictured(), self._source.now()
        if not isinstance(found, Observed):
            return run
        if run.origin is not found.base.origin or not isinstance(run, ObservedRun):
            # No view has been there since another module is watched.
            run = found.base.copy()
        self._pictured_step = found.step
        return run.observe(found.parameters, found.step)
