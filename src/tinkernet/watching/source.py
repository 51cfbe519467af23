"""The source of a watched module: a hook after every step of its optimizer, which copies parameters on demand."""

import logging
import threading
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

from tinkernet.extras import extra
from tinkernet.run.observed import ObservedRun
from tinkernet.session.source import Lost, Notify, Observed
from tinkernet.watching.parameters import ModuleParameters

log = logging.getLogger(__name__)


class ModuleSource:
    """Counts the steps of the optimizers that train a module, and gives its network to the sessions that want it.

    The hook is global, because a loop makes its optimizer when and where it likes. Between two frames it does no more
    than count. Whatever fails in it ends watching, and never the loop.

    Args:
        parameters: copies the parameters of the module.
        base: its run before the first step.
    """

    def __init__(self, parameters: ModuleParameters, base: ObservedRun) -> None:
        self._lock = threading.Lock()
        self._wanting: list[Notify] = []
        self._handle: Any = None
        self._follow(parameters, base)

    def _follow(self, parameters: ModuleParameters, base: ObservedRun) -> None:
        self.parameters, self.base = parameters, base
        self.steps = 0
        self._mine: WeakKeyDictionary[Any, tuple[int, bool]] = WeakKeyDictionary()
        """For an optimizer, its number of groups of parameters, and whether one of them is the module's."""
        self._last: Observed | Lost | None = None
        """The network when watching ended."""

    def follow(self, parameters: ModuleParameters, base: ObservedRun) -> None:
        """Follow this module from now on; `base` is its run before the first step."""
        with self._lock:
            self._follow(parameters, base)
        self.start()

    def start(self) -> None:
        """Hook into all optimizers, unless that is done."""
        if self._handle is None:
            hooks = extra("torch.optim.optimizer", "torch")
            self._handle, self._last = hooks.register_optimizer_step_post_hook(self._stepped), None

    def stop(self) -> None:
        """Remove the hook. What is shown from now on is the network as it is now."""
        if self._handle is not None:
            self._handle.remove()
            self._last = self.now()
            self._handle = None
        self._give()

    def want(self, notify: Notify) -> None:
        """Call this with the network after the next step."""
        with self._lock:
            self._wanting.append(notify)

    def look(self, notify: Notify) -> None:
        """Call this with the network as it is now: no step has come since it was wanted."""
        with self._lock:
            self._wanting = [wanting for wanting in self._wanting if wanting != notify]
        notify(self.now())

    def now(self) -> Observed | Lost:
        """The network as it is now, or as it was when watching ended."""
        if self._last is not None:
            return self._last
        began = perf_counter()
        base, step = self.base, self.steps
        try:
            parameters = self.parameters.copy()
        except Exception as error:  # the module is a person's code, which may have become anything
            return self._lose(error)
        return Observed(base=base, parameters=parameters, step=step, seconds=perf_counter() - began)

    def _stepped(self, optimizer: Any, _arguments: Any, _named: Any) -> None:
        """The hook: an optimizer has made a step."""
        try:
            groups = len(optimizer.param_groups)
            known, mine = self._mine.get(optimizer, (-1, False))
            if known != groups:
                mine = any(self.parameters.include(group["params"]) for group in optimizer.param_groups)
                self._mine[optimizer] = (groups, mine)
            if mine:
                self.steps += 1
                if self._wanting:
                    self._give()
        except Exception as error:  # an exception in a hook would end the person's loop
            self._lose(error)

    def _give(self) -> None:
        with self._lock:
            wanting, self._wanting = self._wanting, []
        if wanting:
            found = self.now()
            for notify in wanting:
                notify(found)

    def _lose(self, error: Exception) -> Lost:
        """The module can no longer be followed: remove the hook, and say why once."""
        self._last = lost = Lost(reason=" ".join(str(error).split()) or type(error).__name__)
        if self._handle is not None:
            self._handle.remove()
            self._handle = None
            log.warning("tinkernet no longer watches the module: %s", lost.reason)
        return lost
