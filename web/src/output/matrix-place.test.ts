import { describe, expect, it } from "vitest";
import { matrixPlace } from "./matrix-place";

const size = { width: 280, height: 260 };

describe("the place of the confusion matrix", () => {
  it("is left of the picture, level with it, where there is room", () => {
    const slide = { left: 1000, right: 1400, top: 120, bottom: 520 };
    expect(matrixPlace(slide, size, { width: 1440, height: 900 })).toMatchObject({ left: 708, top: 120 });
    expect(matrixPlace({ ...slide, top: 700 }, size, { width: 1440, height: 900 }).top).toBe(632);
  });

  it("scrolls rather than covers it", () => {
    const slide = { left: 480, right: 620, top: 88, bottom: 228 };
    const wide = { width: 580, height: 340 };
    expect(matrixPlace(slide, wide, { width: 640, height: 360 })).toEqual({
      left: 8,
      top: 12,
      width: 460,
      height: 344,
    });
  });

  it("is right of it where that is free", () => {
    const slide = { left: 16, right: 300, top: 60, bottom: 344 };
    expect(matrixPlace(slide, size, { width: 820, height: 500 })).toMatchObject({ left: 312, top: 60 });
  });

  it("is below it on an upright phone, and no higher than what is left there", () => {
    const slide = { left: 16, right: 262, top: 96, bottom: 342 };
    const room = { width: 390, height: 844 };
    expect(matrixPlace(slide, size, room)).toMatchObject({ left: 16, top: 354, height: 482 });
    expect(matrixPlace(slide, { width: 370, height: 600 }, room)).toMatchObject({ left: 12, top: 354, height: 482 });
  });

  it("covers the lower end of it where there is no other room", () => {
    const slide = { left: 16, right: 340, top: 96, bottom: 420 };
    expect(matrixPlace(slide, size, { width: 360, height: 500 })).toMatchObject({ left: 16, top: 232 });
  });
});
