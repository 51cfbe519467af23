// The forecast on the time line: held steady while the diagnosis changes its mind twice a second.

import { epochEnd } from "./axes";

export interface Goal {
  /** The epoch at which the loss would be reached at this pace. */
  epoch: number;
  loss: number;
}

const EASE = 0.5;
/** A goal that moves by more than this share is another promise: eased, it would contradict the words beside it. */
const ANOTHER = 1 / 4;

/**
 * The goal that is shown after a new one is told. The same loss: its epoch goes half of the way, unless that is far.
 * Another loss, or another run (`before` null): it is taken as it is.
 */
export function steadied(before: Goal | null, told: Goal | null): Goal | null {
  if (told === null || before === null || before.loss !== told.loss) return told;
  if (Math.abs(told.epoch - before.epoch) > ANOTHER * told.epoch) return told;
  return { loss: told.loss, epoch: before.epoch + EASE * (told.epoch - before.epoch) };
}

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
