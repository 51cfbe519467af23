import { describe, expect, it } from "vitest";
import { besidePlace } from "./beside-place";

const BUTTON = { left: 20, right: 100, top: 300, bottom: 330 };

describe("a popover", () => {
  it("stands to the right of its button where there is room, level with it", () => {
    expect(besidePlace(BUTTON, { width: 400, height: 200 }, { width: 1000, height: 800 })).toEqual({
      left: 124,
      top: 215,
    });
  });
  it("stays in the window where there is none", () => {
    expect(besidePlace(BUTTON, { width: 340, height: 500 }, { width: 360, height: 540 })).toEqual({
      left: 12,
      top: 32,
    });
    expect(besidePlace(BUTTON, { width: 344, height: 600 }, { width: 360, height: 540 })).toEqual({ left: 8, top: 8 });
  });
});
