// The loss that training leads to: held steady while the diagnosis changes its estimate twice a second.

import type { FindingFact } from "../protocol/messages";

export interface Goal {
  /** The epoch at which the loss would be reached at this pace. */
  epoch: number;
  loss: number;
}

const EASE = 0.5;
/** A goal that moves by more than this share is another promise: eased, it would contradict the words beside it. */
const ANOTHER = 1 / 4;

/**
 * The goal to show after a new estimate. The same loss: its epoch goes half of the way, unless that is far.
 * Another loss, or another run (`before` null): it is taken as it is.
 */
export function steadied(before: Goal | null, next: Goal | null): Goal | null {
  if (next === null || before === null || before.loss !== next.loss) return next;
  if (Math.abs(next.epoch - before.epoch) > ANOTHER * next.epoch) return next;
  return { loss: next.loss, epoch: before.epoch + EASE * (next.epoch - before.epoch) };
}

/** The epochs that are left and the loss they lead to, where a finding says so. */
export function promise(findings: readonly FindingFact[]): { left: number; loss: number } | null {
  for (const { evidence } of findings) {
    const { epochs_left: left, goal } = evidence;
    if (left != null && goal != null && left > 0 && goal > 0) return { left, loss: goal };
  }
  return null;
}
