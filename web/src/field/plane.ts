// The plane that is shown: [−EDGE, EDGE]², with y upwards, as shares of a square with y downwards.

import { EDGE } from "../protocol/frames";

const SIDE = 2 * EDGE;

/** Where x is, from 0 at the left to 1 at the right. */
export function across(x: number): number {
  return (x + EDGE) / SIDE;
}

/** Where y is, from 0 at the top to 1 at the bottom. */
export function down(y: number): number {
  return (EDGE - y) / SIDE;
}

/** The x at a share of the way from the left. */
export function xAt(share: number): number {
  return share * SIDE - EDGE;
}

/** The y at a share of the way from the top. */
export function yAt(share: number): number {
  return EDGE - share * SIDE;
}

/** Where axes are marked. */
export const TICKS = [-EDGE, -EDGE / 2, 0, EDGE / 2, EDGE];

export { EDGE };
