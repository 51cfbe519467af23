"""View: what the page displays, and the frames and points that it is sent."""

import math
from typing import Self

import numpy as np
from numpy import ndarray

from tinkernet.data import Points
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.network import ACTIVATIONS
from tinkernet.protocol import frames, intentions
from tinkernet.protocol.message import INPUTS, NeuronPlace
from tinkernet.run import Run
from tinkernet.run.observed import ObservedRun
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import Page
from tinkernet.session.training import Training
from tinkernet.session.workspace import Workspace

MOST_FIELD_BYTES = 2_000_000
"""The maximum size of the neurons' fields in one frame; if they are larger, they are sent with fewer cells."""
CROWDED_FRAME_SECONDS = 1 / 15
"""The minimum average time between frames of a playing page while many sessions train."""

_NO_FIELDS = np.empty((0, 0, 0), dtype=np.float32)
_NO_CELLS = np.empty((0, 0), dtype=np.float32)
_NO_CLASSES = np.empty(0, dtype=np.uint8)
_NO_ACTIVATIONS = np.empty(0, dtype=np.float64)


class FrameView(SessionFeature):
    """Sends frames at the rate at which the page draws them."""

    def __init__(self, workspace: Workspace, training: Training) -> None:
        self._workspace, self._training = workspace, training
        self._watch: intentions.Watch | None = None
        self._free = True
        """Whether the page has drawn the last frame and is ready for the next."""
        self._hurried = False
        """Whether an extra frame has been sent before the page has drawn the last one."""
        self._frame_number = 0
        self._shown = 0
        """The changes of the workspace that the last frame contains."""
        self._frame_due = -math.inf
        """When the next frame is due while many sessions train."""
        self._curve = CurveSent()
        self._points_sent: object = None

    def handlers(self) -> Handlers:
        return {intentions.Watch: self.look}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: each page sets what it displays."""

    @property
    def free(self) -> bool:
        """Whether the page is ready for something new."""
        return self._free

    @property
    def outdated(self) -> bool:
        """Whether anything that frames contain has changed since the last frame."""
        return self._shown != self._workspace.changes

    def note_drawn(self, frame: int) -> bool:
        """The page has drawn this frame. Returns whether it is ready for a newer one. May be called from any thread."""
        if frame >= self._frame_number:
            self._free = True
        return self._free

    def page_attached(self) -> None:
        self._watch = None
        self._free = True
        self._curve = CurveSent()
        self._points_sent = None

    def look(self, message: intentions.Watch) -> None:
        """The page displays something else."""
        self._watch = message
        self._shown = 0

    # --- Frames ----------------------------------------------------------------

    def show(self, page: Page, *, crowded: bool) -> bool:
        """Send what is new, if the page is ready or a user waits for it. Returns whether the page was ready."""
        self._send_points(page)
        free = self._free
        if free:
            self._hurried = False
            self._send_frame(page, crowded=crowded)
        elif self._workspace.urgent and not self._hurried:
            # One extra frame may be sent in response to user input, before the page has drawn the last one.
            self._hurried = True
            self._send_frame(page, crowded=crowded)
        return free

    def _send_points(self, page: Page) -> None:
        run, number, plane = self._workspace.run, self._workspace.run_number, self._workspace.plane
        shown = (number, run.train_data, plane)
        if self._points_sent != shown:
            self._points_sent = shown
            both = (run.train_data, run.test_data)
            points = np.vstack([rows(data, plane) for data in both])
            distances = np.concatenate([plane.distances(data.scaled) for data in both]).astype("<f4")
            frame = frames.PointsFrame(
                run=number,
                train_count=len(run.train_data),
                points=points,
                distances=distances if len(plane.held) > len(plane.drawn) else _NO_ACTIVATIONS.astype("<f4"),
            )
            page.post(frame.pack())

    def _send_frame(self, page: Page, *, crowded: bool) -> None:
        workspace, now = self._workspace, self._workspace.clock()
        if self._watch is None or not self.outdated:
            return
        if crowded and workspace.playing and not workspace.urgent and now < self._frame_due:
            return  # drawing every frame for every page would leave no time to train; the next turn is soon
        workspace.urgent = self._free = False
        self._shown = workspace.changes
        # A frame that was late because of a late turn does not delay the next one.
        self._frame_due = min(max(now, self._frame_due + CROWDED_FRAME_SECONDS), now + CROWDED_FRAME_SECONDS)
        self._frame_number += 1
        page.post(self._frame(self._watch).pack())

    def _frame(self, watch: intentions.Watch) -> frames.Frame:
        workspace, run, plane = self._workspace, self._workspace.run, self._workspace.plane
        sizes = run.layout.sizes
        hidden, head = sum(sizes[1:-1]), run.experiment.head
        limits = [
            ACTIVATIONS[name].limit
            for name, size in zip(run.experiment.in_layers("activation"), sizes[1:-1], strict=True)
            for _ in range(size)
        ]
        cells = min(watch.neuron_cells, math.isqrt(MOST_FIELD_BYTES // (hidden + sizes[-1])))
        focus = _place(watch.focus, sizes)
        slow = self._training.pace.speed.unit != "epoch" and len(run.train_data) > 0
        point = (run.position - 1) % len(run.train_data) if slow else 0
        # While an earlier epoch is shown, the curve remains that of the latest one.
        stride, curve = self._curve.news(workspace.present, workspace.run_number)
        drawn = run.fields(cells, plane=plane) if cells else _NO_FIELDS
        drawn[hidden:] = head.drawn_apart(drawn[hidden:])
        outputs = (1.0,) * sizes[-1]
        neurons, scales = frames.quantize(drawn, (*limits, *outputs) if cells else ())
        large, winners = _large(run, focus, watch.output_cells, plane)
        (output,), output_scale = frames.quantize(large[None], (_bound(run, focus),))
        place = focus or (run.layout.layers - 1, 0)
        return frames.Frame(
            frame=self._frame_number & 0xFFFFFFFF,
            run=workspace.run_number,
            playing=workspace.playing,
            diverged=run.diverged,
            epoch=run.epoch,
            position=run.position,
            train_loss=run.train_loss,
            test_loss=run.test_loss,
            train_accuracy=_or_nan(run.train_accuracy),
            test_accuracy=_or_nan(run.test_accuracy),
            epochs_per_second=self._training.epochs_per_second,
            learning_rate=run.learning_rate_now,
            parameters=run.parameters,
            curve=curve,
            curve_stride=stride,
            activations=_activations(run, point) if slow else _NO_ACTIVATIONS,
            point=point,
            focused=focus is not None,
            focus_layer=place[0],
            focus_neuron=place[1],
            scales=np.concatenate([scales, output_scale]),
            neurons=neurons,
            output=output,
            winners=frames.winners_of(winners),
            predicted=_predicted(run) if watch.predictions else _NO_CLASSES,
        )


class CurveSent:
    """Tracks how much of the loss curve the page has."""

    def __init__(self) -> None:
        self._run_number = 0
        self._epoch = -1

    def news(self, run: Run, run_number: int) -> tuple[int, ndarray]:
        """The stride, and the points (epoch, training loss, test loss) that the page does not have yet."""
        if self._run_number != run_number:
            self._run_number, self._epoch = run_number, -1
        news = run.history.since(self._epoch)
        # The steps of an observed run are sparse as they are.
        stride = 1 if isinstance(run, ObservedRun) else frames.curve_stride(run.epoch)
        if len(news):
            self._epoch = int(news[-1, 0])
        return stride, news[news[:, 0] % stride == 0]


def rows(data: Points, plane: Slice = PLANE_SLICE) -> ndarray:
    """Labelled points as rows of x, y, label: their place on the plane."""
    return np.column_stack([plane.places(data.scaled), data.labels])


def _place(focus: NeuronPlace | None, sizes: tuple[int, ...]) -> tuple[int, int] | None:
    """The place of the focused neuron, if there is one. The only output neuron is the whole network, not a focus."""
    output = len(sizes) - 2
    if focus is None or focus.layer > output or focus.neuron >= sizes[focus.layer + 1]:
        return None
    return None if focus.layer == output and sizes[-1] == 1 else (focus.layer, focus.neuron)


def _large(run: Run, focus: tuple[int, int] | None, cells: int, plane: Slice) -> tuple[ndarray, ndarray | None]:
    """The field of the focused neuron, or that of the whole network and which class wins in each cell."""
    if not cells:
        return _NO_CELLS, None
    if focus is None:
        return run.experiment.head.drawn(run.output_fields(cells, plane=plane))
    (field,) = run.fields(cells, [_field(run, focus)], plane=plane)
    return (run.experiment.head.drawn_apart(field) if focus[0] == run.layout.layers - 1 else field), None


def _predicted(run: Run) -> ndarray:
    """The index of the class that each point is put into, training points first; none for a regression."""
    points = np.vstack([run.train_data.points, run.test_data.points])
    predicted = run.predicted_classes(points)
    return _NO_CLASSES if predicted is None else predicted.astype(np.uint8)


def _field(run: Run, place: tuple[int, int]) -> tuple[int, int] | str:
    """The place as an argument of `Run.fields`: an input is given by the name of its feature."""
    layer, neuron = place
    return run.experiment.features[neuron] if layer == INPUTS else (layer, neuron)


def _bound(run: Run, focus: tuple[int, int] | None) -> float | None:
    """The scale for drawing the field of this place; None means its largest absolute value."""
    if focus is None:
        return 1.0
    layer, neuron = focus
    if layer == INPUTS:
        return run.experiment.inputs.feature_of(run.experiment.features[neuron]).scale
    if layer == run.layout.layers - 1:
        return 1.0
    return ACTIVATIONS[run.experiment.in_layers("activation")[layer]].limit


def _activations(run: Run, point: int) -> ndarray:
    """The output of every neuron, inputs first, for this training point."""
    experiment, data = run.experiment, run.train_data
    inputs = experiment.inputs.compute(experiment.features, data.scaled[point : point + 1])
    points = data.points[point : point + 1]
    return np.concatenate([inputs.ravel(), *(layer.ravel() for layer in run.outputs(points))])


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
