// Pinned runs, and what differs between two runs.

export const pinned = (n: number) => (n > 1 ? `${n} pinned` : "Pinned");
export const pinnedRuns = (n: number) => `Pinned runs: ${n}`;
export const pinnedRunsHint = "Pinned runs, shown as dotted curves. Click to compare, open or unpin them.";

export const sameSettings = "Same settings as the current run";
export const epoch = (epoch: string) => `epoch ${epoch}`;
export const test = "test";
export const training = "training";
export const open = (pin: string) => `Open ${pin}`;
export const openHint = "Swap this pinned run and the current run.";
export const unpin = (pin: string) => `Unpin ${pin}`;
export const none = "None yet. Press “Pin run” to keep a run and compare it with later ones.";
export const trainTogether = "Train together with the current run";
export const trainTogetherHint = "Train pinned runs for as many epochs as the current run.";

export const setting = (name: string, value: string) => `${name} ${value}`;
export const difference = (name: string, before: string, after: string) => `${name}: ${before} → ${after}`;
export const before = "before";
export const now = "now";
