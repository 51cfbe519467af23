// Where a neuron is.

/** Where a neuron is, seen from the whole network. */
export interface Place {
  layer: number;
  neuron: number;
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && a.layer === b.layer && a.neuron === b.neuron);
}
