// The losses of one pair of learning rates as a line, from the first step to the last; by factors.

/** The least range of the losses: a line that hardly changes is shown as level. */
const [LOW, HIGH] = [0.1, 10];
const MARGIN = 6;

export interface Course {
  /** As in the `points` of an SVG polyline. */
  points: string;
  /** Where the first loss is, which is 1. */
  first: number;
}

/** The line in a square of so many pixels; losses are relative to the first, and positive. */
export function courseOf(losses: ArrayLike<number>, size: number): Course {
  const logs = Array.from(losses, (loss) => Math.log10(Math.max(loss, Number.MIN_VALUE)));
  const low = Math.min(Math.log10(LOW), ...logs.filter(Number.isFinite));
  const high = Math.max(Math.log10(HIGH), ...logs.filter(Number.isFinite));
  const up = (log: number): number => size - MARGIN - ((log - low) / (high - low)) * (size - 2 * MARGIN);
  const across = (step: number): number => MARGIN + (step / Math.max(1, logs.length - 1)) * (size - 2 * MARGIN);
  return {
    points: logs.map((log, step) => `${across(step).toFixed(1)},${up(log).toFixed(1)}`).join(" "),
    first: up(0),
  };
}
