"""What can be taken back, and done again: two bounded stacks of moments to go back to."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tinkernet.link import View
from tinkernet.run import Run
from tinkernet.session.pins import Kept

MOST_STEPS = 200
MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Moment:
    """What to go back to: the view, the run unless only the view was touched, and the pins if they were."""

    view: View
    run: Run | None
    """A run of its own that never trains: it is as the run was, its past included."""
    pins: tuple[Kept, ...] | None = None

    def runs(self) -> Iterable[Run]:
        """All that it holds."""
        own = () if self.run is None else (self.run,)
        return (*own, *(kept.run for kept in self.pins or ()))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, in words, and the moment on its other side."""

    words: str
    moment: Moment


class Stack:
    """Steps, the newest last; the oldest fall out when there are too many or they take too much room."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._steps = deque(steps)

    def copy(self) -> "Stack":
        """Another stack of the same steps."""
        return Stack(self._steps)

    @property
    def words(self) -> str | None:
        """What the newest step is, in words."""
        return self._steps[-1].words if self._steps else None

    def push(self, step: Step) -> None:
        """Put a step on top."""
        self._steps.append(step)
        while len(self._steps) > 1 and (len(self._steps) > MOST_STEPS or self._weight() > MOST_BYTES):
            self._steps.popleft()

    def pop(self) -> Step | None:
        """Take the newest step off, if there is one."""
        return self._steps.pop() if self._steps else None

    def clear(self) -> None:
        """Forget all steps."""
        self._steps.clear()

    def _weight(self) -> int:
        """About how many bytes all steps take; they share pins, and what a run keeps of its past."""
        runs = {id(run): run for step in self._steps for run in step.moment.runs()}.values()
        past = {id(checkpoint): checkpoint.learner.size for run in runs for checkpoint in run.past}
        own = sum(3 * (run.parameters.size + len(run.history)) + run.train_examples.padded_inputs.size for run in runs)
        return sum(past.values()) + 8 * own + 1000 * len(self._steps)
