import { describe, expect, it } from "vitest";
import { INKS, type Theme } from "./ink";
import {
  SCALES,
  type Stop,
  colourAt,
  colourTable,
  contrast,
  luminance,
  paleTable,
  parseColour,
  twoColourTable,
} from "./scale";

const ALL = (["light", "dark"] as const).flatMap((theme) =>
  (["neuron", "output"] as const).map((use) => [theme, use, SCALES.tinkernet[theme][use]] as const),
);

/** How a person without the red cones (protanopia) or the green ones (deuteranopia) sees a colour, after Viénot. */
const BLIND = {
  protanopia: [
    [0.1124, 0.8876, 0],
    [0.1124, 0.8876, 0],
    [0.004, -0.004, 1],
  ],
  deuteranopia: [
    [0.2928, 0.7072, 0],
    [0.2928, 0.7072, 0],
    [-0.0223, 0.0223, 1],
  ],
} as const;

function seenBy(kind: keyof typeof BLIND, stops: readonly Stop[], value: number): number[] {
  const linear = colourAt(stops, value).map((c) => (c / 255) ** 2.2);
  return BLIND[kind].map((row) => row.reduce<number>((sum, k, i) => sum + k * (linear[i] as number), 0));
}

describe("the colour scale", () => {
  it.each(ALL)("%s %s: lightness goes one way from zero to each end", (theme, _, stops) => {
    const lightness = (v: number): number => luminance(colourAt(stops, v)) * (theme === "light" ? -1 : 1);
    for (let v = 0; v < 0.999; v += 0.02) {
      expect(lightness(v + 0.02)).toBeGreaterThanOrEqual(lightness(v) - 1e-3);
      expect(lightness(-v - 0.02)).toBeGreaterThanOrEqual(lightness(-v) - 1e-3);
    }
  });

  it.each(ALL)("%s %s: orange and blue stay apart for the colour-blind", (_, __, stops) => {
    for (const kind of ["protanopia", "deuteranopia"] as const) {
      for (const v of [0.3, 0.6, 1]) {
        const [a, b] = [seenBy(kind, stops, v), seenBy(kind, stops, -v)];
        const apart = Math.hypot(...a.map((x, i) => x - (b[i] as number)));
        expect(apart).toBeGreaterThan(0.08);
      }
    }
  });

  it("is quiet at zero, clamps outside, and holds its stops", () => {
    const stops = SCALES.tinkernet.light.neuron;
    expect(colourAt(stops, 7)).toEqual(colourAt(stops, 1));
    expect(colourAt(stops, -7)).toEqual(parseColour("#F28C32"));
    expect(colourAt(stops, 0)).toEqual(parseColour("#F8F7F4"));
  });

  it("has in its table one colour for each byte, opaque", () => {
    const table = colourTable(SCALES.tinkernet.light.neuron);
    const bytes = new Uint8Array(table.buffer);
    expect([...bytes.slice(0, 4)]).toEqual([...parseColour("#F28C32"), 255]);
    expect([...bytes.slice(4 * 255)]).toEqual([...parseColour("#4493E3"), 255]);
  });

  it("knows two colours when discretized, and zero counts as positive", () => {
    const table = twoColourTable(SCALES.tinkernet.light.output);
    expect(new Set(table).size).toBe(2);
    expect(table[127]).toBe(table[0]);
    expect(table[128]).toBe(table[255]);
  });
});

describe("ink", () => {
  it.each(["light", "dark"] as Theme[])("%s: words can be read on the background", (theme) => {
    const { ink, ink2, table, lit } = INKS[theme];
    for (const ground of [table, lit]) {
      expect(contrast(parseColour(ink), parseColour(ground))).toBeGreaterThan(12);
      expect(contrast(parseColour(ink2), parseColour(ground))).toBeGreaterThan(4.5);
    }
  });

  it.each(["light", "dark"] as Theme[])("%s: weights stand out from the table", (theme) => {
    const { negative, positive, lit } = INKS[theme];
    expect(contrast(parseColour(negative), parseColour(lit))).toBeGreaterThan(4.5);
    expect(contrast(parseColour(positive), parseColour(lit))).toBeGreaterThan(4.5);
  });

  it.each(["light", "dark"] as Theme[])("%s: points stand out from the field of their class", (theme) => {
    const { pointNegative, pointPositive } = INKS[theme];
    const stops = SCALES.tinkernet[theme].output;
    expect(contrast(parseColour(pointNegative), colourAt(stops, -1))).toBeGreaterThan(1.7);
    expect(contrast(parseColour(pointPositive), colourAt(stops, 1))).toBeGreaterThan(1.7);
  });
});

describe("what failed", () => {
  it("is nearly grey and keeps its shape", () => {
    const chroma = (word: number): number => {
      const [r, g, b] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
      return Math.max(r, g, b) - Math.min(r, g, b);
    };
    for (const theme of ["light", "dark"] as const) {
      const stops = SCALES.tinkernet[theme].output;
      const [bright, pale] = [colourTable(stops), paleTable(stops, theme)];
      expect(chroma(pale[0] as number)).toBeLessThan(0.2 * chroma(bright[0] as number));
      expect(pale[0]).not.toBe(pale[255]);
    }
  });
});
