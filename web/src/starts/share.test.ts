import { describe, expect, it } from "vitest";
import { shareText, succeeded } from "./share";

describe("the share that succeeds", () => {
  it("counts what diverged as failed", () => {
    expect(succeeded([0.01, 0.05, 0.06, NaN, null, Infinity], 0.05)).toBe(2);
  });

  it("is written with the interval of its count", () => {
    const intervals = Float64Array.from([0, 0.66, 0.09, 0.91, 0.34, 1]);
    expect([0, 1, 2].map((count) => shareText(count, { n: 2, intervals }))).toEqual([
      "0 % (95 % interval 0–66 %)",
      "50 % (95 % interval 9–91 %)",
      "100 % (95 % interval 34–100 %)",
    ]);
  });
});
