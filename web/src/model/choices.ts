// What the catalog says about what an experiment has chosen.

import type { ActivationChoice, Catalog, Setup, FeatureChoice, State } from "../protocol/messages";
import { outputLayer } from "./place";

/** The activation of each hidden layer, by name. */
export function activationsByLayer({ activation, hidden }: Pick<Setup, "activation" | "hidden">): string[] {
  return typeof activation === "string" ? hidden.map(() => activation) : activation;
}

/** The activation of a layer's neurons; that of the output goes with problem and loss. */
export function activationOf(
  catalog: Pick<Catalog, "activations">,
  { experiment, output, sizes }: Pick<State, "experiment" | "output" | "sizes">,
  layer: number,
): ActivationChoice | undefined {
  if (layer === outputLayer(sizes)) return output.activation;
  const wanted = activationsByLayer(experiment)[layer];
  return catalog.activations.find(({ name }) => name === wanted);
}

/** The names of the classes that have an output neuron each; none for a single output. */
export function classesOf({ output }: Pick<State, "output">): readonly string[] {
  return output.draws === "classes" ? output.classes : [];
}

/** Whether no output of this activation is below 0. */
export function isNeverNegative(activation: ActivationChoice | undefined): boolean {
  return activation?.lowest != null && activation.lowest >= 0;
}

/** The features that are switched on, in the order of the inputs. */
export function inputFeatures(catalog: Catalog, { features }: Setup): FeatureChoice[] {
  return features.flatMap((name) => catalog.features.filter((feature) => feature.name === name));
}
