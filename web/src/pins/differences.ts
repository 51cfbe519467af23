// What differs between two runs, in words.

import type { DifferenceFact } from "../protocol/messages";
import * as PINS from "../words/pins";

function side({ name, names_itself }: DifferenceFact, value: string): string {
  return names_itself ? value : PINS.setting(name, value);
}

/** What each side of a comparison is called: "Tanh" and "ReLU", "learning rate 0.03" and "learning rate 0.1". */
export function sides(differences: readonly DifferenceFact[]): [before: string, now: string] {
  return [
    differences.map((each) => side(each, each.before)).join(", ") || PINS.before,
    differences.map((each) => side(each, each.after)).join(", ") || PINS.now,
  ];
}

/** All differences, as "activation: Tanh → ReLU, noise: 0 → 20". */
export function listed(differences: readonly DifferenceFact[]): string {
  return differences.map(({ name, before, after }) => PINS.difference(name, before, after)).join(", ");
}
