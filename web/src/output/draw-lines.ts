// The lines of a field: the decision boundary, and halfway to either side.

import type { Ink } from "../color/ink";
import { classLines, evenedClasses } from "../field/class-lines";
import { contour, evened } from "../field/contour";

/** Draws the line where the field is zero and, with `halves`, those where it is halfway to its ends. */
export function drawLines(
  to: CanvasRenderingContext2D,
  bytes: Uint8Array,
  cells: number,
  size: number,
  ink: Ink,
  halves: boolean,
): void {
  const even = evened(bytes, cells);
  if (halves) {
    to.beginPath();
    contour(to, even, cells, size, 127.5 - 64);
    contour(to, even, cells, size, 127.5 + 64);
    to.lineWidth = 1;
    to.strokeStyle = ink.half;
    to.stroke();
  }
  to.beginPath();
  contour(to, even, cells, size, 127.5);
  to.lineWidth = 1.2;
  to.strokeStyle = ink.zero;
  to.stroke();
}

/** Draws the lines between classes, with a halo: where only the class is shown, they lie between full colours. */
export function drawClassLines(
  to: CanvasRenderingContext2D,
  winners: Uint8Array,
  bytes: Uint8Array,
  cells: number,
  size: number,
  ink: Ink,
): void {
  to.beginPath();
  classLines(to, evenedClasses(winners, bytes, cells), cells, size);
  to.lineWidth = 3;
  to.strokeStyle = ink.ring;
  to.stroke();
  to.lineWidth = 1.2;
  to.strokeStyle = ink.ink;
  to.stroke();
}
