import { describe, expect, it } from "vitest";
import type { DifferenceFact } from "../protocol/messages";
import { listed, sides } from "./differences";

function difference(name: string, before: string, after: string, names_itself: boolean): DifferenceFact {
  return { field: name, name, before, after, names_itself };
}
const activation = difference("activation", "Tanh", "ReLU", true);
const rate = difference("learning rate", "0.03", "0.1", false);

describe("two runs", () => {
  it("are called by what differs", () => {
    expect(sides([activation])).toEqual(["Tanh", "ReLU"]);
    expect(sides([activation, rate])).toEqual(["Tanh, learning rate 0.03", "ReLU, learning rate 0.1"]);
    expect(sides([])).toEqual(["before", "now"]);
  });

  it("have their differences in a list", () => {
    expect(listed([activation, rate])).toBe("activation: Tanh → ReLU, learning rate: 0.03 → 0.1");
  });
});
