// The points of the data. Solid: trained on. Hollow: held back. A negative one carries a minus; of more than two
// classes each has a shape.

import type { ClassPalette } from "../color/classes";
import type { Ink } from "../color/ink";
import { type Stop, colourAt, cssColour } from "../color/scale";
import { traceShape } from "../field/marker-shapes";
import { across, down } from "../field/plane";
import type { PointsFrame } from "../protocol/frames";

export interface PointStyle {
  ink: Ink;
  /** Regression: labels are numbers and are shown on this scale. */
  stops: readonly Stop[] | null;
  /** Three or more classes: labels are their indices. */
  classes: Pick<ClassPalette, "marks" | "ring"> | null;
  radius: number;
}

/** Of data with more than two columns, a point that lies this far from what is drawn, or further, is palest. */
const FAR = 0.4;
const PALEST = 0.14;
/** How much of the others is seen while some points are lit, and how much larger those are. */
const UNLIT = 0.16;
const LIT_LARGER = 0.8;
/** The ring around a lit point. */
const RING = 3.4;

/** Draws the points onto a square of `size` pixels. */
export function drawPoints(
  to: CanvasRenderingContext2D,
  points: PointsFrame,
  size: number,
  style: PointStyle,
  showTest: boolean,
): void {
  const count = showTest ? points.count : points.trainCount;
  const alpha = to.globalAlpha;
  for (let i = 0; i < count; i++) {
    if (points.far > 0) to.globalAlpha = alpha * clearness(points.distances[i] ?? 0);
    drawOne(to, points, i, size, style);
  }
  to.globalAlpha = alpha;
}

/** How clearly a point is seen that lies so far from what is drawn, by the range of a column. */
export function clearness(distance: number): number {
  return Math.max(PALEST, 1 - distance / FAR);
}

/** Draws the points with some of them lit: these even where test points are not shown. */
export function drawLitPoints(
  to: CanvasRenderingContext2D,
  points: PointsFrame,
  size: number,
  style: PointStyle,
  showTest: boolean,
  lit: ReadonlySet<number>,
): void {
  to.globalAlpha = UNLIT;
  drawPoints(to, points, size, style, showTest);
  to.globalAlpha = 1;
  const larger = { ...style, radius: style.radius + LIT_LARGER };
  for (const i of lit) {
    disc(
      to,
      across(points.points[3 * i] as number) * size,
      down(points.points[3 * i + 1] as number) * size,
      larger.radius + RING,
    );
    to.lineWidth = 2.6;
    to.strokeStyle = style.ink.ring;
    to.stroke();
    to.lineWidth = 1.2;
    to.strokeStyle = style.ink.ink;
    to.stroke();
    drawOne(to, points, i, size, larger);
  }
}

function drawOne(to: CanvasRenderingContext2D, points: PointsFrame, i: number, size: number, style: PointStyle): void {
  const x = across(points.points[3 * i] as number) * size;
  const y = down(points.points[3 * i + 1] as number) * size;
  const [label, held] = [points.points[3 * i + 2] as number, i >= points.trainCount];
  if (style.classes === null) drawPoint(to, x, y, label, held, style);
  // Points of other classes than these are about to be replaced.
  else if (label in style.classes.marks) drawMark(to, x, y, label, held, style.radius, style.classes);
}

/** The marker of a class; of a point that is held back only the outline. */
function drawMark(
  to: CanvasRenderingContext2D,
  x: number,
  y: number,
  index: number,
  held: boolean,
  radius: number,
  { marks, ring }: Pick<ClassPalette, "marks" | "ring">,
): void {
  to.beginPath();
  traceShape(to, index, x, y, radius, 1.2);
  to.fillStyle = ring;
  to.fill();
  to.beginPath();
  traceShape(to, index, x, y, radius, held ? -0.5 : 0);
  if (held) {
    to.lineWidth = 1.3;
    to.strokeStyle = marks[index] ?? ring;
    to.stroke();
  } else {
    to.fillStyle = marks[index] ?? ring;
    to.fill();
  }
}

function drawPoint(
  to: CanvasRenderingContext2D,
  x: number,
  y: number,
  label: number,
  held: boolean,
  style: PointStyle,
): void {
  const { ink, stops, radius } = style;
  const colour = stops !== null ? cssColour(colourAt(stops, label)) : label > 0 ? ink.pointPositive : ink.pointNegative;
  disc(to, x, y, radius + 1.1);
  to.fillStyle = ink.ring;
  to.fill();
  if (stops !== null) {
    // A pale label would be lost on a pale field: a thin line of ink holds it.
    disc(to, x, y, held ? radius - 0.5 : radius);
    to.fillStyle = held ? ink.ring : colour;
    to.fill();
    if (held) {
      to.strokeStyle = colour;
      to.lineWidth = 1.6;
      to.stroke();
      disc(to, x, y, radius + 0.4);
    }
    to.strokeStyle = ink.ink2;
    to.lineWidth = 0.7;
    to.stroke();
    return;
  }
  disc(to, x, y, held ? radius - 0.4 : radius);
  if (held) {
    to.strokeStyle = colour;
    to.lineWidth = 1.4;
    to.stroke();
  } else {
    to.fillStyle = colour;
    to.fill();
  }
  if (label < 0 && radius >= 2.8) {
    to.fillStyle = held ? colour : ink.pointMinus;
    to.fillRect(x - radius * 0.55, y - 0.6, radius * 1.1, 1.2);
  }
}

function disc(to: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  to.beginPath();
  to.arc(x, y, Math.max(0.1, radius), 0, 7);
}

/** The point that is going through in slow motion: a ring and the lines that lead to it. */
export function drawPassing(to: CanvasRenderingContext2D, x: number, y: number, size: number, ink: Ink): void {
  const X = across(x) * size;
  const Y = down(y) * size;
  to.beginPath();
  to.moveTo(0, Y);
  to.lineTo(X - 9, Y);
  to.moveTo(X + 9, Y);
  to.lineTo(size, Y);
  to.moveTo(X, 0);
  to.lineTo(X, Y - 9);
  to.moveTo(X, Y + 9);
  to.lineTo(X, size);
  to.lineWidth = 1;
  to.strokeStyle = ink.zero;
  to.stroke();
  disc(to, X, Y, 8);
  to.lineWidth = 4;
  to.strokeStyle = ink.ring;
  to.stroke();
  to.lineWidth = 2;
  to.strokeStyle = ink.ink;
  to.stroke();
}
