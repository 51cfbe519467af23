// How the run is. What the diagnosis finds is written by Python.

export const diagnosis = "Diagnosis";
export const confidence = "Confidence";
export const why = "Why?";
export const tryHint = "Pins this run and starts a new one with this change. Undo brings this run back.";
export const evidenceHint = (others: number) =>
  others > 0 ? `The evidence, and ${others} other ${others === 1 ? "finding" : "findings"}` : "The evidence";

export const diverged = "Training diverged: a weight or the loss has overflowed. Try a smaller learning rate.";
export const divergedOnly = "Training diverged.";
export const training = "Training";
export const trainingAt = (epochs: string) => `Training, ${epochs} epochs per second`;
export const pausedIn = (epoch: string, points: number, counted: string) =>
  `Paused in epoch ${epoch}, after ${counted} ${points === 1 ? "point" : "points"}`;
export const pausedAt = (epoch: string) => `Paused at epoch ${epoch}`;
export const ready = "Ready.";
export const readyToTrain = "Ready. Press Play to train.";

export const welcome = "Press Play and watch a neural network learn.";
export const welcomeClassification = "It will learn to separate the orange points from the blue ones.";
export const welcomeClasses = (n: number) => `It will learn to separate the points of ${n} classes.`;
export const welcomeRegression = "It will learn to predict the colour of every point.";

export const connectionLost = "Connection lost.";
export const reconnecting = "Reconnecting… Training continues while the server runs.";
export const tryOnceBack = "The connection to tinkernet is lost. Try again once it is back.";
export const moreRemarks = (n: number) => `${n} more`;
export const dismiss = "Dismiss";
