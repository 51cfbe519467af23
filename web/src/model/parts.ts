// The parts of the page, and the controls that a link can hide from each: a part without any is not headed, and has no tab.

export const DATA_CONTROLS = ["dataset", "percTrainData", "noise", "batchSize", "newPoints"];
export const SETTINGS_CONTROLS = [
  "learningRate",
  "activation",
  "regularization",
  "regularizationRate",
  "problem",
  "numHiddenLayers",
  "moreSettings",
];

/** Whether any of these is shown. */
export function showsAny(controls: readonly string[], hides: (control: string) => boolean): boolean {
  return controls.some((control) => !hides(control));
}
