// The loss curve and time travel.

export const lossOverEpochs = "Loss over epochs";
/** Numbers as they are read out. */
export const description = (epoch: number, test: string, training: string) =>
  `Loss over epochs. At epoch ${epoch}: test loss ${test}, training loss ${training}.`;
export const pointed = (epoch: string, test: string, training: string) =>
  `epoch ${epoch}   test ${test}   training ${training}`;
export const threshold = (loss: number) => `threshold ${loss}`;

export const earlierEpoch = (epoch: string, present: string) => `epoch ${epoch} of ${present}`;
export const latestEpoch = (epoch: string) => `epoch ${epoch}, the latest`;
export const dragHint = "Drag or use the arrow keys to see the run at an earlier epoch.";

export const viewingEpoch = "Viewing epoch";
export const latestIs = (epoch: string) => `; the latest is ${epoch}.`;
export const branch = "Play or change something to branch from here.";
export const returnToLatest = "Return to the latest epoch";
export const returnShort = "Return";
export const returnHint = "Show the run as it is now.";
