// How many of the many starts succeed, and how sure that share is.

import type { WallFrame } from "../protocol/frames";
import * as STARTS from "../words/starts";

/** How many losses are no larger than the threshold. NaN has not succeeded. */
export function succeeded(losses: ArrayLike<number | null>, threshold: number): number {
  let count = 0;
  for (let i = 0; i < losses.length; i++) {
    const loss = losses[i];
    if (loss != null && loss <= threshold) count++;
  }
  return count;
}

/** "48 %, 95 % interval 37–60". */
export function shareText(count: number, { n, intervals }: Pick<WallFrame, "n" | "intervals">): string {
  const percent = (share: number): number => Math.round(100 * share);
  const [low = 0, high = 1] = intervals.subarray(2 * count, 2 * count + 2);
  return STARTS.share(percent(count / Math.max(1, n)), percent(low), percent(high));
}
