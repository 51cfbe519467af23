// What can be passed on to others.

export const title = "Share";
export const takeAlong = "Pictures, code and files";
export const command = "Command";
export const commandUse = "For anyone who has tinkernet: run it in a terminal. It opens exactly this page.";
export const commandCopied = "Command copied. It opens this experiment for anyone who has tinkernet.";
export const bookmark = "Bookmark";
export const bookmarkUse = "For yourself: it opens on this computer, in this browser, while tinkernet is running.";
export const bookmarkCopied = "Address copied. It opens on this computer while tinkernet is running.";
export const original = "TensorFlow Playground link";
export const originalUse =
  "For everyone: it opens this experiment on playground.tensorflow.org, with nothing to install.";
export const originalCopied = "Link copied. It opens this experiment on playground.tensorflow.org.";
export const saveRun = 'run.save("run.tinkernet")';
export const copyNamed = (name: string) => `Copy: ${name}`;
/** Before `saveRun`. */
export const holdsSettings =
  "These hold the settings, not the trained weights. To pass on a trained run, copy its Python code and add";
export const selectInstead = "The browser did not allow copying: select the text and copy it.";

export const linkCopied =
  "Link copied. It opens on this computer while tinkernet is running; “Share” has what others can open.";
/** `shown` is the number as it is written. */
export const withPoints = (shown: string) => `It holds the points, so it has ${shown} characters.`;
export const withoutPoints =
  "The points are too many for a link: to open it, the file with the data is needed, too. A run that is saved in Python holds them.";
export const notCopied = "The browser did not allow copying. The address is in the address bar.";

export const linkExplained =
  "A link of tinkernet or of playground.tensorflow.org. It opens with the same points and the same initial weights.";
export const link = "Link";
export const pasteHere = "Paste the link here";

export const pythonOfRun = "Python code of this run";
export const pythonCode = "Python code";
/** Before and after `saveRun`. */
export const trainsAgain = "It trains this run again, to the same weights. Add";
export const keepsThem = "to keep them in a file.";
export const copied = "Copied.";
export const saveAsFile = "Save as a file";

export const openAgainWith = "Open this again with";
export const dataWanted =
  "This link names data that it does not hold. Open the file with this data: then the link is opened, too.";
