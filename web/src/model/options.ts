// Options that may have parameters.

import type { Catalog, OptionChoice, OptionFact, OptionObject, State } from "../protocol/messages";

/** The settings that have such options, each with the catalog's list of them. */
export const OPTION_LISTS = {
  optimizer: "optimizers",
  schedule: "schedules",
  loss: "losses",
  initializer: "initializers",
} as const satisfies Record<string, keyof Catalog>;
export type OptionField = keyof typeof OPTION_LISTS;

/** The options to choose from: of the losses only those that fit the problem. */
export function optionsOf(
  catalog: Pick<Catalog, (typeof OPTION_LISTS)[OptionField]>,
  output: Pick<State["output"], "losses">,
  field: OptionField,
): OptionChoice[] {
  const all = catalog[OPTION_LISTS[field]];
  return field === "loss" ? all.filter(({ name }) => output.losses.includes(name)) : all;
}

/** What is chosen for a setting. */
export function chosenOption(options: readonly OptionFact[], field: OptionField): OptionFact | undefined {
  return options.find((option) => option.field === field);
}

/** An option with a value for each of its parameters, as it is sent. */
export function optionWith({ name, parameters }: OptionChoice, values: readonly number[]): OptionObject {
  return { name, ...Object.fromEntries(parameters.map((one, i) => [one.name, values[i] ?? one.default])) };
}

/** The offered numbers, and the present one where it is another. */
export function offeredWith(offered: readonly number[], present: number): number[] {
  return offered.includes(present) ? [...offered] : [...offered, present].sort((a, b) => a - b);
}

/** A drawn value from −1 to 1 as the output that it stands for: −1 is the lowest, 1 the highest. */
export function outputValue({ lowest, highest }: Pick<State["output"], "lowest" | "highest">, drawn: number): number {
  return (lowest + highest) / 2 + (drawn * (highest - lowest)) / 2;
}
