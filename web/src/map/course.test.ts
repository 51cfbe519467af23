import { describe, expect, it } from "vitest";
import { courseOf } from "./course";

describe("the course of training", () => {
  it("goes from left to right, lower losses lower", () => {
    const { points, first } = courseOf([1, 0.1, 0.01], 112);
    const [a, b, c] = points.split(" ").map((point) => point.split(",").map(Number));
    expect([a?.[0], c?.[0]]).toEqual([6, 106]);
    expect(a?.[1]).toBeCloseTo(first, 0);
    expect(b?.[1]).toBeGreaterThan(a?.[1] ?? 0);
    expect(c?.[1]).toBe(106);
  });

  it("shows a loss that hardly changes as level, and a loss of 0", () => {
    const { points, first } = courseOf([1, 0.999, 1.001], 112);
    for (const point of points.split(" ")) expect(Math.abs(Number(point.split(",")[1]) - first)).toBeLessThan(1);
    expect(courseOf([1, 0], 112).points).not.toContain("NaN");
  });
});
