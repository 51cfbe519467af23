// The page as a whole: its bar, its tabs and its time line.

export const undo = (change: string) => `Undo: ${change} (Ctrl Z)`;
export const redo = (change: string) => `Redo: ${change} (Ctrl Shift Z)`;
export const share = "Share";
export const shareHint = "Links for others, pictures, code and files. S copies the address.";
export const shareHintInNotebook = "Links for others, pictures, code and files";
export const theme = "Theme";
export const themeHint = "Switch between dark and light. “More” has “Match system”.";
export const themeHintInNotebook = "Switch between dark and light. “More” has “Match notebook”.";
export const fullScreen = "Network on the full screen";
export const leaveFullScreen = "Leave full screen";

export const parts = "Parts";
export const layers = "Layers";

export const timeLine = "Time line";
export const test = "Test";
export const training = "Training";
export const logScale = "Log scale";
export const logScaleHint =
  "Logarithmic scale: equal distances are equal ratios, so that small losses stay visible. Click for a linear scale.";
export const linearScaleHint = "Linear scale: equal distances are equal differences. Click for a logarithmic scale.";
export const pinRunHint = "Keep this run as it is, to compare it with later ones (P)";
export const lossCurve = "Loss curve";
export const hideCurve = "Hide the loss curve";
export const showCurve = "Show the loss curve, and go back in time";
