// The colours of classes: hue says which class is predicted, lightness by how much. Colours are data here, and tested.

import { INKS, type Ink, type Theme } from "./ink";
import { type Colour, type Stop, colourAt, cssColour, luminance, paler, parseColour, word } from "./scale";

/** From Petroff's sequence of six accessible colours, those after orange and blue, which are those of two classes. */
const SIX = ["#e42536", "#964a8b", "#9c9ca1", "#7a21dd"] as const;
/** Petroff's sequence of ten, with its orange and blue in front: its second orange is too close to ours. */
const TEN = [
  "#ffa90e",
  "#3f90da",
  "#bd1f01",
  "#94a4a2",
  "#832db6",
  "#a96b59",
  "#e76300",
  "#b9ac70",
  "#717581",
  "#92dadd",
] as const;

/** How much of a class's colour there is at each margin, as on the scale of two classes. */
const SHARES = [
  [0, 0],
  [0.28, 0.36],
  [0.62, 0.7],
  [1, 1],
] as const;
/** A trained output is mostly certain: on white, its colour is softened by this share of the background. */
const SOFTENED = 0.2;
/** Full colours stand out from the background: on white their luminance is at most this, on black at least. */
const ON_WHITE = 0.5;
const ON_BLACK = 0.16;
/** Markers are darker, or lighter, than any field; a ring of the opposite surrounds them. */
const MARK: Record<Theme, number> = { light: 0.06, dark: 0.62 };

/** Of each class: the colours of its field by margin, and that of its markers. */
export interface ClassPalette {
  /** The colours from margin 0 to margin 1; also those of a probability. */
  stops: readonly (readonly Stop[])[];
  /** Fully certain. */
  full: readonly Colour[];
  marks: readonly string[];
  /** What surrounds a marker. */
  ring: string;
  /** 256 colours for each class, for the bytes of a margin or a probability. */
  table: Uint32Array;
}

/** The colours of three or more classes; `stops` is the scale of an output with two. */
export function classPalette(n: number, stops: readonly Stop[], theme: Theme): ClassPalette {
  const ramps = Array.from({ length: n }, (_, index) => rampOf(index, n, stops));
  const table = new Uint32Array(256 * n);
  ramps.forEach((ramp, index) => {
    for (let byte = 0; byte < 256; byte++)
      table[256 * index + byte] = word(colourAt(ramp, Math.max(0, byte / 127.5 - 1)));
  });
  return {
    stops: ramps,
    full: ramps.map((ramp) => colourAt(ramp, 1)),
    marks: ramps.map((_, index) => cssColour(withLuminance(baseColour(index, n, stops), MARK[theme]))),
    ring: INKS[theme].ring,
    table,
  };
}

/** As the table of a palette, with one colour for each class. */
export function certainTable({ full }: ClassPalette): Uint32Array {
  const table = new Uint32Array(256 * full.length);
  full.forEach((colour, index) => table.fill(word(colour), 256 * index, 256 * (index + 1)));
  return table;
}

/** As the table of a palette, nearly grey and pale: for what failed. */
export function paleClassTable({ stops }: ClassPalette, theme: Theme): Uint32Array {
  const table = new Uint32Array(256 * stops.length);
  stops.forEach((ramp, index) => {
    for (let byte = 0; byte < 256; byte++)
      table[256 * index + byte] = word(paler(colourAt(ramp, Math.max(0, byte / 127.5 - 1)), theme));
  });
  return table;
}

/** The colour of the points of a class where they stand alone, as in the picture of a data set. */
export function classColour(index: number, n: number, ink: Ink): string {
  if (n <= 6 && index < 2) return index === 0 ? ink.negative : ink.positive;
  return further(index, n);
}

function further(index: number, n: number): string {
  return (n > 6 ? TEN[index] : SIX[index - 2]) ?? TEN[9];
}

/** The pure colour of a class: of the first two, that at the end of the scale of two. */
function baseColour(index: number, n: number, stops: readonly Stop[]): Colour {
  return n <= 6 && index < 2 ? colourAt(stops, index === 0 ? -1 : 1) : parseColour(further(index, n));
}

function rampOf(index: number, n: number, stops: readonly Stop[]): Stop[] {
  const ground = colourAt(stops, 0);
  if (n <= 6 && index < 2) {
    const sign = index === 0 ? -1 : 1;
    return SHARES.map(([margin]) => [margin, hexOf(colourAt(stops, sign * margin))]);
  }
  const base = baseColour(index, n, stops);
  const full = luminance(ground) < 0.5 ? atLeast(base, ON_BLACK) : atMost(mixed(base, ground, SOFTENED), ON_WHITE);
  return SHARES.map(([margin, share]) => [margin, hexOf(mixed(ground, full, share))]);
}

function mixed(a: Colour, b: Colour, share: number): Colour {
  return a.map((value, i) => Math.round(value + share * ((b[i] as number) - value))) as unknown as Colour;
}

function atLeast(colour: Colour, least: number): Colour {
  return luminance(colour) < least ? withLuminance(colour, least) : colour;
}

function atMost(colour: Colour, most: number): Colour {
  return luminance(colour) > most ? withLuminance(colour, most) : colour;
}

/** The colour made darker or lighter, by mixing it with black or white, until it has this luminance. */
function withLuminance(colour: Colour, wanted: number): Colour {
  const end: Colour = luminance(colour) > wanted ? [0, 0, 0] : [255, 255, 255];
  let [low, high] = [0, 1];
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2;
    const short = luminance(mixed(colour, end, middle)) > wanted === (end[0] === 0);
    if (short) low = middle;
    else high = middle;
  }
  return mixed(colour, end, high);
}

function hexOf(colour: Colour): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
