import { describe, expect, it } from "vitest";
import { LAST_LEVEL, WHOLE, cellAt, coarser, held, levelOf, moved, tilesOf, zoomed, digitsIn } from "./view";

describe("what is in sight of a map", () => {
  it("has a run for each pixel, at most two pixels wide", () => {
    expect(levelOf(WHOLE, 512)).toBe(9);
    expect(levelOf(WHOLE, 1000)).toBe(9);
    expect(levelOf(WHOLE, 1024)).toBe(10);
    expect(levelOf({ ...WHOLE, side: 1 / 8 }, 512)).toBe(12);
  });

  it("stays inside the map", () => {
    expect(moved(WHOLE, 0.5, -0.5, 500)).toEqual(WHOLE);
    expect(held({ left: 0.9, bottom: -1, side: 0.25 }, 500)).toEqual({ left: 0.75, bottom: 0, side: 0.25 });
    expect(zoomed(WHOLE, 0.1, 0.5, 0.5, 500)).toEqual(WHOLE);
  });

  it("keeps what is under the pointer while it zooms", () => {
    const view = { left: 0.25, bottom: 0.5, side: 0.25 };
    for (const factor of [1.25, 4, 0.8]) {
      const closer = zoomed(view, factor, 0.4, 0.6, 500);
      expect(closer.left + 0.4 * closer.side).toBeCloseTo(view.left + 0.4 * view.side, 12);
      expect(closer.bottom + 0.6 * closer.side).toBeCloseTo(view.bottom + 0.6 * view.side, 12);
    }
  });

  it("can be zoomed until numbers end", () => {
    let view = WHOLE;
    for (let i = 0; i < 200; i++) view = zoomed(view, 2, 0.3, 0.7, 512);
    expect(levelOf(view, 512)).toBe(LAST_LEVEL);
    const { left, right } = tilesOf(view, LAST_LEVEL);
    expect(right - left).toBeLessThanOrEqual(512 / 16 + 1);
    expect(right - left).toBeGreaterThanOrEqual(512 / 16);
  });

  it("names the tiles that it needs", () => {
    expect(tilesOf(WHOLE, 6)).toEqual({ level: 6, left: 0, bottom: 0, right: 4, top: 4 });
    expect(tilesOf({ left: 0.3, bottom: 0.5, side: 0.25 }, 6)).toEqual({
      level: 6,
      left: 1,
      bottom: 2,
      right: 3,
      top: 3,
    });
  });

  it("finds the run under a pointer, and the coarser one that stands for it", () => {
    expect(cellAt(WHOLE, 4, 0.5, 0.999)).toEqual({ level: 4, column: 8, row: 15 });
    expect(cellAt(WHOLE, 4, 1, -1)).toEqual({ level: 4, column: 15, row: 0 });
    expect(coarser({ level: 5, column: 7, row: 4 })).toEqual({ level: 4, column: 3, row: 2 });
  });

  it("is written with as many digits as distinguish neighbouring runs", () => {
    expect([1, 0.1, 1e-5, 1e-14].map(digitsIn)).toEqual([3, 4, 8, 15]);
  });
});
