// The edge of trainability: cells are shaded by rank, so that all shades are equally frequent among those in sight.

import type { EdgeTile } from "../protocol/frames";

/** The values at equal steps of rank, ascending: below 0 where training has converged, above where it has not. */
export interface Ranks {
  converged: readonly number[];
  diverged: readonly number[];
}

const STEPS = 32;
/** The shade that is nearest to 0: on both sides of the edge a colour is left. */
export const PALEST = 0.25;

export function ranksOf(tiles: Iterable<EdgeTile>): Ranks {
  const values = [...tiles].flatMap((tile) => [...tile.values]).sort((a, b) => a - b);
  const first = values.findIndex((value) => value > 0);
  const split = first < 0 ? values.length : first;
  return { converged: quantiles(values.slice(0, split)), diverged: quantiles(values.slice(split)) };
}

function quantiles(values: number[]): number[] {
  const last = values.length - 1;
  const steps = Math.min(STEPS, last);
  if (steps < 1) return values;
  return Array.from({ length: steps + 1 }, (_, i) => values[Math.round((i / steps) * last)] as number);
}

/** The shade of a value: 1 … PALEST where training has converged, −PALEST … −1 where it has not, slowest outermost. */
export function shadeOf({ converged, diverged }: Ranks, value: number): number {
  if (value < 0) return 1 - (1 - PALEST) * rankIn(converged, value);
  return -PALEST - (1 - PALEST) * rankIn(diverged, value);
}

/** Where a value stands among ascending ones, from 0 to 1. */
function rankIn(known: readonly number[], value: number): number {
  let [low, high] = [0, known.length - 1];
  if (high < 1) return 0.5;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((known[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const [from, to] = [known[low] as number, known[high] as number];
  const within = to > from ? (value - from) / (to - from) : 0;
  return Math.max(0, Math.min(1, (low + within * (high - low)) / (known.length - 1)));
}
