import { describe, expect, it } from "vitest";
import { type PlacedClue, placeClues } from "./clue-places";
import { layoutNetwork } from "./layout";
import { linksInSight, pointOnLink } from "./links";
import { ParameterLayout } from "./parameters";

const TEXTS = [
  { clue: "neuron", length: 66 },
  { clue: "weight", length: 68 },
  { clue: "output", length: 60 },
] as const;

function clues(
  width: number,
  height: number,
  sizes: number[],
  compact = false,
  texts: Parameters<typeof placeClues>[2] = TEXTS,
) {
  const room = {
    width,
    height,
    centre: height / 2,
    compact,
    allInputs: false,
    joined: !compact,
    adds: false,
    label: 52,
    names: 0,
  };
  const layout = layoutNetwork(room, sizes, [0, 1], 7);
  const parameters = new ParameterLayout(sizes);
  const sight = { left: 0, top: 0, right: width, bottom: height };
  const links = linksInSight(layout, parameters, new Float64Array(parameters.count), sight, 900, null);
  return { layout, links, placed: placeClues(layout, links, texts, 3) };
}

const DEFAULT = [2, 4, 2, 1];

function holds({ left, top, width, height }: PlacedClue, { x, y }: { x: number; y: number }): boolean {
  return x > left && x < left + width && y > top && y < top + height;
}

describe("the call-outs of a first visit", () => {
  it("all have a place in the picture of the default network on a desk", () => {
    expect(clues(760, 560, DEFAULT).placed.map(({ clue }) => clue)).toEqual(["neuron", "weight", "output"]);
  });
  it("cover no neuron, no input, no line and not each other", () => {
    for (const [width, height, compact] of [
      [760, 560, false],
      [700, 440, false],
      [520, 500, false],
      [390, 280, true],
    ] as const) {
      const { layout, links, placed } = clues(width, height, DEFAULT, compact);
      for (const one of placed) {
        for (const link of links)
          for (let t = 0; t <= 1; t += 0.02) expect(holds(one, pointOnLink(link, t))).toBe(false);
        for (const { x, y, size } of [...layout.inputs, ...layout.columns.flatMap(({ neurons }) => neurons)])
          for (const dx of [-1, 0, 1])
            for (const dy of [-1, 0, 1])
              expect(holds(one, { x: x + (dx * size) / 2, y: y + (dy * size) / 2 })).toBe(false);
        expect(one.top).toBeGreaterThanOrEqual(layout.head);
        expect(one.top + one.height).toBeLessThanOrEqual(height);
        expect(one.left + one.width).toBeLessThanOrEqual(width);
        for (const other of placed)
          if (other !== one) expect(holds(one, { x: other.left + other.width / 2, y: other.top + 8 })).toBe(false);
      }
    }
  });
  it("have no place where the picture is full", () => {
    expect(clues(700, 440, [2, 8, 8, 8, 8, 8, 8, 1]).placed).toEqual([]);
  });
  it("are no more than asked for, the first of them first", () => {
    const { layout, links } = clues(760, 560, DEFAULT);
    expect(placeClues(layout, links, TEXTS, 1).map(({ clue }) => clue)).toEqual(["neuron"]);
  });
  it("point down at Play from above the middle", () => {
    const [play] = clues(390, 300, DEFAULT, true, [{ clue: "play", length: 26 }]).placed;
    expect(play?.to).toEqual({ x: 195, y: 298 });
  });
});
