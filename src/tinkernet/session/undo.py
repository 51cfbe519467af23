"""Undo and redo: the state before every change is kept in two bounded stacks."""

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from tinkernet.fragment import View
from tinkernet.protocol import intentions
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.pins.pinned import PinnedRuns, PinSnapshot
from tinkernet.session.workspace import Workspace

MOST_STEPS = 200
MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state to return to: the view, the run unless only the view changed, and the pins if they changed."""

    view: View
    run: Run | None
    """A copy that is never trained, including the run's past."""
    pins: tuple[PinSnapshot, ...] | None = None

    def runs(self) -> Iterable[Run]:
        """All runs in the snapshot."""
        own = () if self.run is None else (self.run,)
        return (*own, *(pin.run for pin in self.pins or ()))


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One undo step: a description of the change, and the snapshot to return to."""

    words: str
    snapshot: Snapshot


class Stack:
    """Undo steps, the newest last; the oldest are dropped when there are too many or they use too much memory."""

    def __init__(self, steps: Iterable[UndoStep] = ()) -> None:
        self._steps = deque(steps)

    def copy(self) -> "Stack":
        """A copy with the same steps."""
        return Stack(self._steps)

    @property
    def words(self) -> str | None:
        """The description of the newest step."""
        return self._steps[-1].words if self._steps else None

    @property
    def newest(self) -> UndoStep | None:
        """The newest step."""
        return self._steps[-1] if self._steps else None

    def push(self, step: UndoStep) -> None:
        """Push a step."""
        self._steps.append(step)
        while len(self._steps) > 1 and (len(self._steps) > MOST_STEPS or self._size() > MOST_BYTES):
            self._steps.popleft()

    def pop(self) -> UndoStep | None:
        """Pop the newest step, if there is one."""
        return self._steps.pop() if self._steps else None

    def clear(self) -> None:
        """Remove all steps."""
        self._steps.clear()

    def _size(self) -> int:
        """The approximate size of all steps in bytes; pins and checkpoints are shared between steps."""
        runs = {id(run): run for step in self._steps for run in step.snapshot.runs()}.values()
        past = {id(checkpoint): checkpoint.learner.size for run in runs for checkpoint in run.past}
        own = sum(3 * (run.parameters.size + len(run.history)) + run.train_examples.padded_inputs.size for run in runs)
        return sum(past.values()) + 8 * own + 1000 * len(self._steps)


class UndoHistory(SessionFeature):
    """Keeps the state before every change, and restores it."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns) -> None:
        self._workspace, self._pinned = workspace, pinned
        self._undo, self._redo = Stack(), Stack()
        self._drag: object = None
        """What is being dragged: further changes of the same kind belong to the same undo step."""

    def handlers(self) -> Handlers:
        return {
            intentions.Undo: lambda _: self._swap(self._undo, self._redo),
            intentions.Redo: lambda _: self._swap(self._redo, self._undo),
        }

    def copy_state(self, original: Self) -> None:
        self._undo, self._redo = original._undo.copy(), original._redo.copy()

    @property
    def words(self) -> tuple[str | None, str | None]:
        """The descriptions of what Undo and Redo would do."""
        return self._undo.words, self._redo.words

    # --- Before a change -------------------------------------------------------

    @contextlib.contextmanager
    def edit(self, words: str, drag: object = None, *, done: bool = True) -> Iterator[None]:
        """A change of the displayed run, as one undo step.

        Consecutive changes with the same `drag` are one step, until one of them is `done`.
        """
        self._remember(words, drag)
        yield
        self._drag = None if done else drag
        self._workspace.mark_changed()

    def end_drag(self) -> None:
        """End a drag: the next change is a new step."""
        self._drag = None

    def withdraw(self, drag: object) -> bool:
        """Forget the step of this drag, which its caller reverts; whether it is under way.

        A step that has also branched from an earlier epoch stays.
        """
        if drag != self._drag:
            return False
        self._drag = None
        if self._undo.newest is not None and self._undo.newest.snapshot.pins is None:
            self._undo.pop()
        return True

    def restart(self, words: str, run: Run, view: View | None = None, *, pause: bool = True) -> None:
        """Replace the current run, as one undo step."""
        self._workspace.leave_past()
        self._remember(words)
        if view is not None:
            self._workspace.view = view
        if pause:
            self._workspace.pause()
        self._workspace.begin(run)
        self._workspace.mark_changed()

    def change_view(self, words: str, view: View, drag: object = None, *, done: bool = True) -> None:
        """Change the view of the same run, as one undo step; consecutive changes with the same `drag` are one step."""
        if drag is None or drag != self._drag:
            self._push(words, Snapshot(self._workspace.view, None))
        self._drag = None if done else drag
        self._workspace.view = view
        self._workspace.mark_changed()

    @contextlib.contextmanager
    def change_pins(self, words: str, run: Run | None = None) -> Iterator[None]:
        """A change of the pinned runs, as one undo step; a given `run` becomes the current run."""
        if run is None:
            self._drag = None
            self._push(words, Snapshot(self._workspace.view, None, self._pinned.snapshot()))
            yield
        else:
            self._workspace.leave_past()
            self._drag = None
            self._push(words, self._snapshot(pins=True))
            self._workspace.pause()
            yield
            self._workspace.begin(run)
        self._workspace.mark_changed()

    def branch_from_past(self, words: str) -> bool:
        """If an earlier epoch is shown, continue from it and pin the latest state, as one undo step."""
        workspace = self._workspace
        if not workspace.in_past:
            return False
        self._pinned.check_room()
        self._drag = None
        self._push(words, self._snapshot(pins=True))
        self._pinned.add(workspace.present, sentences.branched(workspace.run.epoch))
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
        """Restore the newest snapshot of `source`, and push the current state to `target`."""
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
            # Continued training would immediately overwrite the restored state.
            workspace.leave_past()
            workspace.pause()
            workspace.begin(there.run.copy())
        workspace.mark_changed()
