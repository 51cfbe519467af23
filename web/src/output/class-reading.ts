// What is under the pointer in the large slide.

import { probabilitiesAt, winnerProbability } from "../field/class-lines";
import type { Frame } from "../protocol/frames";

/** The class that wins at a place, and its probability. */
export interface ReadClass {
  index: number;
  probability: number;
}

export interface ReadAt {
  x: number;
  y: number;
  /** As it is drawn: from −1 to 1; a probability or a margin from 0. */
  value: number;
  /** With the classes shown. */
  of: ReadClass | null;
}

/**
 * The winner and its probability: from its margin, which is known finely, and what the small fields of the outputs,
 * from `small` on, leave for those after the two largest. `across` and `down` are shares of the slide's side.
 */
export function readClass(
  frame: Pick<Frame, "neurons" | "neuronCells" | "fields">,
  small: number,
  classes: number,
  winner: number,
  margin: number,
  across: number,
  down: number,
): ReadClass {
  const cells = frame.neuronCells;
  if (cells === 0 || small + classes > frame.fields) return { index: winner, probability: margin };
  const all = probabilitiesAt(frame.neurons, small * cells * cells, cells, classes, across, down);
  const others = all.filter((_, index) => index !== winner).sort((a, b) => b - a);
  const rest = others.slice(1).reduce((sum, one) => sum + one, 0);
  return { index: winner, probability: winnerProbability(margin, rest) };
}
