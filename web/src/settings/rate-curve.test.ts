import { describe, expect, it } from "vitest";
import { pathOf, placeOn } from "./rate-curve";

const CURVE = { epochs: [0, 1, 2, 4], rates: [0.2, 0.4, 0.1, 0] };

describe("the picture of a schedule", () => {
  it("reaches from epoch 0 to the last, and from 0 to the highest learning rate", () => {
    expect(pathOf(CURVE)).toBe("M0 50L25 0L50 75L100 100");
  });

  it("marks an epoch at its learning rate", () => {
    expect(placeOn(CURVE, 2, 0.1)).toEqual({ x: 50, y: 75 });
  });

  it("keeps the mark inside until a longer curve has come", () => {
    expect(placeOn(CURVE, 9, 0.5)).toEqual({ x: 100, y: 0 });
  });

  it("is a line at the bottom where the learning rate is 0", () => {
    expect(pathOf({ epochs: [0, 1], rates: [0, 0] })).toBe("M0 100L100 100");
  });
});
