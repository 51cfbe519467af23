// Where the popover of a value stands: near what it is about, in sight, and not over the slides that it is about.

import type { Slide } from "./layout";
import type { Sight } from "./links";

export const POPOVER = { width: 248, height: 140 };
const STEM = 20;

export interface PopoverPlace {
  left: number;
  top: number;
  /** Whether it hangs below its anchor. */
  below: boolean;
  /** How far it is from its anchor. */
  stem: number;
}

export function placePopover(anchor: { x: number; y: number }, avoid: readonly Slide[], sight: Sight): PopoverPlace {
  const { width, height } = POPOVER;
  const left = Math.max(sight.left + 8, Math.min(sight.right - width - 8, anchor.x - width / 2));
  const beside = avoid.filter((slide) => slide.x + slide.size / 2 > left && slide.x - slide.size / 2 < left + width);
  let under = anchor.y + STEM;
  let over = anchor.y - STEM;
  for (const slide of beside) {
    const [top, bottom] = [slide.y - slide.size / 2 - 8, slide.y + slide.size / 2 + 14];
    if (under < bottom && under + height > top) under = bottom;
    if (over > top && over - height < bottom) over = top;
  }
  const below = under + height < sight.bottom || over - height < sight.top;
  const top = below ? Math.min(under, Math.max(sight.top, sight.bottom - height)) : over - height;
  return { left, top, below, stem: below ? top - anchor.y : anchor.y - top - height };
}
