import { describe, expect, it } from "vitest";
import { activationOf, activationsByLayer } from "./choices";
import { offeredWith, optionWith, optionsOf, outputValue } from "./options";

const number = { label: "", hint: "", least: 0, most: 1, offered: [], whole: false };
const OPTION = {
  name: "one",
  label: "",
  hint: "",
  formula: "",
  parameters: [
    { ...number, name: "first", default: 0.9 },
    { ...number, name: "second", default: 1e-8 },
  ],
};

describe("an option with parameters", () => {
  it("is sent with the value of each", () => {
    expect(optionWith(OPTION, [0.8, 1e-7])).toEqual({ name: "one", first: 0.8, second: 1e-7 });
  });

  it("offers the present value beside the usual ones, in order", () => {
    expect(offeredWith([0.1, 0.5], 0.3)).toEqual([0.1, 0.3, 0.5]);
    expect(offeredWith([0.1, 0.5], 0.5)).toEqual([0.1, 0.5]);
  });

  it("is a loss only where the loss fits the problem", () => {
    const other = { ...OPTION, name: "other" };
    const catalog = { optimizers: [OPTION, other], schedules: [], losses: [OPTION, other], initializers: [] };
    expect(optionsOf(catalog, { losses: ["other"] }, "loss")).toEqual([other]);
    expect(optionsOf(catalog, { losses: ["other"] }, "optimizer")).toEqual([OPTION, other]);
  });
});

describe("a drawn value of the output", () => {
  it("is the output itself from −1 to 1, and a probability from 0 to 1", () => {
    expect(outputValue({ lowest: -1, highest: 1 }, -0.4)).toBeCloseTo(-0.4, 12);
    expect([-1, 0, 0.6, 1].map((drawn) => outputValue({ lowest: 0, highest: 1 }, drawn))).toEqual([0, 0.5, 0.8, 1]);
  });
});

describe("the activation of a layer", () => {
  const choice = { label: "", hint: "", before: "", after: "", effect: "", lowest: null };
  const [one, two, last] = [
    { ...choice, name: "one" },
    { ...choice, name: "two" },
    { ...choice, name: "last" },
  ];

  it("is the same for all hidden layers, or one for each", () => {
    expect(activationsByLayer({ activation: "one", hidden: [4, 2] })).toEqual(["one", "one"]);
    expect(activationsByLayer({ activation: ["one", "two"], hidden: [4, 2] })).toEqual(["one", "two"]);
  });

  it("is the output's own in the last layer", () => {
    const facts = {
      experiment: { activation: ["one", "two"], hidden: [4, 2] },
      output: { activation: last },
      sizes: [2, 4, 2, 1],
    };
    const at = (layer: number) => activationOf({ activations: [one, two] }, facts as never, layer);
    expect([0, 1, 2].map(at)).toEqual([one, two, last]);
  });
});
