"""Replaying a drawing: what its strokes do to the points of the data.

Where a sprayed point lies, whether it is for training or testing, and where among the others it is used, depends only
on the seed, the stroke's place in the drawing, the centre and the point (`data/philox.py`). So strokes take nothing
from the random stream that draws points and weights, a stroke that grows keeps the points that it has, and an earlier
stroke does not change with a later one.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import cos, sin
from tinkernet.arrays import Bool, Float64, Int
from tinkernet.data.drawing.notation import SEPARATOR, read
from tinkernet.data.drawing.recent import Recent
from tinkernet.data.drawing.strokes import Clear, Dot, Erase, Move, Place, Spray, Stroke
from tinkernet.data.philox import key_for, philox
from tinkernet.data.plane import EDGE

TURN = 6.283185307179586


@dataclass(frozen=True, eq=False)
class PaintedPoints:
    """All points of the plane at one moment of a drawing. It is never changed: a stroke makes another one.

    `order` sorts the points for training: those of the data keep their order, and painted ones come in between at
    random, so that a batch does not consist of one stroke.
    """

    points: Float64[ndarray, "n 2"]
    labels: Float64[ndarray, " n"]
    order: Float64[ndarray, " n"]
    train: Bool[ndarray, " n"]
    painted: Bool[ndarray, " n"]
    row: Int[ndarray, " n"]
    """The row of the data, the training points first, that a point still is; −1 if it was painted or moved."""

    @classmethod
    def of(cls, train: tuple[ndarray, ndarray], test: tuple[ndarray, ndarray]) -> "PaintedPoints":
        """The points and labels of a data set, before the first stroke."""
        counts = [len(labels) for _, labels in (train, test)]
        return cls(
            points=np.concatenate([train[0], test[0]]),
            labels=np.concatenate([train[1], test[1]]),
            order=np.concatenate([(np.arange(count) + 0.5) / max(1, count) for count in counts]),
            train=np.repeat([True, False], counts),
            painted=np.zeros(sum(counts), dtype=bool),
            row=np.arange(sum(counts)),
        )

    def part(self, *, train: bool) -> tuple[Float64[ndarray, "n 2"], Float64[ndarray, " n"], Int[ndarray, " n"]]:
        """The training or test points, their labels, and their rows of the data, in order."""
        chosen = np.flatnonzero(self.train == train)
        chosen = chosen[np.argsort(self.order[chosen], kind="stable")]
        return self.points[chosen], self.labels[chosen], self.row[chosen]

    def after(self, stroke: Stroke, number: int, key: int, train_percent: float) -> "PaintedPoints":
        """The points after this stroke, which has this number in the drawing."""
        match stroke:
            case Spray() | Dot():
                return self._with(*_added(stroke, number, key, train_percent))
            case Erase():
                return self._kept(~self._near(stroke.at, stroke.radius))
            case Move():
                near = self._near(stroke.at, stroke.radius)
                points = self.points + np.where(near[:, None], stroke.by, 0.0)
                return replace(self, points=points, row=np.where(near, -1, self.row))
            case Clear():
                return self._kept(np.zeros(len(self.labels), dtype=bool))

    def _near(self, centres: tuple[Place, ...], radius: float) -> Bool[ndarray, " n"]:
        near = np.zeros(len(self.labels), dtype=bool)
        for centre in centres:
            away = self.points - centre
            near |= away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] <= radius * radius
        return near

    def _kept(self, kept: ndarray) -> "PaintedPoints":
        return PaintedPoints(*(getattr(self, field.name)[kept] for field in fields(self)))

    def _with(self, points: ndarray, label: float, order: ndarray, train: ndarray) -> "PaintedPoints":
        count = len(points)
        return PaintedPoints(
            np.concatenate([self.points, points]),
            np.concatenate([self.labels, np.full(count, label)]),
            np.concatenate([self.order, order]),
            np.concatenate([self.train, train]),
            np.concatenate([self.painted, np.ones(count, dtype=bool)]),
            np.concatenate([self.row, np.full(count, -1)]),
        )


def _added(stroke: Spray | Dot, number: int, key: int, train_percent: float) -> tuple[ndarray, float, ndarray, ndarray]:
    """The places of the points that a stroke adds, their label, their order, and which are for training."""
    each = stroke.count if isinstance(stroke, Spray) else 1
    centre, point = np.divmod(np.arange(each * len(stroke.at), dtype=np.uint64), np.uint64(each))
    words = philox((point, centre, number, 0), key)
    distance, angle, share, order = (word.astype(np.float64) * 2.0**-32 for word in words)
    points = np.repeat(np.array(stroke.at, dtype=np.float64), each, axis=0)
    if isinstance(stroke, Spray):
        far, turned = stroke.radius * np.sqrt(distance), TURN * angle
        points += np.stack([far * cos(turned), far * sin(turned)], axis=1)
        # What would lie beyond an edge is mirrored at it, so that all points can be seen.
        points = np.where(points > EDGE, 2 * EDGE - points, np.where(points < -EDGE, -2 * EDGE - points, points))
        points = np.clip(points, -EDGE, EDGE)
    return points, stroke.label, order, share < train_percent / 100


_RECENT: Recent[tuple[PaintedPoints, str, int, float], PaintedPoints] = Recent(32)


def paint(start: PaintedPoints, drawing: str, seed: str, train_percent: float) -> PaintedPoints:
    """The points after all strokes of a drawing, from those of the data.

    Args:
        start: the points of the data; the same object for the same data, as it is remembered by identity.
        drawing: the strokes as text.
        seed: the random seed of the experiment.
        train_percent: the share of painted points that are for training.
    """
    strokes, key = read(drawing).strokes, key_for("drawing", seed)
    head = drawing.rpartition(SEPARATOR)[0]
    found = _RECENT.get((start, drawing, key, train_percent))
    if found is not None:
        return found
    before = _RECENT.get((start, head, key, train_percent)) if head else None
    painting, done = (start, 0) if before is None else (before, len(strokes) - 1)
    for number in range(done, len(strokes)):
        if number == len(strokes) - 1 and head:
            _RECENT.keep((start, head, key, train_percent), painting)
        painting = painting.after(strokes[number], number, key, train_percent)
    _RECENT.keep((start, drawing, key, train_percent), painting)
    return painting
