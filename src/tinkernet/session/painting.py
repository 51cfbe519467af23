"""Painting: strokes that a person paints on the output, while the run keeps its weights."""

from typing import Self

from tinkernet.data.drawing import Clear, FullError, Stroke, read, text_of
from tinkernet.protocol import intentions
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace


class Painting(SessionFeature):
    """Adds strokes to the drawing of the displayed run. Until a gesture ends, its strokes are replaced."""

    def __init__(self, workspace: Workspace, undo: UndoHistory) -> None:
        self._workspace, self._undo = workspace, undo
        self._gesture = -1
        """The gesture under way; −1 if there is none."""
        self._before = self._after = ""
        """The drawing before that gesture, and as it left it last."""

    def handlers(self) -> Handlers:
        return {intentions.Paint: self._paint}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the drawing is part of the run, and a gesture belongs to its page."""

    def page_attached(self) -> None:
        """Another page counts its own gestures."""
        self._gesture = -1

    def _paint(self, message: intentions.Paint) -> None:
        if not message.strokes and message.gesture == self._gesture:
            self._withdraw()
            return
        try:
            self._change(message, self._workspace.run)
        except FullError as error:
            raise IntentionError(sentences.drawing_full(error.allowed)) from error

    def _withdraw(self) -> None:
        """Revert the gesture under way: a second finger has come, to zoom."""
        drag, run = ("paint", self._gesture), self._workspace.run
        self._gesture = -1
        if run.experiment.drawing == self._after and self._undo.withdraw(drag):
            run.change(drawing=self._before)
            self._workspace.mark_changed()

    def _change(self, message: intentions.Paint, run: Run) -> None:
        strokes = read(message.strokes, "strokes").strokes
        if not strokes:
            raise IntentionError(sentences.NO_STROKE)
        drawing = run.experiment.drawing
        # After an undo in the middle of it, for example, a gesture begins again.
        continues = message.gesture == self._gesture and drawing == self._after
        before = self._before if continues else drawing
        # What cannot be painted is refused here, before there is a step to undo.
        painted = run.copy().change(drawing=_text_after(before, strokes))
        drag = ("paint", message.gesture)
        with self._undo.edit(sentences.PAINT[type(strokes[-1])], drag, done=message.done):
            run.change(drawing=painted.experiment.drawing)
        self._gesture = -1 if message.done else message.gesture
        self._before, self._after = before, run.experiment.drawing


def _text_after(before: str, strokes: tuple[Stroke, ...]) -> str:
    """The drawing after these strokes. What was painted before everything is removed takes no room in it."""
    cleared = max((place for place, stroke in enumerate(strokes) if isinstance(stroke, Clear)), default=None)
    if cleared is not None:
        return text_of(strokes[cleared:])
    return text_of((before, *strokes) if before else strokes)
