// Where things are in the picture of a schedule, in per cent of its width and height. Pure.

import type { RateCurve } from "../protocol/messages";

export interface CurvePlace {
  x: number;
  y: number;
}

/** Where a learning rate is at an epoch: 0 is at the bottom, the highest rate of the curve at the top. */
export function placeOn({ epochs, rates }: RateCurve, epoch: number, rate: number): CurvePlace {
  const last = epochs.at(-1) ?? 1;
  const highest = Math.max(...rates);
  return { x: 100 * Math.min(1, epoch / last), y: highest > 0 ? 100 * Math.max(0, 1 - rate / highest) : 100 };
}

/** The curve as the path of an SVG of 100 × 100. */
export function pathOf(curve: RateCurve): string {
  return curve.epochs
    .map((epoch, i) => {
      const { x, y } = placeOn(curve, epoch, curve.rates[i] ?? 0);
      return `${i === 0 ? "M" : "L"}${x} ${y}`;
    })
    .join("");
}
