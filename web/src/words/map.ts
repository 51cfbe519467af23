// The map of two settings.

export const title = "Map of two settings";
export const menuEntry = "Map of two settings";
export const across = "Across";
export const up = "Up";
export const from = (axis: string) => `${axis}: from`;
export const to = (axis: string) => `${axis}: to`;
export const logarithmic = "log";
export const logarithmicOf = (axis: string) => `${axis}: logarithmic`;
export const epochs = "Epochs";
export const goal = "Stop at loss";
export const goalHint =
  "A run ends when its training loss is at most this. Leave it empty to train each run to the end.";
export const none = "none";
export const colour = "Colour";
export const QUANTITIES = {
  test: "Test loss",
  train: "Training loss",
  accuracy: "Test accuracy",
  epochs: "Epochs until it stops",
} as const;
export const weight = (layer: number, name: string) => `Layer ${layer}: ${name}`;
export const weights = "Initial value of a weight";
export const settings = "Settings";

export const pause = "Pause";
export const resume = "Continue";
export const whole = "Whole map";
export const closer = "Zoom in";
export const wider = "Zoom out";
export const renew = "Map the current network";
export const isOf = (label: string) => `This map is of another network: ${label}.`;

export const done = (pixels: string) => `${pixels} pixels`;
export const progress = (done: string, wanted: string) => `${done} of ${wanted} pixels`;
export const pace = (perSecond: string, left: string) => `${perSecond} per second · ${left} left`;
export const paused = "paused";

export const map = (x: string, y: string) =>
  `Map: ${x} across, ${y} up. Arrow keys move, plus and minus zoom, Enter opens the run.`;
export const hint = "Point at a run to see its decision boundary; click to open it. Drag to move, scroll to zoom.";
export const touchHint = "Tap a run to see its decision boundary. Drag to move, pinch to zoom.";
export const boundary = "Decision boundary of this run";
export const openRun = "Open this run";
export const afterEpochs = (epochs: string) => `after ${epochs} ${epochs === "1" ? "epoch" : "epochs"}`;
export const testLoss = "test loss";
export const trainingLoss = "training loss";
export const testAccuracy = "test accuracy";
export const diverged = "Diverged";
export const unfinished = "Did not stop";
