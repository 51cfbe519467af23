// The last picture of a run in a notebook without a kernel.

export const network = (sizes: string) => `Network with layers of ${sizes} neurons, inputs first`;
export const output = "Output of the network over the plane, with the training points";
export const curve = "Training and test loss in the course of training";
export const epoch = "Epoch";
export const steps = "Steps";
export const trainingLoss = "Training loss";
export const testLoss = "Test loss";
export const testAccuracy = "Test accuracy";
