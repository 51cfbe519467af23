// The data: which, how much of it, how noisy.

export const dataset = "Dataset";
export const trainingData = "Training data";
export const noise = "Noise";
export const batchSize = "Batch size";
export const newPoints = "New points";
export const keepWeights = "Keep weights";
export const moreData = "More data";
export const splitAgain = "Split again";
export const splitAgainHint = "Choose other rows for training and test, and begin again.";
