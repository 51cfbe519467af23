// The keyboard: one table, which is also what the help panel shows.

import type { Panel } from "./panels";
import type { Speed } from "../protocol/messages";
import type { Playground } from "../model/playground.svelte";

export interface Shortcut {
  keys: string;
  words: string;
}

export const SHORTCUTS: Shortcut[] = [
  { keys: "Space", words: "Play or pause" },
  { keys: "→", words: "Step: one epoch, or one batch or point in slow motion" },
  { keys: "R", words: "Reset: new weights, same data" },
  { keys: "Shift R", words: "Rewind: the very same weights again" },
  { keys: "N", words: "New points" },
  { keys: "1 … 5", words: "Speed, from point by point to full speed" },
  { keys: "T", words: "Show test data" },
  { keys: "D", words: "Discretize" },
  { keys: "Ctrl Z", words: "Undo" },
  { keys: "Ctrl Shift Z", words: "Redo" },
  { keys: "Arrows", words: "From neuron to neuron, when one has the keyboard's focus" },
  { keys: "Enter", words: "Focus on that neuron; its weights and bias follow with Tab" },
  { keys: "Esc", words: "Back from a neuron, or close what is open" },
  { keys: "S", words: "Share: copy the link" },
  { keys: "O", words: "Open a link" },
  { keys: "P", words: "Pin the run, to compare it with what comes" },
  { keys: "M", words: "Many starts: is it luck?" },
  { keys: "F", words: "Folds: where each neuron of the first layer changes" },
  { keys: "← → Home End", words: "Through time, when the play head has the keyboard's focus" },
  { keys: "I", words: "Copy a picture (image)" },
  { keys: "C", words: "Copy the Python of this run" },
  { keys: "?", words: "This help" },
];

const SPEEDS: Speed[] = ["point", "batch", "epoch", "fast", "max"];

/** Firefox clicks a button when the space key goes up: not when the key has done something else. */
let spaceIsTaken = false;

export function keyUp(event: KeyboardEvent): void {
  if (event.key !== " " || !spaceIsTaken) return;
  spaceIsTaken = false;
  event.preventDefault();
}

/** Follows a key, unless it belongs to the control that has the focus. */
export function keys(event: KeyboardEvent, playground: Playground, panelOpen: boolean, open: (panel: Panel) => void, share?: () => void): void {
  if (panelOpen || event.defaultPrevented) return;
  const target = event.target as HTMLElement;
  const typing = target.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]");
  if (event.ctrlKey || event.metaKey) {
    if (typing || event.altKey) return;
    if (event.key.toLowerCase() === "z") (event.shiftKey ? playground.redo : playground.undo)();
    else if (event.key.toLowerCase() === "y") playground.redo();
    else return;
    event.preventDefault();
    return;
  }
  if (typing || event.altKey) return;
  if (event.key === "Escape") {
    if (playground.insight.drawer) playground.insight.drawer = false;
    else if (playground.wholeNetwork) playground.wholeNetwork = false;
    else if (playground.focused !== null) playground.focus(playground.focused);
    return;
  }
  if (belongs(event.key, target)) return;
  const act = action(event, playground, open, share);
  if (act === undefined) return;
  act();
  spaceIsTaken = event.key === " ";
  event.preventDefault();
}

function belongs(key: string, target: HTMLElement): boolean {
  if (target.matches("select")) return key !== "?";
  const moves = key.startsWith("Arrow");
  if (moves) return target.matches("input, [role=slider], [role=tab], [role=menuitem]");
  // A button that was only clicked does not keep the space key: then it plays.
  return key === " " && target.matches("button:focus-visible, input:focus-visible, [role=button]:focus-visible");
}

function action(event: KeyboardEvent, playground: Playground, open: (panel: Panel) => void, share?: () => void): (() => void) | undefined {
  const view = playground.state?.view;
  switch (event.key) {
    case " ": return playground.hides("playButton") ? undefined : playground.toggle;
    case "ArrowRight": return playground.hides("stepButton") ? undefined : playground.step;
    case "r": return playground.hides("resetButton") ? undefined : playground.reset;
    case "R": return playground.hides("resetButton") ? undefined : playground.rewind;
    case "n": return playground.newPoints;
    case "t": return view && (() => playground.changeView({ show_test_data: !view.show_test_data }));
    case "d": return view && (() => playground.changeView({ discretize: !view.discretize }));
    case "o": return () => open("link");
    case "p": return playground.insight.pin;
    case "m": return playground.toggleMany;
    case "f": return () => (playground.insight.folds = !playground.insight.folds);
    case "i": return () => open("picture");
    case "c": return () => { playground.code = null; playground.askCode(); open("code"); };
    case "s": return share;
    case "?": return () => open("help");
    case "1": case "2": case "3": case "4": case "5": {
      const speed = SPEEDS[Number(event.key) - 1];
      return speed && (() => playground.speed(speed));
    }
    default: return undefined;
  }
}
