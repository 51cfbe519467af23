"""Undo and redo: before anything changes, the moment before it is kept; two bounded stacks hold these moments."""

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from tinkernet.formatting import count
from tinkernet.fragment import View
from tinkernet.protocol import intentions
from tinkernet.run import Run
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.pins.pinned import PinnedRuns, PinSnapshot
from tinkernet.session.workspace import Workspace

MOST_STEPS = 200
MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What to go back to: the view, the run unless only the view was touched, and the pins if they were."""

    view: View
    run: Run | None
    """A run of its own that never trains: it is as the run was, its past included."""
    pins: tuple[PinSnapshot, ...] | None = None

    def runs(self) -> Iterable[Run]:
        """All runs in it."""
        own = () if self.run is None else (self.run,)
        return (*own, *(pin.run for pin in self.pins or ()))


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One step: what was done, in words, and the snapshot on its other side."""

    words: str
    snapshot: Snapshot


class Stack:
    """Steps, the newest last; the oldest are dropped when there are too many or they take too much room."""

    def __init__(self, steps: Iterable[UndoStep] = ()) -> None:
        self._steps = deque(steps)

    def copy(self) -> "Stack":
        """Another stack of the same steps."""
        return Stack(self._steps)

    @property
    def words(self) -> str | None:
        """What the newest step is, in words."""
        return self._steps[-1].words if self._steps else None

    def push(self, step: UndoStep) -> None:
        """Put a step on top."""
        self._steps.append(step)
        while len(self._steps) > 1 and (len(self._steps) > MOST_STEPS or self._size() > MOST_BYTES):
            self._steps.popleft()

    def pop(self) -> UndoStep | None:
        """Take the newest step off, if there is one."""
        return self._steps.pop() if self._steps else None

    def clear(self) -> None:
        """Forget all steps."""
        self._steps.clear()

    def _size(self) -> int:
        """About how many bytes all steps take; they share pins, and what a run keeps of its past."""
        runs = {id(run): run for step in self._steps for run in step.snapshot.runs()}.values()
        past = {id(checkpoint): checkpoint.learner.size for run in runs for checkpoint in run.past}
        own = sum(3 * (run.parameters.size + len(run.history)) + run.train_examples.padded_inputs.size for run in runs)
        return sum(past.values()) + 8 * own + 1000 * len(self._steps)


class UndoHistory(SessionFeature):
    """Keeps what was before every change, and brings it back."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns) -> None:
        self._workspace, self._pinned = workspace, pinned
        self._undo, self._redo = Stack(), Stack()
        self._drag: object = None
        """What is being dragged: more of the same is no further step to undo."""

    def handlers(self) -> Handlers:
        return {
            intentions.Undo: lambda _: self._swap(self._undo, self._redo),
            intentions.Redo: lambda _: self._swap(self._redo, self._undo),
        }

    def copy_state(self, original: Self) -> None:
        self._undo, self._redo = original._undo.copy(), original._redo.copy()

    @property
    def words(self) -> tuple[str | None, str | None]:
        """What Undo and what Redo would do, in words."""
        return self._undo.words, self._redo.words

    # --- Before a change -------------------------------------------------------

    @contextlib.contextmanager
    def edit(self, words: str, drag: object = None, *, done: bool = True) -> Iterator[None]:
        """A change of the run that is shown, one step to undo.

        Changes with the same `drag` that follow each other are one step, until one is `done`.
        """
        self._remember(words, drag)
        yield
        self._drag = None if done else drag
        self._workspace.mark_changed()

    def end_drag(self) -> None:
        """The next change is a step of its own."""
        self._drag = None

    def restart(self, words: str, run: Run, view: View | None = None, *, pause: bool = True) -> None:
        """Go on with this run instead of the present one; one step to undo."""
        self._workspace.come_back()
        self._remember(words)
        if view is not None:
            self._workspace.view = view
        if pause:
            self._workspace.pause()
        self._workspace.begin(run)
        self._workspace.mark_changed()

    def change_view(self, words: str, view: View) -> None:
        """Show the same run in another way; one step to undo."""
        self._drag = None
        self._push(words, Snapshot(self._workspace.view, None))
        self._workspace.view = view
        self._workspace.mark_changed()

    @contextlib.contextmanager
    def change_pins(self, words: str, run: Run | None = None) -> Iterator[None]:
        """A change of the pinned runs, one step to undo; with `run` that becomes the present run."""
        if run is None:
            self._drag = None
            self._push(words, Snapshot(self._workspace.view, None, self._pinned.snapshot()))
            yield
        else:
            self._workspace.come_back()
            self._drag = None
            self._push(words, self._snapshot(pins=True))
            self._workspace.pause()
            yield
            self._workspace.begin(run)
        self._workspace.mark_changed()

    def branch_from_past(self, words: str) -> bool:
        """If the past is shown, make it the present; the present run becomes a pin. One step to undo."""
        workspace = self._workspace
        if not workspace.in_past:
            return False
        self._pinned.check_room()
        self._drag = None
        self._push(words, self._snapshot(pins=True))
        self._pinned.add(workspace.present, f"branched at epoch {count(workspace.run.epoch)}")
        workspace.begin(workspace.run)
        workspace.mark_changed()
        return True

    def _remember(self, words: str, drag: object = None) -> None:
        if self.branch_from_past(words):
            return
        before, self._drag = self._drag, None
        if drag is None or drag != before:
            self._push(words, self._snapshot(pins=False))

    def _push(self, words: str, snapshot: Snapshot) -> None:
        self._undo.push(UndoStep(words, snapshot))
        self._redo.clear()

    def _snapshot(self, *, pins: bool) -> Snapshot:
        workspace = self._workspace
        return Snapshot(workspace.view, workspace.present.copy(), self._pinned.snapshot() if pins else None)

    # --- Undo and redo ---------------------------------------------------------

    def _swap(self, source: Stack, target: Stack) -> None:
        """Go to the other side of the newest step of `source`, and keep this side in `target`."""
        step = source.pop()
        if step is None:
            return
        self._drag = None
        there, workspace = step.snapshot, self._workspace
        here = self._snapshot(pins=there.pins is not None)
        target.push(UndoStep(step.words, here if there.run is not None else Snapshot(here.view, None, here.pins)))
        workspace.view = there.view
        if there.pins is not None:
            self._pinned.restore(there.pins)
        if there.run is not None:
            # What comes back would be gone at once if training went on.
            workspace.come_back()
            workspace.pause()
            workspace.begin(there.run.copy())
        workspace.mark_changed()
