import { describe, expect, it } from "vitest";
import { formula, formulaText, signed } from "../output/formula";
import { count, fixed, loss, parseNumber, percent, setting } from "./format";
import { biasName, neuronName, symbolParts, weightName } from "../model/place";

describe("numbers", () => {
  it("carry a real minus sign and keep their decimals", () => {
    expect(fixed(-0.5, 2)).toBe("−0.50");
    expect(fixed(-0.0001, 2)).toBe("0.00");
    expect(fixed(NaN, 2)).toBe("not a number");
    expect(fixed(-Infinity, 2)).toBe("−∞");
  });

  it("are short where they are settings", () => {
    expect([0, 0.00001, 0.03, 1, 10].map(setting)).toEqual(["0", "0.00001", "0.03", "1", "10"]);
  });

  it("are read as a person types them", () => {
    expect(parseNumber(" −0,5 ")).toBe(-0.5);
    expect(parseNumber("1e-3")).toBe(0.001);
    expect(parseNumber("a lot")).toBeNull();
    expect(parseNumber("")).toBeNull();
  });

  it("are said as losses, shares and counts", () => {
    expect([loss(0.0074), loss(NaN), percent(0.9964), percent(NaN), count(12345)]).toEqual(["0.007", "–", "99.6 %", "–", "12\u2009345"]);
  });
});

describe("names", () => {
  const sizes = [2, 4, 2, 1];
  it("are those that hold", () => {
    expect(weightName(0, 0, 0, sizes, ["X1", "X2"])).toBe("Weight from X1 to neuron 1 of layer 1");
    expect(weightName(2, 0, 1, sizes, ["X1", "X2"])).toBe("Weight from neuron 2 of layer 2 to output neuron");
    expect(biasName({ layer: 3, neuron: 0 }, sizes, [])).toBe("Bias of output neuron");
    expect(neuronName({ layer: 1, neuron: 3 }, sizes, [])).toBe("neuron 4 of layer 1");
  });

  it("have their small letters taken apart", () => {
    expect(symbolParts("x₁²")).toEqual([{ text: "x", kind: "plain" }, { text: "1", kind: "sub" }, { text: "2", kind: "sup" }]);
  });
});

describe("a neuron's formula", () => {
  const values = Float64Array.from([-0.43, -0.36, 0.1]);

  it("is read out as a teacher would", () => {
    const of = formula(["x₁", "x₂"], 0, 2, values, "linear", 3);
    expect(formulaText(of, values)).toBe("−0.43·x₁ − 0.36·x₂ + 0.10");
    expect(formulaText(formula(["x₁", "x₂"], 0, 2, values, "tanh", 3), values)).toBe("tanh(−0.43·x₁ − 0.36·x₂ + 0.10)");
    expect(formulaText(formula(["x₁", "x₂"], 0, 2, values, "relu", 3), values)).toContain("max(0, ");
  });

  it("names the largest terms and how many are left", () => {
    const many = Float64Array.from([0.1, -5, 0.2, 3, 0.3, 2, 0]);
    const of = formula(["a", "b", "c", "d", "e", "f"], 0, 6, many, "tanh", 3);
    expect(of.terms.map((term) => term.name)).toEqual(["b", "d", "f"]);
    expect(of.more).toBe(3);
  });

  it("does not hide one single input behind a word", () => {
    expect(formula(["a", "b", "c", "d"], 0, 4, new Float64Array(5), "tanh", 3).more).toBe(0);
  });

  it("has no minus before zero", () => {
    expect([signed(-0.001, true), signed(-0.001, false), signed(-1, false)]).toEqual(["0.00", " + 0.00", " − 1.00"]);
  });
});
