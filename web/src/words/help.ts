// Help: how to play, and what each key does.

import * as TERMS from "./terms";

export const title = "Help and keys";
export const watch =
  "Press Play and watch the network learn. Each small square shows the output of one neuron at every position: orange is negative, blue is positive, pale is close to 0; with more than two classes, each output neuron has the colour of its class. A line is a weight: thick is large, dashed is negative. The bar under a neuron is its bias.";
export const look =
  "Point at a neuron to enlarge it and see its formula; click it to select it. Click a line or a bar to edit a weight or a bias.";
export const compare =
  "Drag the epoch on the time line to go back in time; press Play there to branch. The line above the loss curve says what is wrong and what to try. “Pin run” keeps a run to compare with. “Many starts” shows whether a result is due to the network or to luck.";
export const showCalloutsAgain = "Show the first-visit call-outs again";
/** Before, between and after the two addresses. */
export const licence = (version: string) => `tinkernet ${version}, open source under the Apache-2.0 licence:`;
export const address = "github.com/tinkernet/tinkernet";
export const follows = ". It follows";
export const originalAddress = "playground.tensorflow.org";
export const authors = "by Daniel Smilkov and Shan Carter. The typeface is Inter, under the SIL Open Font License.";

export const keys = [
  { keys: "Space", words: "Play or pause" },
  { keys: "→", words: "Step: one epoch, batch or point, as the speed says" },
  { keys: "R", words: "Reset: new initial weights, same data" },
  { keys: "Shift R", words: "Rewind: back to epoch 0 with the same initial weights" },
  { keys: "N", words: "Resample the data" },
  { keys: "1 … 5", words: "Speed, from one point at a time to the maximum" },
  { keys: "T", words: TERMS.showTestData },
  { keys: "D", words: TERMS.discretize },
  { keys: "Ctrl Z", words: TERMS.undo },
  { keys: "Ctrl Shift Z", words: TERMS.redo },
  { keys: "Ctrl V", words: "Read a table that was copied in a spreadsheet" },
  { keys: "Arrows", words: "Move between neurons, when one has the keyboard focus" },
  { keys: "Enter", words: "Select that neuron; Tab moves to its weights and bias" },
  { keys: "Esc", words: "Leave a neuron, or close what is open" },
  { keys: "S", words: "Copy the address" },
  { keys: "O", words: TERMS.openLink },
  { keys: "P", words: "Pin the run, to compare it with later ones" },
  { keys: "M", words: "Many starts: is it the network or luck?" },
  { keys: "F", words: "Neuron boundaries: where each first-layer neuron is 0" },
  { keys: "← → Home End", words: "Move through time, when the epoch on the time line has the keyboard focus" },
  { keys: "B", words: "Paint points; the plane then lists its own keys to screen readers" },
  { keys: "L", words: "Lessons, and what this is" },
  { keys: "I", words: "Copy a picture" },
  { keys: "C", words: "Copy Python code" },
  { keys: "?", words: "This help" },
];
