// The colours of classes, in their order.

import type { Ink } from "./ink";

/** From Petroff's sequence of six accessible colours, those after orange and blue. */
const FURTHER = ["#e42536", "#964a8b", "#9c9ca1", "#7a21dd"] as const;

/** The colour of a class, by its index: orange and blue as everywhere, then others. */
export function classColour(index: number, ink: Ink): string {
  if (index < 2) return index === 0 ? ink.negative : ink.positive;
  return FURTHER[(index - 2) % FURTHER.length] as string;
}
