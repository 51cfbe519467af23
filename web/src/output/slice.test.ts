import { describe, expect, it } from "vitest";
import { axesWith, heldWith, shownValue, stepOf } from "./slice";

describe("what is drawn of many columns", () => {
  it("never has one column along both sides", () => {
    expect(axesWith({ across: 0, up: 1 }, 2, "across")).toEqual([2, 1]);
    expect(axesWith({ across: 0, up: 1 }, 1, "across")).toEqual([1, 0]);
    expect(axesWith({ across: 0, up: 1 }, 2, "up")).toEqual([0, 2]);
    expect(axesWith({ across: 0, up: 1 }, 0, "up")).toEqual([1, 0]);
  });

  it("holds a column at its last value", () => {
    expect(
      heldWith(
        [
          [2, 1],
          [3, 4],
        ],
        2,
        5,
      ),
    ).toEqual([
      [3, 4],
      [2, 5],
    ]);
  });

  it("moves in readable steps, and shows as many digits", () => {
    expect([stepOf({ low: 4, high: 8 }), stepOf({ low: 0, high: 1 }), stepOf({ low: 0, high: 55_000 })]).toEqual([
      0.05, 0.01, 1000,
    ]);
    expect(shownValue({ low: 4, high: 8 }, 5.1)).toBe("5.10");
    expect(shownValue({ low: 0, high: 55_000 }, 12_000)).toBe("12000");
  });
});
