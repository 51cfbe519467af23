import { describe, expect, it } from "vitest";
import { drawFolds } from "./folds";
import { ParameterLayout } from "./parameters";

function lines(features: string[], sizes: number[], values: number[]): [number, number][] {
  const at: [number, number][] = [];
  drawFolds(
    { moveTo: (x, y) => at.push([x, y]), lineTo: (x, y) => at.push([x, y]) },
    features,
    new ParameterLayout(sizes),
    Float64Array.from(values),
    120,
  );
  return at;
}

describe("the folds", () => {
  it("run where a neuron's sum is zero", () => {
    // 2·x + 3 = 0 at x = −1.5, which is 45 of 120 pixels from the left.
    const at = lines(["x", "y"], [2, 1, 1], [2, 0, 3, 1, 0]);
    expect(at.length).toBeGreaterThan(50);
    for (const [x] of at) expect(x).toBeCloseTo(45, 6);
  });

  it("are bent where the inputs are", () => {
    // x² + y² − 9 = 0 is a circle of radius 3: 30 pixels around the middle.
    const at = lines(["xSquared", "ySquared"], [2, 1, 1], [1, 1, -9, 1, 0]);
    expect(at.length).toBeGreaterThan(50);
    for (const [x, y] of at) expect(Math.hypot(x - 60, y - 60)).toBeCloseTo(30, 0);
  });

  it("are none without a hidden layer", () => {
    expect(lines(["x"], [1, 1], [1, 0])).toEqual([]);
  });
});
