"""The source of a watched module: a hook after every step of its optimizer, which copies parameters on demand."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy import ndarray

from tinkernet.extras import extra
from tinkernet.run.observed import ObservedRun
from tinkernet.session.source import Observed
from tinkernet.watching.parameters import ModuleParameters

Notify = Callable[[Observed], None]


class ModuleSource:
    """Counts the steps of the optimizers that train a module, and gives its network to the sessions that want it.

    The hook is global, because a loop makes its optimizer when and where it likes. Between two frames it does no more
    than count.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanting: list[Notify] = []
        self._mine: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
        """Whether an optimizer trains the module."""
        self._handle: Any = None
        self.steps = 0
        self._base: ObservedRun | None = None
        self._parameters: ModuleParameters | None = None

    @property
    def base(self) -> ObservedRun | None:
        """The run of the module before its first step."""
        return self._base

    def follow(self, parameters: ModuleParameters, base: ObservedRun) -> None:
        """Follow this module from now on; `base` is its run before the first step."""
        self.stop()
        with self._lock:
            self._parameters, self._base, self.steps = parameters, base, 0
            self._mine = WeakKeyDictionary()
        self.start()

    def start(self) -> None:
        """Hook into all optimizers, unless that is done."""
        if self._handle is None:
            hooks = extra("torch.optim.optimizer", "torch")
            self._handle = hooks.register_optimizer_step_post_hook(self._stepped)

    def stop(self) -> None:
        """Remove the hook; sessions that want the network get it as it is now."""
        if self._handle is not None:
            self._handle.remove()
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
        found = self._observed()
        if found is not None:
            notify(found)

    def parameters(self) -> ndarray:
        """The parameters of the network now."""
        return np.empty(0) if self._parameters is None else self._parameters.copy()

    def _stepped(self, optimizer: Any, _arguments: Any, _named: Any) -> None:
        """The hook: an optimizer has made a step."""
        mine = self._mine.get(optimizer)
        if mine is None:
            mine = self._mine[optimizer] = self._trains(optimizer)
        if mine:
            self.steps += 1
            if self._wanting:
                self._give()

    def _trains(self, optimizer: Any) -> bool:
        known = set() if self._parameters is None else self._parameters.identities
        return any(id(one) in known for group in optimizer.param_groups for one in group["params"])

    def _give(self) -> None:
        with self._lock:
            wanting, self._wanting = self._wanting, []
        found = self._observed() if wanting else None
        if found is not None:
            for notify in wanting:
                notify(found)

    def _observed(self) -> Observed | None:
        began = perf_counter()
        parameters, base = self._parameters, self._base
        if parameters is None or base is None:
            return None
        copied = parameters.copy()
        return Observed(base=base, parameters=copied, step=self.steps, seconds=perf_counter() - began)
