import { describe, expect, it } from "vitest";
import { CurveData } from "../model/curve-data";
import { Range, rangeOf } from "./loss-range";

describe("the losses that the curve must hold", () => {
  it("grow with the run and start again with another", () => {
    const range = new Range();
    const curve = new CurveData();
    curve.take(1, 1, 1, Float64Array.from([0, 0.5, 0.6, 1, 0.2, 0.3]));
    range.measure(curve, 0.1, NaN);
    expect([range.least, range.greatest]).toEqual([0.1, 0.6]);
    curve.take(2, 1, 0, Float64Array.from([0, 0.4, 0.4]));
    range.measure(curve, 0.4, 0.4);
    expect([range.least, range.greatest]).toEqual([0.4, 0.4]);
  });

  it("include pinned runs and many starts, but not what diverged", () => {
    const pinned = {
      pin: 1,
      classes: 0,
      count: 2,
      cells: 0,
      picture: new Uint8Array(0),
      winnerCells: 0,
      winners: new Uint8Array(0),
      curve: Float64Array.from([0, 0.5, 0.7, 40, 0.1, 0.2]),
    };
    const starts = { n: 2, kept: 1, epochs: Float64Array.from([9]), trainLosses: Float32Array.from([0.125, 1e30]) };
    expect(rangeOf([pinned], starts)).toEqual({ least: 0.125, greatest: 1000, epoch: 40 });
    expect(rangeOf([], null).epoch).toBe(0);
  });
});
