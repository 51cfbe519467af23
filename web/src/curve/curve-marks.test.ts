import { describe, expect, it } from "vitest";
import { curveRoom } from "./draw-curve";
import { pill } from "./curve-marks";
import { Range, rangeOf } from "./loss-range";
import { CurveData } from "../model/curve-data";
import { paleTable, colourTable, SCALES } from "../color/scale";

describe("the play head's pill", () => {
  const room = curveRoom(800, 150, false);

  it("stands under the head, and inside at both ends", () => {
    expect(pill(room, 400, 3)).toEqual({ wide: 40, left: 380 });
    expect(pill(room, room.left, 3).left).toBeGreaterThanOrEqual(0);
    const { left, wide } = pill(room, room.right, 9);
    expect(left + wide).toBeLessThanOrEqual(800);
  });
});

describe("the losses that the curve must hold", () => {
  it("grow with the run and start again with another", () => {
    const range = new Range();
    const curve = new CurveData();
    curve.take(1, 1, 1, Float64Array.from([0, 0.5, 0.6, 1, 0.2, 0.3]));
    range.measure(curve, 0.1, NaN);
    expect([range.least, range.greatest]).toEqual([0.1, 0.6]);
    curve.take(2, 1, 0, Float64Array.from([0, 0.4, 0.4]));
    range.measure(curve, 0.4, 0.4);
    expect([range.least, range.greatest]).toEqual([0.4, 0.4]);
  });

  it("include pinned runs and many starts, but not what ran away", () => {
    const pinned = { pin: 1, count: 2, cells: 0, picture: new Uint8Array(0), curve: Float64Array.from([0, 0.5, 0.7, 40, 0.1, 0.2]) };
    const starts = { n: 2, kept: 1, epochs: Float64Array.from([9]), train: Float32Array.from([0.125, 1e30]) };
    expect(rangeOf([pinned], starts)).toEqual({ least: 0.125, greatest: 1000, epoch: 40 });
    expect(rangeOf([], null).epoch).toBe(0);
  });
});

describe("what did not make it", () => {
  it("is nearly grey and keeps its shape", () => {
    const chroma = (word: number): number => {
      const [r, g, b] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
      return Math.max(r, g, b) - Math.min(r, g, b);
    };
    for (const theme of ["light", "dark"] as const) {
      const stops = SCALES.tinkernet[theme].output;
      const [bright, pale] = [colourTable(stops), paleTable(stops, theme)];
      expect(chroma(pale[0] as number)).toBeLessThan(0.2 * chroma(bright[0] as number));
      expect(pale[0]).not.toBe(pale[255]);
    }
  });
});
