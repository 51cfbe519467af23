// The markers of classes: a shape for each, so that colour is never alone. All have about the same area.

import { type Corner, SHAPES } from "./marker-corners";

/** Where shapes are traced: a canvas context, or a list in a test. */
export interface Outline {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

export function shapeOf(index: number): readonly Corner[] {
  return SHAPES[index % SHAPES.length] as readonly Corner[];
}

/** Traces the shape of a class around (x, y), grown by `by` pixels on every side. */
export function traceShape(to: Outline, index: number, x: number, y: number, radius: number, by = 0): void {
  shapeOf(index).forEach(([dx, dy], i) => {
    const size = Math.hypot(dx, dy);
    const grown = radius + by / size;
    if (i === 0) to.moveTo(x + dx * grown, y + dy * grown);
    else to.lineTo(x + dx * grown, y + dy * grown);
  });
  to.closePath();
}

/** The shape of a class as the corners of an SVG polygon. */
export function shapePoints(index: number, x: number, y: number, radius: number): string {
  return shapeOf(index)
    .map(([dx, dy]) => `${(x + dx * radius).toFixed(2)},${(y + dy * radius).toFixed(2)}`)
    .join(" ");
}
