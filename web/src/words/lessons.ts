// Lessons beside the playground. A lesson's own text comes from its file.

export const minutes = (n: number) => `${n} ${n === 1 ? "minute" : "minutes"}`;
export const stepsDone = (done: number, all: number) => `${done} of ${all} ${all === 1 ? "step" : "steps"} done`;
export const finished = "Finished";
export const openNow = "Open now";
export const none = "There are no lessons.";

export const step = "Step";
export const stepOf = (step: number, all: number) => `Step ${step} of ${all}`;
export const stepTitle = (step: number, title: string, done: boolean) => `${step}. ${title}${done ? " ✓" : ""}`;
export const problem = "The lesson’s file has an error.";
export const problemMeans = "Below are the steps from before.";
export const loading = "Opening the lesson…";

export const goal = "Goal";
export const met = "Met:";
export const notMet = "Not met:";
export const now = "now";
export const goals = (met: number, all: number) => `${met} of ${all} ${all === 1 ? "goal" : "goals"}`;
export const done = "Done.";
export const hint = "Hint";

export const right = "Right.";
export const wrong = "Wrong.";

export const next = "Next";
export const finish = "Finish";
export const again = "Start this step again";
export const leave = "Leave the lesson";
export const lastStep = "This is the last step.";
export const end = "You have finished this lesson.";
export const nextLesson = "Next lesson";
