// Where a neuron is, and how many there are.

/** The layer of the inputs: 0 is the first one after them, as everywhere in tinkernet. */
export const INPUTS = -1;

/** A neuron, or with the layer INPUTS an input, by its place among those in use. */
export interface Place {
  layer: number;
  neuron: number;
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && a.layer === b.layer && a.neuron === b.neuron);
}

/** How many neurons a layer has; `sizes` counts the inputs first, as State does. */
export function sizeOf(sizes: readonly number[], layer: number): number {
  return sizes[layer + 1] ?? 0;
}

export function outputLayer(sizes: readonly number[]): number {
  return sizes.length - 2;
}
