// Where a popover stands beside what opens it.

import type { Box } from "../ui/zoom";

interface Size {
  width: number;
  height: number;
}

const GAP = 8;

/** Its left and top edge: to the right of the button, else over it; in the window in any case. */
export function besidePlace(button: Box, popover: Size, room: Size): { left: number; top: number } {
  const right = button.right + 3 * GAP;
  const beside = right + popover.width + GAP <= room.width;
  const left = beside ? right : Math.min(button.left, room.width - popover.width - GAP);
  const middle = (button.top + button.bottom - popover.height) / 2;
  return {
    left: Math.max(GAP, left),
    top: Math.max(GAP, Math.min(middle, room.height - popover.height - GAP)),
  };
}
