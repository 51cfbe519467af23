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
  outcome: "Whether it stops",
  diagnosis: "Diagnosis",
} as const;
export const OUTCOMES = ["Did not stop", "Stopped at the loss", "Diverged"];
export const nothingFound = "No finding";
export const sharesOfSight = "Shares of the runs in sight";
export const weight = (layer: number, name: string) => `Layer ${layer}: ${name}`;
export const weights = "Initial value of a weight";
export const settings = "Settings";

export const subject = "Map of";
export const SUBJECTS = { settings: "This network", edge: "The edge of trainability" } as const;
export const neurons = "Neurons";
export const steps = "Steps";
export const aboutEdge = (n: number) =>
  `A separate network: ${n} inputs, ${n} tanh neurons, no biases, ${n * (n + 1)} random points. Each pixel trains it with its own two learning rates, from the same initial weights. The edge between the colours is a fractal (Sohl-Dickstein, 2024).`;
export const rateIn = "Input layer’s rate";
export const rateOut = "Output layer’s rate";
export const rateInAxis = "Learning rate of the input layer";
export const rateOutAxis = "Learning rate of the output layer";
export const lastLoss = "Last loss";
export const timesFirst = (factor: string) => `${factor} × first`;
export const overFirst = "over 10⁶ × first";
export const course = (steps: string) => `Training loss over ${steps} steps`;
export const converged = "Converged";
export const quickly = "quickly";
export const slowly = "slowly";
export const edgeHint = "Point at a pair of learning rates to see its losses. Drag to move, scroll to zoom.";
export const edgeTouchHint = "Tap a pair of learning rates to see its losses. Drag to move, pinch to zoom.";

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
export const testLoss = "Test loss";
export const trainingLoss = "Training loss";
export const testAccuracy = "Test accuracy";
export const diverged = "Diverged";
export const unfinished = "Did not stop";
