import { describe, expect, it } from "vitest";
import { CurveData } from "../model/curve-data";
import { epochEnd, epochStep, lossAxis, lossPosition, lossTicks, tickText } from "./axes";

function curve(...epochs: number[]): Float64Array {
  return Float64Array.from(epochs.flatMap((e) => [e, 1 / (e + 1), 2 / (e + 1)]));
}

function epochs(data: CurveData): number[] {
  return [...data.epochs.slice(0, data.count)];
}

describe("the curve's data", () => {
  it("grow by what each frame brings, without end", () => {
    const data = new CurveData();
    data.take(1, 1, 0, curve(0));
    for (let e = 1; e <= 3000; e++) data.take(1, 1, e, curve(e));
    expect(data.count).toBe(3001);
    expect(data.train[3000]).toBe(1 / 3001);
  });

  it("begin anew with another run", () => {
    const data = new CurveData();
    data.take(1, 1, 2, curve(0, 1, 2));
    data.take(2, 1, 0, curve(0));
    expect(epochs(data)).toEqual([0]);
  });

  it("drop every other point when the stride doubles", () => {
    const data = new CurveData();
    data.take(1, 1, 4, curve(0, 1, 2, 3, 4));
    data.take(1, 2, 6, curve(6));
    expect(epochs(data)).toEqual([0, 2, 4, 6]);
  });

  it("forget what undo took back", () => {
    const data = new CurveData();
    data.take(1, 1, 4, curve(0, 1, 2, 3, 4));
    data.take(1, 1, 2, new Float64Array(0));
    expect(epochs(data)).toEqual([0, 1, 2]);
    data.take(1, 1, 3, curve(3));
    expect(epochs(data)).toEqual([0, 1, 2, 3]);
  });

  it("go on beyond a moment of the past", () => {
    const data = new CurveData();
    data.take(1, 1, 4, curve(0, 1, 2, 3, 4));
    data.take(1, 1, 1, curve(0, 1), true);
    expect(epochs(data)).toEqual([0, 1, 2, 3, 4]);
    data.end(1);
    expect(epochs(data)).toEqual([0, 1]);
  });

  it("find the point nearest to the pointer", () => {
    const data = new CurveData();
    expect(data.nearest(3)).toBe(-1);
    data.take(1, 10, 30, curve(0, 10, 20, 30));
    expect([data.nearest(-5), data.nearest(14), data.nearest(16), data.nearest(99)]).toEqual([0, 1, 2, 3]);
  });
});

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

  it("name their numbers shortly", () => {
    expect([tickText(0), tickText(0.1), tickText(0.30000000000000004), tickText(1e-7)]).toEqual(["0", "0.1", "0.3", "1e−7"]);
  });
});
