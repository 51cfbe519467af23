// The diverging colour scales: orange below zero, blue above, quiet at zero. Colours are data here, and tested.

import type { Theme } from "./ink";

export type Colours = "tinkernet" | "original";
export type Stop = readonly [value: number, colour: string];

const LIGHT: readonly Stop[] = [
  [-1, "#F28C32"],
  [-0.62, "#F6AF70"],
  [-0.28, "#FAD9B8"],
  [0, "#F8F7F4"],
  [0.28, "#C6DEF5"],
  [0.62, "#86B9EC"],
  [1, "#4493E3"],
];

const DARK: readonly Stop[] = [
  [-1, "#EE8528"],
  [-0.62, "#B05D15"],
  [-0.28, "#54300F"],
  [0, "#0E0F12"],
  [0.28, "#123355"],
  [0.62, "#1D63AB"],
  [1, "#3B93EC"],
];

/** A trained output is mostly ±1: softer ends keep the large slide from shouting; the order of lightness stays. */
const LIGHT_OUTPUT: readonly Stop[] = [
  [-1, "#F5A356"],
  [-0.62, "#F7B87F"],
  [-0.28, "#FAD9B8"],
  [0, "#F8F7F4"],
  [0.28, "#C6DEF5"],
  [0.62, "#93C1EE"],
  [1, "#62A5E8"],
];

/** The original's scale, on white as there. */
const ORIGINAL: readonly Stop[] = [
  [-1, "#F59322"],
  [0, "#E8EAEB"],
  [1, "#0877BD"],
];

export const SCALES = {
  tinkernet: {
    light: { neuron: LIGHT, output: LIGHT_OUTPUT },
    dark: { neuron: DARK, output: DARK },
  },
  original: {
    light: { neuron: ORIGINAL, output: ORIGINAL },
    dark: { neuron: ORIGINAL, output: ORIGINAL },
  },
} as const satisfies Record<Colours, Record<Theme, Record<string, readonly Stop[]>>>;

export type Colour = readonly [red: number, green: number, blue: number];

export function parseColour(hex: string): Colour {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** The colour of a value in −1…1, clamped outside. */
export function colourAt(stops: readonly Stop[], value: number): Colour {
  const last = stops.length - 1;
  const v = Math.max(-1, Math.min(1, value));
  let k = 0;
  while (k < last - 1 && v > (stops[k + 1] as Stop)[0]) k++;
  const [from, a] = stops[k] as Stop;
  const [to, b] = stops[k + 1] as Stop;
  const t = (v - from) / (to - from);
  const [p, q] = [parseColour(a), parseColour(b)];
  return [0, 1, 2].map((c) =>
    Math.round((p[c] as number) + t * ((q[c] as number) - (p[c] as number))),
  ) as unknown as Colour;
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red},${green},${blue})`;
}

/** The 256 colours of a byte of a field, as ImageData wants them in one 32-bit word. */
export function colourTable(stops: readonly Stop[]): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) table[byte] = word(colourAt(stops, byte / 127.5 - 1));
  return table;
}

/** As `colourTable`, with only two colours: below zero and above. */
export function twoColourTable(stops: readonly Stop[]): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) table[byte] = word(colourAt(stops, byte < 128 ? -1 : 1));
  return table;
}

/** What a raised panel is made of, by theme, as in tokens.css: pale colours are mixed into it. */
const PANEL: Record<Theme, Colour> = { light: [255, 255, 255], dark: [25, 27, 32] };

/** As `colourTable`, nearly grey and pale: for what failed. */
export function paleTable(stops: readonly Stop[], theme: Theme): Uint32Array {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    table[byte] = word(paler(colourAt(stops, byte / 127.5 - 1), theme));
  }
  return table;
}

/** A colour made nearly grey and pale. */
export function paler(colour: Colour, theme: Theme): Colour {
  const grey = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
  return colour.map((c, i) =>
    Math.round(0.62 * (0.82 * grey + 0.18 * c) + 0.38 * PANEL[theme][i as 0 | 1 | 2]),
  ) as unknown as Colour;
}

/** The colours of the values from one to another, as a background of CSS from left to right. */
export function gradient(stops: readonly Stop[], from = -1, to = 1): string {
  const steps = Array.from({ length: 21 }, (_, i) => cssColour(colourAt(stops, from + (i / 20) * (to - from))));
  return `linear-gradient(90deg,${steps.join(",")})`;
}

/** Relative luminance and contrast as WCAG defines them. */
export function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** A colour as ImageData wants it, opaque. */
export function word([red, green, blue]: Colour): number {
  // Little-endian, as every machine that runs a browser today is.
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
