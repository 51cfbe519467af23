import { expect, it } from "vitest";
import { partsAt } from "./formula-places";

it("takes a formula apart at the place that is wrong", () => {
  expect(partsAt("x + foo*y", 4, 3)).toEqual({ before: "x + ", wrong: "foo", after: "*y" });
});

it("counts characters, not the units of a string", () => {
  expect(partsAt("𝑥𝑥 + foo", 5, 3)).toEqual({ before: "𝑥𝑥 + ", wrong: "foo", after: "" });
});

it("marks a gap where something is missing at the end", () => {
  expect(partsAt("x", 1, 1)).toEqual({ before: "x", wrong: "\u00a0\u00a0", after: "" });
});
