import { describe, expect, it } from "vitest";
import { drawNeuronBoundaries } from "./neuron-boundaries";
import { ParameterLayout } from "./parameters";

const CELLS = 48;

function grid(feature: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: CELLS * CELLS }, (_, i) => {
    const x = (((i % CELLS) + 0.5) / CELLS) * 12 - 6;
    return feature(x, 6 - ((Math.floor(i / CELLS) + 0.5) / CELLS) * 12);
  });
}

function lines(values: Float32Array[], sizes: number[], parameters: number[]): [number, number][] {
  const at: [number, number][] = [];
  drawNeuronBoundaries(
    { moveTo: (x, y) => at.push([x, y]), lineTo: (x, y) => at.push([x, y]) },
    { cells: CELLS, values },
    new ParameterLayout(sizes),
    Float64Array.from(parameters),
    120,
  );
  return at;
}

describe("neuron boundaries", () => {
  it("run where a neuron's sum is zero", () => {
    // 2·x + 3 = 0 at x = −1.5, which is 45 of 120 pixels from the left.
    const at = lines([grid((x) => x), grid((_, y) => y)], [2, 1, 1], [2, 0, 3, 1, 0]);
    expect(at.length).toBeGreaterThan(50);
    for (const [x] of at) expect(x).toBeCloseTo(45, 5);
  });

  it("are bent where the inputs are", () => {
    // x² + y² − 9 = 0 is a circle of radius 3: 30 pixels around the middle.
    const at = lines([grid((x) => x * x), grid((_, y) => y * y)], [2, 1, 1], [1, 1, -9, 1, 0]);
    expect(at.length).toBeGreaterThan(50);
    for (const [x, y] of at) expect(Math.hypot(x - 60, y - 60)).toBeCloseTo(30, 0);
  });

  it("are none without a hidden layer", () => {
    expect(lines([grid((x) => x)], [1, 1], [1, 0])).toEqual([]);
  });
});
