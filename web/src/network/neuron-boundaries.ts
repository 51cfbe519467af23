// Where each neuron of the first hidden layer changes: the zero lines of its sum over the plane.

import { bytesOf } from "../field/strip";
import { contour, type Pen } from "../field/contour";
import { sizeOf } from "../model/place";
import type { FeatureChoice } from "../protocol/messages";
import type { ParameterLayout } from "./parameters";

/** More neuron boundaries than this hide what they explain. */
const MOST = 48;

/** The features' values at the middle of each cell, from the top left on; a single one is the same everywhere. */
export interface FeatureGrids {
  cells: number;
  values: readonly Float32Array[];
}

export function featureGrids(features: readonly FeatureChoice[]): FeatureGrids {
  return {
    cells: Math.max(0, ...features.map(({ grid_cells }) => grid_cells)),
    values: features.map(({ grid }) => new Float32Array(bytesOf(grid).buffer)),
  };
}

let sum = new Float64Array(0);

/** Draws the neuron boundaries into a square of `size`; without a hidden layer there are none. */
export function drawNeuronBoundaries(
  pen: Pen,
  { cells, values: grids }: FeatureGrids,
  layout: ParameterLayout,
  parameters: Float64Array,
  size: number,
): void {
  if (layout.sizes.length < 3) return;
  if (sum.length !== cells * cells) sum = new Float64Array(cells * cells);
  for (let neuron = 0; neuron < Math.min(MOST, sizeOf(layout.sizes, 0)); neuron++) {
    sum.fill(parameters[layout.bias(0, neuron)] ?? 0);
    grids.forEach((grid, i) => {
      const weight = parameters[layout.weight(0, neuron, i)] ?? 0;
      if (weight === 0) return;
      const same = grid.length === 1 ? (grid[0] as number) : null;
      if (same !== null) for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + weight * same;
      else for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + weight * (grid[k] as number);
    });
    contour(pen, sum, cells, size, 0);
  }
}
