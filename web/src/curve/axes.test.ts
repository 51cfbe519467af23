import { describe, expect, it } from "vitest";
import { epochEnd, epochStep, lossAxis, lossPosition, lossTicks } from "./axes";

describe("the axes", () => {
  it("of epochs stay put while there is room", () => {
    expect(epochEnd(0)).toBe(20);
    expect(epochEnd(60)).toBe(80);
    expect(epochEnd(61)).toBe(80);
    expect(epochEnd(1e6)).toBeGreaterThan(1e6);
    expect(epochStep(150, 10)).toBe(20);
    for (const end of [20, 30, 400, 15_000]) expect(end / epochStep(end, 11)).toBeLessThanOrEqual(11);
  });

  it("of losses hold every loss, on round ends", () => {
    const axis = lossAxis(0.0071, 0.52, true);
    expect(axis).toEqual({ low: 0.006, high: 0.6000000000000001, log: true });
    expect(lossPosition(axis, 0.0071)).toBeGreaterThan(0);
    expect(lossPosition(axis, 0.52)).toBeLessThan(1);
    expect(lossPosition(axis, NaN)).toBe(1);
    expect(lossPosition(axis, Infinity)).toBe(1);
  });

  it("keep a loss of exactly zero on the picture", () => {
    const axis = lossAxis(Infinity, 0.5, true);
    expect(lossPosition(axis, 0)).toBe(0);
    expect(lossAxis(0, 0.5, false).low).toBe(0);
  });

  it("write decades first and keep their numbers apart", () => {
    const ticks = lossTicks(lossAxis(0.001, 0.6, true), 100, 14);
    expect(ticks).toContain(0.1);
    expect(ticks).toContain(0.01);
    const axis = lossAxis(0.001, 0.6, true);
    const heights = ticks.map((t) => lossPosition(axis, t) * 100).sort((a, b) => a - b);
    heights.slice(1).forEach((h, i) => expect(h - (heights[i] as number)).toBeGreaterThanOrEqual(14));
  });
});
