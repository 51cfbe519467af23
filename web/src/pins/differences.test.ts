import { describe, expect, it } from "vitest";
import { sides } from "./differences";

describe("two times many starts", () => {
  it("are named by what differs", () => {
    expect(sides(["activation: tanh → relu"])).toEqual(["tanh", "relu"]);
    expect(sides(["learning rate: 0.03 → 0.1"])).toEqual(["learning rate 0.03", "learning rate 0.1"]);
    expect(sides(["hidden: 3 → 4, 2"])).toEqual(["3 neurons", "4 + 2 neurons"]);
    expect(sides([])).toEqual(["before", "now"]);
  });
});
