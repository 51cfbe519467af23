// The strip of dots: one for each start, by its loss, heaped where many have the same.

export interface LossScale {
  low: number;
  high: number;
  /** Where a loss stands from the left, in pixels. */
  x: (loss: number) => number;
  /** Which loss stands there. */
  loss: (x: number) => number;
}

export interface Dot {
  start: number;
  x: number;
  /** How many dots lie below it. */
  rank: number;
}

const TICKS = [1, 2, 5];
const MARGIN = 12;

/** A logarithmic scale that holds all finite losses and the threshold. */
export function lossScale(losses: ArrayLike<number>, threshold: number, width: number): LossScale {
  let least = threshold;
  let most = threshold;
  for (let i = 0; i < losses.length; i++) {
    const loss = losses[i] as number;
    if (!Number.isFinite(loss)) continue;
    least = Math.min(least, Math.max(loss, 1e-6));
    most = Math.max(most, loss);
  }
  const low = least * 0.8;
  const high = most * 1.2;
  const span = Math.log(high / low);
  const room = Math.max(1, width - 2 * MARGIN);
  return {
    low,
    high,
    x: (loss) => MARGIN + (room * Math.max(0, Math.min(span, Math.log(Math.max(loss, low) / low)))) / span,
    loss: (x) => low * Math.exp((span * Math.max(0, Math.min(room, x - MARGIN))) / room),
  };
}

/** The dots in columns of `wide` pixels, counted from the threshold, so that no column straddles it. */
export function dotsOf(
  losses: ArrayLike<number>,
  threshold: number,
  scale: LossScale,
  wide: number,
  order: readonly number[],
): Dot[] {
  const heights = new Map<number, number>();
  const edge = scale.x(threshold);
  return order.map((start) => {
    const loss = losses[start] as number;
    // What diverged lies at the right end.
    const at = Number.isFinite(loss) ? scale.x(loss) : scale.x(scale.high);
    let column = Math.floor((at - edge) / wide);
    if (loss <= threshold && column >= 0) column = -1;
    const rank = heights.get(column) ?? 0;
    heights.set(column, rank + 1);
    return { start, x: edge + (column + 0.5) * wide, rank };
  });
}

/** Round losses for the axis, at least `apart` pixels from each other and from the threshold. */
export function lossMarks(scale: LossScale, threshold: number, apart: number): number[] {
  const marks: number[] = [];
  const first = Math.floor(Math.log10(scale.low));
  const last = Math.ceil(Math.log10(scale.high));
  for (const part of TICKS) {
    for (let decade = first; decade <= last; decade++) {
      const loss = Number((part * 10 ** decade).toPrecision(1));
      if (loss < scale.low || loss > scale.high) continue;
      const x = scale.x(loss);
      if ([threshold, ...marks].every((other) => Math.abs(scale.x(other) - x) >= apart)) marks.push(loss);
    }
  }
  return marks.sort((a, b) => a - b);
}

/** A threshold as it is written and sent: two digits that matter. */
export function niceThreshold(loss: number): number {
  return Number(Math.max(1e-6, loss).toPrecision(2));
}
