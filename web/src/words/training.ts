// The controls of training.

export const training = "Training";
export const play = "Play";
/** On a first visit. */
export const pressPlay = "Press Play to train";
export const pause = "Pause";
export const step = "Step";

export const speed = "Speed";
/** By the name of a speed, short enough to stand in a row. */
export const speeds = { point: "Point", batch: "Batch", epoch: "1×", fast: "8×", max: "Max" };

export const stopExplained =
  "Training pauses automatically at whichever limit is reached first. Leave a field empty to ignore it.";
export const epochExample = "for example 500";
export const lossExample = "for example 0.01";
export const wrongEpoch = "Enter a whole number of at least 1.";
export const wrongLoss = "Enter a number of at least 0.";
export const set = "Set";
export const clear = "Clear limits";
