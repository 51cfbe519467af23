import { describe, expect, it } from "vitest";
import { classColour } from "./classes";
import { INKS } from "./ink";

describe("the colours of classes", () => {
  it("begin with orange and blue, as for two classes", () => {
    expect([0, 1].map((index) => classColour(index, INKS.light))).toEqual([INKS.light.negative, INKS.light.positive]);
  });
  it("are six different ones", () => {
    expect(new Set([0, 1, 2, 3, 4, 5].map((index) => classColour(index, INKS.dark))).size).toBe(6);
  });
});
