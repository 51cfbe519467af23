// Which losses the picture of the curve must hold.

import type { PinFrame, CurvesFrame } from "../protocol/frames";
import type { CurveData } from "../model/curve-data";

/** The losses of the run: grows with what comes, point by point, and is measured again for another curve. */
export class Range {
  least = Infinity;
  greatest = 0;
  #run = -1;
  #count = 0;

  measure(curve: CurveData, train: number, test: number): void {
    if (this.#run !== curve.run || this.#count > curve.count) {
      this.#run = curve.run;
      this.#count = 0;
      this.least = Infinity;
      this.greatest = 0;
    }
    for (; this.#count < curve.count; this.#count++) {
      this.#take(curve.train[this.#count] as number);
      this.#take(curve.test[this.#count] as number);
    }
    this.#take(train);
    this.#take(test);
  }

  #take(value: number): void {
    if (!Number.isFinite(value)) return;
    if (value > 0 && value < this.least) this.least = value;
    if (value > this.greatest) this.greatest = value;
  }
}

/** The losses of pinned runs and of many starts, and the last epoch of a pinned run. */
export function rangeOf(
  pinned: readonly PinFrame[],
  starts: CurvesFrame | null,
): { least: number; greatest: number; epoch: number } {
  const range = { least: Infinity, greatest: 0, epoch: 0 };
  const take = (value: number): void => {
    if (!Number.isFinite(value) || value <= 0) return;
    range.least = Math.min(range.least, value);
    range.greatest = Math.max(range.greatest, value);
  };
  for (const { count, curve } of pinned) {
    for (let i = 0; i < count; i++) take(curve[3 * i + 2] as number);
    if (count > 0) range.epoch = Math.max(range.epoch, curve[3 * count - 3] as number);
  }
  if (starts !== null) starts.trainLosses.forEach(take);
  // A start that diverged must not press all others against the bottom.
  range.greatest = Math.min(range.greatest, 1e3);
  return range;
}
