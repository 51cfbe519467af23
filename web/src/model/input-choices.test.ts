import { describe, expect, it } from "vitest";
import { withAdded, withToggled, without } from "./input-choices";

describe("the inputs of a network", () => {
  it("stay in the order of all that there are when one is switched on or off", () => {
    expect(withToggled(["a", "c"], "b", ["a", "b", "c", "d"])).toEqual(["a", "b", "c"]);
    expect(withToggled(["a", "b", "c"], "b", ["a", "b", "c", "d"])).toEqual(["a", "c"]);
  });

  it("get a formula at the end, or in the place of the one that it replaces", () => {
    expect(withAdded(["a", "b"], "c", "")).toEqual(["a", "b", "c"]);
    expect(withAdded(["a", "b"], "c", "a")).toEqual(["c", "b"]);
  });

  it("lose one that is removed", () => {
    expect(without(["a", "b"], "a")).toEqual(["b"]);
  });
});
