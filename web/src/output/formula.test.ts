import { describe, expect, it } from "vitest";
import { signed, weightedSum } from "./formula";

describe("a neuron's weighted sum", () => {
  const values = Float64Array.from([-0.43, -0.36, 0.1]);

  it("has its terms in the order of the inputs, and the bias last", () => {
    const of = weightedSum(["x₁", "x₂"], 0, 2, values, 3);
    expect(of.terms).toEqual([
      { input: 0, index: 0, name: "x₁" },
      { input: 1, index: 1, name: "x₂" },
    ]);
    expect(of.bias).toBe(2);
  });

  it("names the largest terms and how many are left", () => {
    const many = Float64Array.from([0.1, -5, 0.2, 3, 0.3, 2, 0]);
    const of = weightedSum(["a", "b", "c", "d", "e", "f"], 0, 6, many, 3);
    expect(of.terms.map((term) => term.name)).toEqual(["b", "d", "f"]);
    expect(of.more).toBe(3);
  });

  it("does not hide one single input behind a word", () => {
    expect(weightedSum(["a", "b", "c", "d"], 0, 4, new Float64Array(5), 3).more).toBe(0);
  });

  it("has no minus before zero", () => {
    expect([signed(-0.001, true), signed(-0.001, false), signed(-1, false)]).toEqual(["0.00", " + 0.00", " − 1.00"]);
  });
});
