// What is said of a goal's rows.

import type { GoalRow } from "../protocol/messages";

/** Groups that are nested more deeply than this are not moved further to the right. */
export const deepest = 3;

/** How many characters each row's number may need: its longest so far, in a list that has the same rows. */
export function grown(before: readonly number[], rows: readonly GoalRow[]): readonly number[] {
  return rows.map(({ measured }, i) => Math.max(before[i] ?? 0, measured.length));
}

/** How many things there are to reach, and how many of them are reached: a group counts as one. */
export function counted(rows: readonly GoalRow[]): { met: number; all: number } {
  const outer = rows.filter(({ depth }) => depth === 0);
  return { met: outer.filter(({ met }) => met).length, all: outer.length };
}
