// What the page says while a program in Python trains the network.

export const trainedFromPython = "Trained from Python";
export const steps = "Steps";
export const hint =
  "A program in Python trains this network; here you can look, but not change it. Pictures and losses are computed by tinkernet. The cost is the processor time for that, as a share of one core over the last second; without an open page it is zero.";
export const stepsAndCost = (steps: string, cost: string) => `${steps} steps/s, cost ${cost}`;
export const resting = "no steps now";
