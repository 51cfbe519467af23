// The network for other libraries.

export const title = "Export network";
export const target = "Library or format";
export const withTraining = "With the training";
export const trainingHint = "Trains the network again, with the same losses.";
/** `bytes` is the number as it is written. */
export const file = (name: string, bytes: string) => `${name}, ${bytes} bytes`;
export const text = "The exported network";
