// What a picture has of three or more classes: the lines between them, their markers, and a legend of their names.

import type { ClassPalette } from "../color/classes";
import { cssColour } from "../color/scale";
import { classLines, evenedClasses } from "../field/class-lines";
import type { Pen } from "../field/contour";
import { shapePoints } from "../field/marker-shapes";
import type { Ink } from "../color/ink";
import { shortened } from "./shortened";

/** The classes of a picture: which one wins in each cell, and what they are called. */
export interface PictureClasses {
  winners: Uint8Array;
  names: readonly string[];
  palette: ClassPalette;
}

const LINE = 18;
const LETTER = 6.6;
const MARK = 20;

/** The lines between classes with their halo. */
export function classLinesSvg(
  { winners, palette }: PictureClasses,
  bytes: Uint8Array,
  cells: number,
  size: number,
  ink: Ink,
): string {
  let path = "";
  const pen: Pen = {
    moveTo: (x, y) => (path += `M${x.toFixed(1)} ${y.toFixed(1)}`),
    lineTo: (x, y) => (path += `L${x.toFixed(1)} ${y.toFixed(1)}`),
  };
  classLines(pen, evenedClasses(winners, bytes, cells), cells, size);
  return [
    `<path d="${path}" fill="none" stroke="${palette.ring}" stroke-width="3"/>`,
    `<path d="${path}" fill="none" stroke="${ink.ink}" stroke-width="1.2"/>`,
  ].join("");
}

/** The marker of a point; of one that is held back only the outline. */
export function markSvg(x: number, y: number, index: number, held: boolean, { marks, ring }: ClassPalette): string {
  const [radius, colour] = [held ? 2.8 : 3.3, marks[index] ?? ring];
  return (
    `<polygon points="${shapePoints(index, x, y, radius)}" fill="${ring}" stroke="${ring}" stroke-width="${held ? 3.4 : 2.4}"/>` +
    `<polygon points="${shapePoints(index, x, y, radius)}" fill="${held ? "none" : colour}"${held ? ` stroke="${colour}" stroke-width="1.3"` : ""}/>`
  );
}

/** As much of a name as fits into `width`. */
function fitted(name: string, width: number): string {
  return shortened(name, Math.floor((width - MARK) / LETTER));
}

/** How many lines the names take in `width`. */
export function legendLines(names: readonly string[], width: number): number {
  return (places(names, width).at(-1)?.line ?? 0) + 1;
}

/** The markers with their names, from the left, in as many lines as they need; `text` writes one. */
export function legendSvg(
  { names, palette }: PictureClasses,
  top: number,
  width: number,
  text: (x: number, y: number, words: string) => string,
): string {
  return places(names, width)
    .map(({ x, line }, index) => {
      const y = top + line * LINE;
      const ground = `<rect x="${x}" y="${y - 7}" width="14" height="14" rx="3.5" fill="${cssColour(palette.full[index] ?? [0, 0, 0])}"/>`;
      return (
        ground + markSvg(x + 7, y, index, false, palette) + text(x + MARK, y + 4, fitted(names[index] ?? "", width))
      );
    })
    .join("");
}

function places(names: readonly string[], width: number): { x: number; line: number }[] {
  let [x, line] = [0, 0];
  return names.map((name) => {
    const wide = MARK + LETTER * fitted(name, width).length + 16;
    if (x > 0 && x + wide > width) [x, line] = [0, line + 1];
    const place = { x, line };
    x += wide;
    return place;
  });
}

export const LEGEND_LINE = LINE;
