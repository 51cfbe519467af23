import { describe, expect, it } from "vitest";
import type { EdgeTile } from "../protocol/frames";
import { PALEST, ranksOf, shadeOf } from "./ranks";

function tile(...values: number[]): EdgeTile {
  return { map: 1, level: 4, column: 0, row: 0, side: 2, values: new Float32Array(values) };
}

describe("ranks", () => {
  it("shade the quickest palest, the slowest strongest, on both sides of the edge", () => {
    const ranks = ranksOf([tile(-90, -3, -50), tile(2, 7, 80)]);
    const shades = [-90, -50, -3, 2, 7, 80].map((value) => Number(shadeOf(ranks, value).toFixed(2)));
    expect(shades[0]).toBe(1);
    expect(shades[2]).toBe(PALEST);
    expect(shades[3]).toBe(-PALEST);
    expect(shades[5]).toBe(-1);
    expect(shades[1]).toBeCloseTo(0.62, 1);
  });

  it("make all shades equally frequent, whatever the values are", () => {
    const values = Array.from({ length: 1000 }, (_, i) => -Math.exp(i / 50));
    const ranks = ranksOf([tile(...values)]);
    const strong = values.filter((value) => shadeOf(ranks, value) > (1 + PALEST) / 2).length;
    expect(Math.abs(strong - 500)).toBeLessThan(20);
  });

  it("clamp what is outside of them, and keep the side where only one is known", () => {
    const ranks = ranksOf([tile(-5, -4, -3)]);
    expect(shadeOf(ranks, -1000)).toBe(1);
    expect(shadeOf(ranks, -1)).toBe(PALEST);
    expect(shadeOf(ranks, 9)).toBeLessThan(-PALEST);
    expect(shadeOf(ranksOf([]), -9)).toBeGreaterThan(PALEST);
  });
});
