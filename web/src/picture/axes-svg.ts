// What is along the sides of the output in a picture: numbers, and the names of columns.

import { EDGE, across } from "../field/plane";
import type { AxisLabels } from "../output/plane-axes";
import { shortened } from "./shortened";

/** How wide a character is, about, and how much room there is for a name along a side, in characters. */
const LETTER = 6.2;
const LONGEST = 40;
/** The room for numbers beside the picture that are as short as those of the plane. */
const LEAST = 40;

/** What stands along the two sides. */
export type SideLabels = Record<"across" | "up", AxisLabels>;

/** Writes a line of text. */
type Text = (x: number, y: number, words: string, anchor: "start" | "middle" | "end") => string;

/** How much room the axis beside the output needs. */
export function roomBeside({ up }: SideLabels): number {
  return Math.max(LEAST, 16 + LETTER * Math.max(0, ...up.ticks.map(({ text }) => text.length)));
}

/** The numbers and the names below and to the right of a square of this size. */
export function axesSvg(axes: SideLabels, size: number, text: Text): string {
  const parts = axes.across.ticks.map(({ at, text: words }) =>
    text(across(at) * size, size + 16, words, at === -EDGE ? "start" : at === EDGE ? "end" : "middle"),
  );
  for (const { at, text: words } of axes.up.ticks) {
    const down = size - across(at) * size;
    parts.push(text(size + 8, down + (at === EDGE ? 8 : at === -EDGE ? 0 : 4), words, "start"));
  }
  if (axes.across.name !== "") parts.push(text(size / 2, size + 16, shortened(axes.across.name, LONGEST), "middle"));
  if (axes.up.name !== "") {
    const words = text(0, 0, shortened(axes.up.name, LONGEST), "middle");
    parts.push(`<g transform="translate(${size + 18} ${size / 2}) rotate(-90)">${words}</g>`);
  }
  return parts.join("");
}
