// A sweep in a notebook.

export const title = "Sweep";
export const over = (settings: string) => `over ${settings}`;
export const runs = (done: string, all: string) => `${done} of ${all} runs`;
export const pace = (perSecond: string) => `${perSecond} per second`;
export const left = (duration: string) => `${duration} left`;
export const lowest = "Lowest loss";
export const lowestSinceResumed = "Lowest loss since resumed";

export const pause = "Pause";
export const resume = "Continue";
export const stop = "Stop";

export const PHASES = {
  running: "",
  paused: "Paused",
  stopping: "Stopping after the runs that are being computed",
  done: "All runs are done",
  stopped: "Stopped",
} as const;
export const failed = (error: string) => `Failed: ${error}`;
export const noKernel = "No kernel is connected. This was its last state.";
export const unreadable = "This notebook does not contain the progress of the sweep. Run the cell to see it.";
