import { describe, expect, it } from "vitest";
import { madeIt, shareText, wilson } from "./share";

describe("the share that makes it", () => {
  it("has the interval of Wilson", () => {
    const [low, high] = wilson(31, 64);
    expect(low).toBeCloseTo(0.3664, 3);
    expect(high).toBeCloseTo(0.6042, 3);
  });

  it("is never surer than the number of starts allows", () => {
    expect(wilson(0, 64)[0]).toBe(0);
    expect(wilson(0, 64)[1]).toBeCloseTo(0.0566, 3);
    expect(wilson(64, 64)[0]).toBeCloseTo(0.9434, 3);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  it("counts what diverged as failed", () => {
    expect(madeIt([0.01, 0.05, 0.06, NaN, null, Infinity], 0.05)).toBe(2);
  });

  it("is written as in the headline", () => {
    expect(shareText(31, 64)).toBe("48\u2009%, 95\u2009% interval 37–60");
  });
});
