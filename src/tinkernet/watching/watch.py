"""watch: shows a PyTorch module on the page, or in a cell of a notebook, while anybody's loop trains it."""

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tinkernet import cells
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count
from tinkernet.fragment import View
from tinkernet.importing.data import Given
from tinkernet.importing.making import fit_of
from tinkernet.importing.torch_modules import stack_of, uncompiled
from tinkernet.run import Run
from tinkernet.run.observed import ObservedRun
from tinkernet.server.opening import Opening, open_session
from tinkernet.session.workspace import check_size
from tinkernet.watching.parameters import ModuleParameters
from tinkernet.watching.source import ModuleSource

if TYPE_CHECKING:
    from tinkernet.watching.widget import WatchWidget


class Watching:
    """A module that is watched. In a `with` block watching ends with the block, and the page shows the last step.

    In a notebook, as the last line of a cell, it is the page itself, as a widget; so is a `with` block.
    """

    def __init__(self, name: str, source: ModuleSource) -> None:
        self.name = name
        self._source = source
        self._opening: Opening | None = None
        self._widget: WatchWidget | None = None
        self._closed = False
        self._in_cell = False
        """Whether a cell shows the module since `watch` was called."""

    @property
    def url(self) -> str:
        """The address of the page, with the token that gives access to it.

        Raises:
            ExperimentError: it is closed.
        """
        return self._page.url

    @property
    def source(self) -> ModuleSource:
        """Where the page takes the network from."""
        return self._source

    @property
    def steps(self) -> int:
        """How many steps optimizers have made with the module since it is watched."""
        return self._source.steps

    @property
    def run(self) -> Run:
        """A run with the network as it is now, at epoch 0, to look at or to train further with tinkernet.

        Raises:
            ExperimentError: the module has other layers than when `watch` was called.
        """
        base, parameters = self._source.base, self._source.parameters.copy()
        layout = base.layout
        return Run(base.experiment).set_parameters(layout.weights(parameters), layout.biases(parameters))

    def open_browser(self) -> bool:
        """Open the page in the browser, unless one shows it; where there is none, print the address.

        Returns whether a browser shows it.
        """
        page = self._page
        return page.session.attended or page.open_browser()

    def stop(self) -> None:
        """Remove the hook. The page shows the network as it is now."""
        self._source.stop()
        self._keep()

    def close(self) -> None:
        """Remove the hook, and end the page."""
        self.stop()
        self._closed = True
        if self._opening is not None:
            self._opening.close()
        if self._widget is not None:
            self._widget.close()
        self._opening = self._widget = None
        if _WATCHED.get(self.name) is self:
            del _WATCHED[self.name]

    def wait(self) -> None:
        """Wait, as at the end of a script, until Ctrl-C is pressed or the page is closed from another thread."""
        self._page.wait()

    @property
    def _page(self) -> Opening:
        """The page in the browser, from its first use on: until then no server is started."""
        if self._closed:
            raise ExperimentError("the page", "closed", "open: call watch again")
        if self._opening is None or self._opening.closed:
            self._opening = open_session(self._source.base.copy(), View(), self._source)
        return self._opening

    def _follow(self, parameters: ModuleParameters, base: ObservedRun) -> None:
        """Watch this module from now on."""
        self._source.follow(parameters, base)
        self._in_cell = False

    # --- In a notebook ---------------------------------------------------------

    def _keep(self) -> None:
        """Let the notebook keep a picture of the network as it is now."""
        if self._widget is not None:
            self._widget.keep()

    def _shown_in_cell(self) -> "WatchWidget | None":
        """The widget, from its first use on; None where none can be shown."""
        if self._closed or not cells.show_widgets():
            return None
        self._in_cell = True
        if self._widget is None:
            # Only here: the library for widgets is an extra.
            from tinkernet.watching.widget import WatchWidget

            self._widget = WatchWidget(self._source)
        return self._widget

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """What Jupyter shows below a cell."""
        widget = self._shown_in_cell()
        return {"text/plain": repr(self)} if widget is None else widget._repr_mimebundle_(**kwargs)

    def _display_(self) -> Any:
        """What marimo shows below a cell."""
        return self._shown_in_cell() or repr(self)

    def __enter__(self) -> Self:
        self._source.start()
        if not self._in_cell and cells.show_widgets():
            # A block is no last line of a cell.
            cells.show(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        # Without the token: the output of a cell is saved with its notebook.
        shown = "closed" if self._closed else "open_browser() shows it on the page"
        return f"<watching a module, {count(self.steps)} steps; {shown}>"


_WATCHED: dict[str, Watching] = {}
"""What this process watches, by its name."""


def watch(module: Any, data: Given = None, *, name: str = "", browser: bool | None = None, **settings: Any) -> Watching:
    """Show a PyTorch module on the page, live, while your own loop trains it.

    A hook after the step of every optimizer counts the steps of those that train the module. Its parameters are copied
    only when the page is ready for another picture; all pictures and losses are computed by tinkernet, in other
    threads, with at most a few per cent of a core. While no page is open, nothing is copied or computed.

    In a notebook the result, as the last line of a cell, is the page itself. Called again, as when a cell is run again,
    it shows the new module on the same page.

    Args:
        module: a stack of dense layers, as `from_torch` takes it.
        data: as for `from_torch`; the points are shown, and losses are measured on them.
        name: of several networks that are watched at once, which page this one is shown on.
        browser: whether to open the page in a browser, if none shows it; by default except in a notebook that shows
            widgets. Otherwise `.url` is its address.
        settings: other settings of the experiment, such as `loss="hinge"` or `train_percent=50`; of data from you all
            points count as training data by default.

    Raises:
        ExperimentError: a layer cannot be shown, with its name and the reason, or the data does not fit.
        MissingExtraError: PyTorch is not installed.

    Example:
        >>> import torch
        >>> module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
        >>> optimizer = torch.optim.SGD(module.parameters(), lr=0.1)
        >>> points, labels = torch.randn(20, 2), torch.randint(0, 2, (20,)).float()
        >>> with watch(module, (points, labels), browser=False) as watching:
        ...     loss = torch.nn.functional.binary_cross_entropy_with_logits(module(points)[:, 0], labels)
        ...     loss.backward()
        ...     optimizer.step()
        >>> watching.steps
        1
        >>> watching.close()
    """
    parameters, base = _read(module, data, settings)
    watching = _WATCHED.get(name)
    if watching is None:
        watching = _WATCHED[name] = Watching(name, ModuleSource(parameters, base))
    watching._follow(parameters, base)
    if browser or (browser is None and not cells.show_widgets()):
        watching.open_browser()
    return watching


def _read(module: Any, data: Given, settings: dict[str, Any]) -> tuple[ModuleParameters, ObservedRun]:
    """What copies the parameters of the module, and its run before the first step."""
    stack = stack_of(module)
    if data is not None and not isinstance(data, str):
        settings = {"train_percent": 100, **settings}
    fitted = fit_of(stack, data, settings)
    check_size(fitted.experiment)
    parameters = ModuleParameters(uncompiled(module), stack, fitted)
    return parameters, ObservedRun(fitted.experiment).observe(parameters.copy(), 0)
