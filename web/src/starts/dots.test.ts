import { describe, expect, it } from "vitest";
import { dotsOf, lossMarks, lossScale, niceThreshold } from "./dots";

describe("the strip of dots", () => {
  const losses = [0.01, 0.01, 0.0499, 0.0501, 0.3, NaN];
  const scale = lossScale(losses, 0.05, 600);

  it("holds every loss and goes there and back", () => {
    expect(scale.x(0.01)).toBeGreaterThan(12);
    expect(scale.x(0.3)).toBeLessThan(588);
    expect(scale.loss(scale.x(0.123))).toBeCloseTo(0.123, 9);
  });

  it("keeps those that succeed left of the threshold", () => {
    const dots = dotsOf(losses, 0.05, scale, 9, [0, 1, 2, 3, 4, 5]);
    const edge = scale.x(0.05);
    expect(dots.map((d) => d.x < edge)).toEqual([true, true, true, false, false, false]);
    expect(dots[1]).toMatchObject({ x: dots[0]?.x, rank: 1 });
  });

  it("marks round numbers apart from the threshold", () => {
    const marks = lossMarks(scale, 0.05, 40);
    expect(marks).toContain(0.01);
    expect(marks).not.toContain(0.05);
  });

  it("sets thresholds that can be read", () => {
    expect(niceThreshold(0.048731)).toBe(0.049);
  });
});
