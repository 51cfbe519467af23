// Where the confusion matrix stands: beside the large picture, whose points it lights up.

import type { Box } from "../ui/zoom";

interface Size {
  width: number;
  height: number;
}

const GAP = 12;
const EDGE = 8;
/** Lower than this it does not go beside the picture. */
const LEAST = 200;

/** Its left and top edge and how high it may be: left of the picture, below it, else where it covers the least of it. */
export function matrixPlace(slide: Box, size: Size, room: Size): { left: number; top: number; height: number } {
  const whole = room.height - 2 * EDGE;
  const high = Math.min(size.height, whole);
  const level = Math.max(EDGE, Math.min(slide.top, room.height - high - EDGE));
  if (slide.left - GAP - size.width >= EDGE) return { left: slide.left - GAP - size.width, top: level, height: whole };
  if (slide.right + GAP + size.width <= room.width - EDGE)
    return { left: slide.right + GAP, top: level, height: whole };
  const left = Math.max(EDGE, Math.min(slide.left, room.width - size.width - EDGE));
  const below = room.height - slide.bottom - GAP - EDGE;
  if (below >= Math.min(size.height, LEAST)) return { left, top: slide.bottom + GAP, height: below };
  const top = room.height - high - EDGE;
  return { left, top, height: whole };
}
