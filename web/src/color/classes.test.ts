import { describe, expect, it } from "vitest";
import { certainTable, classColour, classPalette, paleClassTable } from "./classes";
import { INKS, type Theme } from "./ink";
import { type Colour, SCALES, colourAt, contrast, luminance, parseColour } from "./scale";

const THEMES = ["light", "dark"] as const;
const COUNTS = [3, 4, 5, 6, 7, 8, 9, 10];
const ALL = THEMES.flatMap((theme) =>
  (["tinkernet", "original"] as const).flatMap((colours) =>
    COUNTS.map((n) => [theme, colours, n, classPalette(n, SCALES[colours][theme].output, theme)] as const),
  ),
);
const MARGINS = Array.from({ length: 21 }, (_, i) => i / 20);

function parseCss(text: string): Colour {
  return (text.match(/\d+/g) ?? []).map(Number) as unknown as Colour;
}

/** CIE L*a*b*, in which a distance of about 2 can just be seen. */
function lab(colour: Colour): number[] {
  const [r, g, b] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ];
  const [x = 0, y = 0, z = 0] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: Colour, b: Colour): number {
  const other = lab(b);
  return Math.hypot(...lab(a).map((value, i) => value - (other[i] as number)));
}

describe("the colours of classes", () => {
  it("begin with orange and blue, as for two classes", () => {
    expect([0, 1].map((index) => classColour(index, 3, INKS.light))).toEqual([
      INKS.light.negative,
      INKS.light.positive,
    ]);
    for (const theme of THEMES) {
      const stops = SCALES.tinkernet[theme].output;
      const { full } = classPalette(3, stops, theme);
      expect([full[0], full[1]]).toEqual([colourAt(stops, -1), colourAt(stops, 1)]);
    }
  });

  it.each(ALL)("%s %s, %d classes: each has another hue or lightness", (_, __, n, { full }) => {
    for (let a = 0; a < n; a++)
      for (let b = 0; b < a; b++) expect(distance(full[a] as Colour, full[b] as Colour)).toBeGreaterThan(12);
  });

  it.each(ALL)("%s %s, %d classes: lightness goes one way, from the background at margin 0", (theme, colours, _, p) => {
    const ground = colourAt(SCALES[colours][theme].output, 0);
    const sign = luminance(ground) > 0.5 ? -1 : 1;
    for (const stops of p.stops) {
      expect(colourAt(stops, 0)).toEqual(ground);
      for (const m of MARGINS.slice(1))
        expect(sign * luminance(colourAt(stops, m))).toBeGreaterThanOrEqual(
          sign * luminance(colourAt(stops, m - 0.05)) - 1e-3,
        );
      expect(contrast(colourAt(stops, 1), ground)).toBeGreaterThan(1.5);
    }
  });

  it.each(ALL)(
    "%s %s, %d classes: markers stand out from every field, with their own colour or with that of their ring",
    (theme, _, __, p) => {
      const ring = parseColour(INKS[theme].ring);
      for (const mark of p.marks.map(parseCss)) {
        expect(contrast(mark, ring)).toBeGreaterThan(4.5);
        for (const stops of p.stops)
          for (const m of MARGINS) {
            const field = colourAt(stops, m);
            expect(Math.max(contrast(mark, field), contrast(ring, field))).toBeGreaterThan(3);
          }
      }
    },
  );

  it.each(ALL)(
    "%s %s, %d classes: the line where they meet stands out from what is beside it",
    (theme, colours, _, p) => {
      const [line, halo] = lineColours(theme);
      const ground = colourAt(SCALES[colours][theme].output, 0);
      expect(contrast(line, halo)).toBeGreaterThan(4.5);
      for (const field of [ground, ...p.full])
        expect(Math.max(contrast(line, field), contrast(halo, field))).toBeGreaterThan(3);
    },
  );

  it("are in one table by class and byte, opaque, certain or pale on demand", () => {
    const palette = classPalette(4, SCALES.tinkernet.light.output, "light");
    const bytes = new Uint8Array(palette.table.buffer);
    expect(palette.table).toHaveLength(4 * 256);
    expect([...bytes.slice(4 * 1023)]).toEqual([...(palette.full[3] as Colour), 255]);
    expect([...bytes.slice(0, 3)]).toEqual([...colourAt(SCALES.tinkernet.light.output, 0)]);
    const certain = certainTable(palette);
    expect(new Set(certain).size).toBe(4);
    expect(certain[2 * 256]).toBe(palette.table[2 * 256 + 255]);
    expect(paleClassTable(palette, "light")[1023]).not.toBe(palette.table[1023]);
  });
});

/** The line between classes and what surrounds it, as output/draw-lines.ts draws them. */
function lineColours(theme: Theme): [Colour, Colour] {
  return [parseColour(INKS[theme].ink), parseColour(INKS[theme].ring)];
}
