// The widget in a notebook where no kernel answers: its last picture.

export const runCell = "Run the cell to play.";
export const picture = "Output of the network over the plane, with the training points";
export const curve = "Training and test loss by epoch";
export const epoch = "Epoch";
export const trainingLoss = "Training loss";
export const testLoss = "Test loss";
export const testAccuracy = "Test accuracy";
export const tooOld = "This browser is too old to show the page.";
