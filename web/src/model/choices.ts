// What the catalog says about what an experiment has chosen.

import type { ActivationChoice, Catalog, Experiment, FeatureChoice } from "../protocol/messages";

/** The activation of the hidden neurons. */
export function hiddenActivation(catalog: Catalog, { activation }: Experiment): ActivationChoice | undefined {
  return catalog.activations.find(({ name }) => name === activation);
}

/** The activation of the output neuron, which goes with the problem. */
export function outputActivation(catalog: Catalog, { problem }: Experiment): ActivationChoice | undefined {
  const activation = catalog.problems.find(({ name }) => name === problem)?.activation;
  return catalog.activations.find(({ name }) => name === activation);
}

/** Whether no output of this activation is below 0. */
export function isNeverNegative(activation: ActivationChoice | undefined): boolean {
  return activation?.lowest != null && activation.lowest >= 0;
}

/** The features that are switched on, in the order of the inputs. */
export function inputFeatures(catalog: Catalog, { features }: Experiment): FeatureChoice[] {
  return features.flatMap((name) => catalog.features.filter((feature) => feature.name === name));
}
