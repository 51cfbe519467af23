import { describe, expect, it } from "vitest";
import { CurveData } from "./curve-data";

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

  it("begin again with another run", () => {
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

  it("forget what was undone", () => {
    const data = new CurveData();
    data.take(1, 1, 4, curve(0, 1, 2, 3, 4));
    data.take(1, 1, 2, new Float64Array(0));
    expect(epochs(data)).toEqual([0, 1, 2]);
    data.take(1, 1, 3, curve(3));
    expect(epochs(data)).toEqual([0, 1, 2, 3]);
  });

  it("continue beyond a moment of the past", () => {
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
