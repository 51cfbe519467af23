// Many starts: how many of them succeed.

const plural = (n: number, text: string): string => `${text} ${n === 1 ? "succeeds" : "succeed"}`;

export const progress = (percent: number) => `Many starts ${percent} %`;
export const hint = "Is it the network or luck? Train this experiment from many different initial weights (M)";

export const starts = "Starts";
export const numberOfStarts = "Number of starts";
export const startsHint = "How many times the experiment is trained, each time from different initial weights.";
export const epochs = "Epochs";
export const epochsOfEach = "Epochs of each start";
export const success = "Success: loss below";
export const threshold = "Threshold of the training loss";
export const successHint = "A start succeeds if its training loss is at most this. You can also drag the dashed line.";
export const resample = "Resample data for each start";
export const resampleHint = "Also draw new data for each start, to see whether luck with the data matters.";
export const start = "Start";
export const stop = "Stop";
export const progressOfStarts = "Progress of the starts";
export const order = "Order";
export const orderOfWall = "Order of the wall";
export const byLoss = "By loss";
export const byShape = "By shape";

export const succeed = (n: number) => plural(n, String(n));
export const fail = (n: number) => `${n} ${n === 1 ? "fails" : "fail"}`;
export const succeedOf = (n: number, made: string, all: string) => plural(n, `${made} of ${all}`);
export const share = (percent: number, low: number, high: number) => `${percent} % (95 % interval ${low}–${high} %)`;
export const succeeded = (run: string, made: string, all: string) => `${run}: ${made} of ${all}`;
export const compared = (before: string, now: string) => `${before} · ${now}`;
export const result = (made: number, all: number, threshold: number, compared: string) =>
  `${made} of ${all} starts reach a training loss of ${threshold}. ${compared}`;

export const stripThreshold = "Threshold";
export const trainingLossOf = (loss: string) => `training loss ${loss}`;
export const trainingLoss = "training loss";

export const outputs = "Outputs of the starts";
export const tile = (start: number, loss: string, fails: boolean) =>
  `Start ${start}, training loss ${loss}, ${fails ? "fails" : "succeeds"}`;
export const similar = (n: number, success: string) => `${n} similar, ${success}`;
export const unique = (n: number, success: string) => `${n} unique, ${success}`;
export const itSucceeds = "it succeeds";
export const allSucceed = "all succeed";
export const noneSucceed = "none succeed";

export const runs = (n: string, epochs: string) => `${n} runs of ${epochs} epochs.`;
export const runsFromDifferent = (n: string, epochs: string) =>
  `${n} runs of ${epochs} epochs, each from different initial weights.`;
export const strongCurves = "The strong curves are the current run.";
export const strongCurve = "The strong one is the current run.";
