import { describe, expect, it } from "vitest";
import { ticks, valueAt } from "./axis";

const RATE = { setting: "learning_rate", low: 0.001, high: 10, log: true };
const WIDTH = { setting: "width", low: 1, high: 4, log: false };
const NOISE = { setting: "noise", low: 0, high: 50, log: false };

describe("the axis of a map", () => {
  it("has the values of the session", () => {
    expect(valueAt(RATE, 0.5, false)).toBeCloseTo(0.1, 12);
    expect(valueAt(NOISE, 0.25, false)).toBe(12.5);
    expect([0, 0.25, 0.5, 0.99].map((share) => valueAt(WIDTH, share, true))).toEqual([1, 2, 3, 4]);
  });

  it("writes powers of ten on a logarithmic scale", () => {
    expect(ticks(RATE, false, 0, 1, 6).map(({ value }) => value)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(ticks(RATE, false, 0, 1, 10).map(({ value }) => value)).toContain(0.03);
    ticks(RATE, false, 0, 1, 6).forEach(({ at }, i) => expect(at).toBeCloseTo(i / 4, 9));
  });

  it("writes each whole number in the middle of its part", () => {
    expect(ticks(WIDTH, true, 0, 1, 6)).toEqual([1, 2, 3, 4].map((value, i) => ({ value, at: (i + 0.5) / 4 })));
  });

  it("writes equal steps, closer ones of what is enlarged", () => {
    expect(ticks(NOISE, false, 0, 1, 6).map(({ value }) => value)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(ticks(NOISE, false, 0.5, 0.02, 6).map(({ value }) => value)).toEqual([25, 25.2, 25.4, 25.6, 25.8, 26]);
    for (const length of [0.3, 0.01, 1e-6]) {
      const found = ticks(RATE, false, 0.4, length, 5);
      expect(found.length).toBeGreaterThan(1);
      expect(found.length).toBeLessThanOrEqual(6);
    }
  });
});
