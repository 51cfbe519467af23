// What a person takes along besides a link: each is a dialog, which the menu and the dialog for sharing open.

import * as MENU from "../words/menu";
import type { Panel } from "./panel";

interface PassedOn {
  label: string;
  keys?: string;
  panel: Panel;
}

const PICTURE: PassedOn = { label: MENU.copyPicture, keys: "I", panel: "picture" };
/** What is made of a run's training. */
const OF_TRAINING: readonly PassedOn[] = [
  { label: MENU.saveAnimation, panel: "animation" },
  { label: MENU.copyPython, keys: "C", panel: "code" },
  { label: MENU.exportNetwork, panel: "export" },
];

/** What is offered; `watched` says that a program trains the network, so that its training cannot be repeated here. */
export function passedOn(watched: boolean): readonly PassedOn[] {
  return watched ? [PICTURE] : [PICTURE, ...OF_TRAINING];
}
