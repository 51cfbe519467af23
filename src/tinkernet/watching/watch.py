"""watch: shows a PyTorch module on the page while anybody's loop trains it."""

from types import TracebackType
from typing import Any, Self

from tinkernet.errors import ExperimentError
from tinkernet.fragment import CONTROLS, View
from tinkernet.importing.data import Given
from tinkernet.importing.making import fit_of
from tinkernet.importing.torch_modules import stack_of, uncompiled
from tinkernet.run import Run
from tinkernet.run.observed import ObservedRun
from tinkernet.server.opening import Opening, open_session
from tinkernet.session.session import Session
from tinkernet.session.workspace import check_size
from tinkernet.watching.parameters import ModuleParameters
from tinkernet.watching.source import ModuleSource

KEPT_CONTROLS = {"showTestData", "discretize"}
"""What a person can still choose on the page: how the network is shown."""


class Watching:
    """A module that is watched. In a `with` block watching ends with the block, and the page shows the last step."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._source = ModuleSource()
        self._opening: Opening | None = None

    @property
    def url(self) -> str:
        """The address of the page, with the token that gives access to it."""
        return self._opened.url

    @property
    def session(self) -> Session:
        """The session that shows the network."""
        return self._opened.session

    @property
    def source(self) -> ModuleSource:
        """What a session takes the network from: `Session.of_run(…, source=watching.source)` shows it elsewhere."""
        return self._source

    @property
    def base(self) -> ObservedRun:
        """The run before the first step, for such a session."""
        if self._source.base is None:
            raise ExperimentError("the module", None, "watched")
        return self._source.base

    @property
    def steps(self) -> int:
        """How many steps optimizers have made with the module since it is watched."""
        return self._source.steps

    @property
    def run(self) -> Run:
        """A run with the network as it is now, at epoch 0, to look at or to train further with tinkernet."""
        layout, parameters = self.base.layout, self._source.parameters()
        return Run(self.base.experiment).set_parameters(layout.weights(parameters), layout.biases(parameters))

    def open_browser(self) -> bool:
        """Open the page in the browser; where there is none, print the address."""
        return self._opened.open_browser()

    def stop(self) -> None:
        """Remove the hook. The page shows the network as it is now."""
        self._source.stop()

    def close(self) -> None:
        """Remove the hook, and end the page."""
        self.stop()
        if self._opening is not None:
            self._opening.close()
            self._opening = None
        if _WATCHED.get(self.name) is self:
            del _WATCHED[self.name]

    def wait(self) -> None:
        """Wait, as at the end of a script, until Ctrl-C is pressed or the page is closed from another thread."""
        self._opened.wait()

    @property
    def _opened(self) -> Opening:
        if self._opening is None:
            raise ExperimentError("the page", "closed", "open: call watch again")
        return self._opening

    def _follow(self, module: Any, data: Given, settings: dict[str, Any]) -> None:
        """Watch this module."""
        stack = stack_of(module)
        if data is not None and not isinstance(data, str):
            settings.setdefault("train_percent", 100)
        fitted = fit_of(stack, data, settings)
        check_size(fitted.experiment)
        parameters = ModuleParameters(uncompiled(module), stack, fitted)
        base = ObservedRun(fitted.experiment).observe(parameters.copy(), 0)
        self._source.follow(parameters, base)
        if self._opening is None or self._opening.closed:
            self._opening = open_session(base.copy(), _view(fitted.experiment.features), self._source)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<watching {self.steps} steps: {self._opening!r}>"


_WATCHED: dict[str, Watching] = {}
"""What this process watches, by its name."""


def watch(module: Any, data: Given = None, *, name: str = "", browser: bool = True, **settings: Any) -> Watching:
    """Show a PyTorch module on the page, live, while your own loop trains it.

    A hook after the step of every optimizer counts the steps of those that train the module. Its parameters are copied
    only when the page is ready for another picture; all pictures and losses are computed by tinkernet, in other
    threads, with at most a few per cent of a core. While no page is open, nothing is copied or computed.

    Called again, as when a cell is run again, it shows the new module on the same page.

    Args:
        module: a stack of dense layers, as `from_torch` takes it.
        data: as for `from_torch`; the points are shown, and losses are measured on them.
        name: of several networks that are watched at once, which page this one is shown on.
        browser: whether to open the page in a browser, if none shows it; otherwise `.url` is its address.
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
    watching = _WATCHED.get(name) or Watching(name)
    watching._follow(module, data, settings)
    _WATCHED[name] = watching
    if browser and not watching.session.attended:
        watching.open_browser()
    return watching


def _view(features: tuple[str, ...]) -> View:
    """The view without the controls that would change the network, its data or its training."""
    kept = KEPT_CONTROLS | set(features)
    return View(hidden_controls=tuple(name for name in CONTROLS if name not in kept))
