import { describe, expect, it } from "vitest";
import { biasName, neuronName, shortBiasName, shortWeightName, weightName } from "./names";
import { symbolParts } from "./symbol";

describe("names", () => {
  const sizes = [2, 4, 2, 1];
  it("are those that hold", () => {
    expect(weightName(0, 0, 0, sizes, ["X1", "X2"])).toBe("Weight from X1 to neuron 1 of layer 1");
    expect(weightName(2, 0, 1, sizes, ["X1", "X2"])).toBe("Weight from neuron 2 of layer 2 to output neuron");
    expect(biasName({ layer: 2, neuron: 0 }, sizes, [])).toBe("Bias of output neuron");
    expect(neuronName({ layer: 0, neuron: 3 }, sizes, [])).toBe("neuron 4 of layer 1");
  });

  it("of several outputs have the class", () => {
    const [several, classes] = [
      [2, 4, 3],
      ["setosa", "versicolor", "virginica"],
    ];
    expect(neuronName({ layer: 1, neuron: 2 }, several, [], classes)).toBe("output neuron of virginica");
    expect(biasName({ layer: 1, neuron: 0 }, several, [], classes)).toBe("Bias of output neuron of setosa");
    expect(weightName(1, 1, 3, several, [], classes)).toBe(
      "Weight from neuron 4 of layer 1 to output neuron of versicolor",
    );
    expect(shortWeightName({ layer: 1, to: 1, from: 3 }, several, [], classes)).toBe("neuron 4 → versicolor");
    expect(shortBiasName({ layer: 1, neuron: 2 }, several, classes)).toBe("Bias of virginica");
    expect(shortBiasName({ layer: 0, neuron: 2 }, several, classes)).toBe("Bias of neuron 3");
  });

  it("have their small letters taken apart", () => {
    expect(symbolParts("x₁²")).toEqual([
      { text: "x", kind: "plain" },
      { text: "1", kind: "sub" },
      { text: "2", kind: "sup" },
    ]);
  });
});
