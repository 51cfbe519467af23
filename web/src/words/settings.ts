// The settings above the network.

export const learningRate = "Learning rate";
export const activation = "Activation";
/** The activation, where it differs between layers. */
export const mixed = "Mixed";
export const regularization = "Regularization";
export const rate = "Rate";
export const regularizationRate = "Regularization rate";
export const problem = "Problem";
export const removeLayer = "Remove hidden layer";
export const addLayer = "Add hidden layer";
