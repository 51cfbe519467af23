// Which field of a frame the large slide shows.

import { winnersOf } from "../field/class-lines";
import { INPUTS, type Place } from "../model/place";
import type { ParameterLayout } from "../network/parameters";
import type { Frame } from "../protocol/frames";

export interface ShownField {
  bytes: Uint8Array;
  cells: number;
  /** Where it begins among the bytes. */
  start: number;
  /** Of three or more classes: which one wins in each cell; then the bytes are the margin. */
  winners: Uint8Array | null;
  /** Whether it is the large field; a small one stands in until that has come. */
  fine: boolean;
}

/**
 * The field of a place, or with `whole` that of the network; `classes` is the number of outputs if they are several.
 * null while there is nothing of it.
 */
export function shownField(
  frame: Frame,
  place: Place,
  whole: boolean,
  classes: number,
  parameters: ParameterLayout,
): ShownField | null {
  const due = whole
    ? !frame.focused && frame.winners.length > 0 === classes > 0
    : frame.focused && frame.focusLayer === place.layer && frame.focusNeuron === place.neuron;
  if (due) {
    const winners = whole && classes > 0 ? frame.winners : null;
    return { bytes: frame.output, cells: frame.outputCells, start: 0, winners, fine: true };
  }
  const cells = frame.neuronCells;
  const field = parameters.field(place.layer, place.neuron);
  if (place.layer === INPUTS || cells === 0 || field + Math.max(1, whole ? classes : 1) > frame.fields) return null;
  const start = field * cells * cells;
  if (!whole || classes === 0) return { bytes: frame.neurons, cells, start, winners: null, fine: false };
  return { ...winnersOf(frame.neurons, start, cells, classes), cells, start: 0, fine: false };
}
