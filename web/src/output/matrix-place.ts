// Where the confusion matrix stands: beside the large picture, whose points it lights up.

import type { Box } from "../ui/zoom";

interface Size {
  width: number;
  height: number;
}

export interface MatrixPlace {
  left: number;
  top: number;
  /** How wide and how high it may be; the rest of it scrolls. */
  width: number;
  height: number;
}

const GAP = 12;
const EDGE = 8;
/** With less room than this it does not go beside the picture. */
const LEAST = 220;

/** Left of the picture, right of it, or below it, also where some of it must scroll then; else over its lower end. */
export function matrixPlace(slide: Box, size: Size, room: Size): MatrixPlace {
  const whole = { width: room.width - 2 * EDGE, height: room.height - 2 * EDGE };
  const high = Math.min(size.height, whole.height);
  const level = Math.max(EDGE, Math.min(slide.top, room.height - high - EDGE));
  const [before, after] = [slide.left - GAP - EDGE, room.width - slide.right - GAP - EDGE];
  if (before >= Math.min(size.width, LEAST)) {
    const width = Math.min(before, size.width);
    return { left: slide.left - GAP - width, top: level, width: before, height: whole.height };
  }
  if (after >= size.width) return { left: slide.right + GAP, top: level, width: after, height: whole.height };
  const left = Math.max(EDGE, Math.min(slide.left, room.width - size.width - EDGE));
  const below = room.height - slide.bottom - GAP - EDGE;
  if (below >= Math.min(size.height, LEAST))
    return { left, top: slide.bottom + GAP, width: whole.width, height: below };
  return { left, top: room.height - high - EDGE, ...whole };
}
