// The settings above the network.

export const learningRate = "Learning rate";
export const activation = "Activation";
export const regularization = "Regularization";
export const rate = "Rate";
export const regularizationRate = "Regularization rate";
export const problem = "Problem";
export const removeLayer = "Remove hidden layer";
export const addLayer = "Add hidden layer";
