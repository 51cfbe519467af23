import type { Part } from "../protocol/messages";

/** An entry of a menu; with `checked` it is one of a group of choices. */
export interface MenuItem {
  label: string;
  keys?: string;
  checked?: boolean;
  disabled?: boolean;
  /** The part of the page that it stands for: who points at that, points at the menu. */
  part?: Part;
  act: () => void;
}
