// Where each neuron of the first hidden layer changes: the zero lines of its sum over the plane.

import { contour, type Pen } from "../field/contour";
import type { ParameterLayout } from "./parameters";

/** What each feature makes of a point, by its name on the wire. */
const FEATURES: Record<string, (x: number, y: number) => number> = {
  x: (x) => x,
  y: (_, y) => y,
  xSquared: (x) => x * x,
  ySquared: (_, y) => y * y,
  xTimesY: (x, y) => x * y,
  sinX: (x) => Math.sin(x),
  sinY: (_, y) => Math.sin(y),
};

const CELLS = 48;
/** More folds than this hide what they explain. */
const MOST = 48;
const EDGE = 6;

const sampled = new Map<string, Float64Array>();

/** A feature at the middle of each cell, from the top left on; null for one that is not known here. */
function samples(name: string): Float64Array | null {
  const known = sampled.get(name);
  if (known !== undefined) return known;
  const feature = FEATURES[name];
  if (feature === undefined) return null;
  const values = Float64Array.from({ length: CELLS * CELLS }, (_, i) => {
    const x = (((i % CELLS) + 0.5) / CELLS) * 2 * EDGE - EDGE;
    return feature(x, EDGE - ((Math.floor(i / CELLS) + 0.5) / CELLS) * 2 * EDGE);
  });
  sampled.set(name, values);
  return values;
}

const sum = new Float64Array(CELLS * CELLS);

/** Draws the folds into a square of `size`; without a hidden layer there are none. */
export function drawFolds(
  pen: Pen,
  features: readonly string[],
  parameters: ParameterLayout,
  values: Float64Array,
  size: number,
): void {
  const fields = features.map(samples);
  if (parameters.sizes.length < 3) return;
  for (let neuron = 0; neuron < Math.min(MOST, parameters.sizes[1] ?? 0); neuron++) {
    sum.fill(values[parameters.bias(0, neuron)] ?? 0);
    fields.forEach((field, i) => {
      const weight = values[parameters.weight(0, neuron, i)] ?? 0;
      if (field === null || weight === 0) return;
      for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + weight * (field[k] as number);
    });
    contour(pen, sum, CELLS, size, 0);
  }
}
