// How far the axis of epochs reaches, with room for the forecast.

import type { Goal } from "../model/goal";
import { epochEnd } from "./axes";

/** How far the axis should reach: to the goal, unless that would press the run into a corner; then a bit beyond the run. */
export function forecastReach(present: number, goal: Goal | null): number {
  if (goal === null || goal.epoch <= present) return present;
  return goal.epoch <= 2 * present + 10 ? goal.epoch : 1.2 * present;
}

/** The end of the axis: as it was while what is wanted fits and does not leave more than half of it empty. */
export function steadyEnd(before: number, wanted: number): number {
  if (before > 0 && wanted * 1.02 <= before && wanted > 0.45 * before) return before;
  return epochEnd(wanted);
}
