// What a person takes along besides a link: each is a dialog, which the menu and the dialog for sharing open.

import * as MENU from "../words/menu";
import type { Panel } from "./panel";

export const PASSED_ON: readonly { label: string; keys?: string; panel: Panel }[] = [
  { label: MENU.copyPicture, keys: "I", panel: "picture" },
  { label: MENU.saveAnimation, panel: "animation" },
  { label: MENU.copyPython, keys: "C", panel: "code" },
  { label: MENU.exportNetwork, panel: "export" },
];
