// The weights that can be an axis of a map.

import { inputFeatures } from "../model/choices";
import { shortWeightName } from "../network/names";
import type { Catalog, MapWeight, State } from "../protocol/messages";
import * as MAP from "../words/map";

export interface WeightChoice {
  value: string;
  label: string;
  weight: MapWeight;
}

/** More than so many are not offered: a list with thousands of weights helps nobody. */
const MOST = 200;

export function weightChoices(catalog: Catalog, facts: State): WeightChoice[] {
  const { sizes } = facts;
  const symbols = inputFeatures(catalog, facts.experiment).map(({ symbol }) => symbol);
  const found: WeightChoice[] = [];
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    for (let to = 0; to < (sizes[layer + 1] ?? 0); to++) {
      for (let from = 0; from < (sizes[layer] ?? 0); from++) {
        if (found.length === MOST) return found;
        found.push({
          value: `w:${layer}:${to}:${from}`,
          label: MAP.weight(layer + 1, shortWeightName({ layer, to, from }, sizes, symbols)),
          weight: { layer, to, from },
        });
      }
    }
  }
  return found;
}
