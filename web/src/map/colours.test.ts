import { describe, expect, it } from "vitest";
import { emptyMapTile, type MapTile } from "../protocol/frames";
import { paint, rangeOf, shareOf } from "./colours";

function tile(losses: number[], reasons: number[] = losses.map(() => 0)): MapTile {
  const values = Float32Array.from(losses);
  return {
    ...emptyMapTile(),
    side: Math.sqrt(losses.length),
    testLosses: values,
    trainLosses: values,
    testAccuracies: values,
    epochs: values,
    reasons: Uint8Array.from(reasons),
  };
}

describe("the colours of a map", () => {
  it("cover nearly all values, on round numbers", () => {
    expect(rangeOf([tile([0.012, 0.3, NaN, Infinity])], "test")).toEqual({ low: 0.01, high: 0.5, log: true });
    expect(rangeOf([tile([NaN, NaN, NaN, Infinity])], "test")).toBeNull();
    expect(rangeOf([tile([10, 20, 30, 40], [1, 1, 0, 0])], "epochs")).toEqual({ low: 10, high: 20, log: true });
    expect(rangeOf([tile([0.5, 0.5, 0.5, 0.5])], "test")).toEqual({ low: 0.5, high: 5, log: true });
  });

  it("go by factors for losses", () => {
    expect(shareOf({ low: 0.01, high: 1, log: true }, 0.1)).toBeCloseTo(0.5, 9);
    expect(shareOf({ low: 0.5, high: 1, log: false }, 0.25)).toBe(0);
  });

  it("are blue for a low loss, orange for a high one, and grey for none", () => {
    const table = Uint32Array.from({ length: 256 }, (_, i) => i);
    const into = new Uint32Array(4);
    paint(into, tile([0.01, 1, NaN, 0.1]), "test", { low: 0.01, high: 1, log: true }, table, 999);
    // The first row of a tile is the bottom, that of a picture the top.
    expect(Array.from(into)).toEqual([999, 127, 255, 0]);
    paint(into, tile([0.5, 1, NaN, 0.75]), "accuracy", { low: 0.5, high: 1, log: false }, table, 999);
    expect(Array.from(into)).toEqual([999, 128, 0, 255]);
    paint(into, tile([5, 50, 5, 50], [1, 0, 0, 1]), "epochs", { low: 5, high: 50, log: true }, table, 999);
    expect(Array.from(into)).toEqual([999, 0, 255, 999]);
  });
});
