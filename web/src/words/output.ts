// The output, and what a single neuron does.

export const testLoss = "Test loss";
export const testAccuracy = "Test accuracy";
export const ofNetwork = "Output of the network over the plane, with the points";
export const ofNeuron = "Output of this neuron over the plane, with the points";
export const negative = "negative";
export const positive = "positive";
/** Of the output: of the second class, where that has a name. */
export const probability = (of: string | undefined) => (of === undefined ? "probability" : `probability of “${of}”`);
/** Before the name of a class. */
export const probabilityOf = "probability of";
/** A class and its probability at a place. */
export const classAt = (of: string, probability: string) => `${of}: ${probability}`;
export const classes = "Classes";
export const outputOf = (output: number, n: number) => `Output ${output} of ${n}`;
export const accuracyOfClasses = "The share of points whose class has the largest output.";
/** Of a regression. */
export const discretizeNumbers = "Show only whether the prediction is above or below the middle.";
export const testData = "Test data";
export const boundariesHint = "Dotted lines where each first-layer neuron is 0 (F)";

export const switchedOffInput = "Input, switched off";
export const neuronOf = (neuron: number, n: number, layer: number) => `Neuron ${neuron} of ${n}, layer ${layer}`;
export const ofThisNeuron = "Output of this neuron";
export const escape = "Esc";
export const whatItDoes = "What it does";

export const moreTerms = (n: number) => `${n} more`;
export const diverged = "Training diverged:";
export const divergedMeans = "its weights are too large to compute with.";
/** What a neuron computes, around the words that are explained; what the activation does follows. */
export const formula = {
  each: "Each",
  input: "input",
  timesIts: "times its",
  weight: "weight",
  plusThe: ", plus the",
  bias: "bias",
};
export const neuronOfLayerIs = (layer: number) => `is neuron 1 of layer ${layer}.`;

export const classifies = "on its own classifies";
export const classifiesHint =
  "The share of training points that one threshold on its output classifies correctly, at best.";
export const separates = (name: string): string => `on its own separates “${name}”:`;
export const separatesHint =
  "How well one threshold on its output separates this class from the others: the mean of the shares of both that are on the right side. 50 % is a coin.";
export const trainingLoss = "training loss";
export const withoutIt = ", without it";
export const switchedOn = "Switched on";
export const switchedOnHint = "Switch off to see the network without it.";
export const freeze = "Freeze";
export const freezeHint = "Keep its weights and bias fixed while the rest learns.";
export const freezeLayer = "Freeze layer";
export const freezeLayerHint = "Keep the weights and biases of its whole layer fixed.";
export const boundariesOfNeuronHint =
  "Dotted lines where each first-layer neuron is 0: the decision boundary is built from them (F)";
