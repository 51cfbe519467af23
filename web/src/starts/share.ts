// How many of the many starts made it, and how sure that share is.

/** The 95 % interval of Wilson for a share of `made` of `n`: it holds near 0 and near 1, and for few starts. */
export function wilson(made: number, n: number): [low: number, high: number] {
  if (n === 0) return [0, 1];
  const z = 1.959963984540054;
  const p = made / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / scale;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** How many losses are no larger than the threshold. What is no number has not made it. */
export function madeIt(losses: ArrayLike<number | null>, threshold: number): number {
  let made = 0;
  for (let i = 0; i < losses.length; i++) {
    const loss = losses[i];
    if (loss != null && loss <= threshold) made++;
  }
  return made;
}

/** "48 %, 95 % interval 37–60". */
export function shareText(made: number, n: number): string {
  const [low, high] = wilson(made, n);
  return `${Math.round((100 * made) / Math.max(1, n))}\u2009%, 95\u2009% interval ${Math.round(100 * low)}–${Math.round(100 * high)}`;
}
