// The confusion matrix: how many points of each class are put into each class.

import type { Frame, PointsFrame } from "../protocol/frames";

/** A cell of the matrix: points of one class that are put into one class, by their indices. */
export interface Cell {
  actual: number;
  predicted: number;
}

export type PointSet = "training" | "test";

/** The index of the class of a label: of two classes −1 and 1, of more the index. */
export function classOf(label: number, classes: number): number {
  return classes > 2 ? label : label > 0 ? 1 : 0;
}

/** The places of a set's points among all. */
function range({ trainCount, count }: PointsFrame, of: PointSet): [from: number, to: number] {
  return of === "training" ? [0, trainCount] : [trainCount, count];
}

/** The counts [actual][predicted]; null while the frame does not say what these points are put into. */
export function confusionOf(
  points: PointsFrame | null,
  { predicted }: Pick<Frame, "predicted">,
  classes: number,
  of: PointSet,
): number[][] | null {
  if (points === null || predicted.length === 0 || predicted.length !== points.count) return null;
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const [from, to] = range(points, of);
  for (let i = from; i < to; i++) {
    const row = counts[classOf(points.points[3 * i + 2] ?? 0, classes)];
    const column = predicted[i] as number;
    if (row !== undefined && column < classes) row[column] = (row[column] as number) + 1;
  }
  return counts;
}

/** Which of the points are in a cell: their places among all. */
export function pointsIn(
  points: PointsFrame,
  { predicted }: Pick<Frame, "predicted">,
  classes: number,
  of: PointSet,
  cell: Cell,
): Set<number> {
  const found = new Set<number>();
  if (predicted.length !== points.count) return found;
  const [from, to] = range(points, of);
  for (let i = from; i < to; i++)
    if (classOf(points.points[3 * i + 2] ?? 0, classes) === cell.actual && predicted[i] === cell.predicted)
      found.add(i);
  return found;
}
