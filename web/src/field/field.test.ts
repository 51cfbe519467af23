import { describe, expect, it } from "vitest";
import { contour, evened } from "./contour";
import { bytesOf } from "./strip";

function lines(bytes: ArrayLike<number>, cells: number): [number, number][] {
  const points: [number, number][] = [];
  const pen = {
    moveTo: (x: number, y: number) => points.push([x, y]),
    lineTo: (x: number, y: number) => points.push([x, y]),
  };
  contour(pen, bytes, cells, cells, 127.5);
  return points;
}

/** A field that rises from left to right and is zero in the middle. */
function slope(cells: number, steep: number): Uint8Array {
  return Uint8Array.from({ length: cells * cells }, (_, i) =>
    Math.max(0, Math.min(255, Math.round(127.5 + steep * ((i % cells) + 0.5 - cells / 2)))),
  );
}

describe("the zero line", () => {
  it("runs where the field is zero", () => {
    for (const [x] of lines(slope(20, 9), 20)) expect(x).toBeCloseTo(10, 0);
  });

  it("is not there where nothing changes sign", () => {
    expect(lines(new Uint8Array(100).fill(200), 10)).toEqual([]);
  });

  it("is no staircase in a shallow field", () => {
    const cells = 60;
    const tilted = Uint8Array.from({ length: cells * cells }, (_, i) =>
      Math.round(127.5 + 0.1 * ((i % cells) - 30) + 0.02 * (Math.floor(i / cells) - 30)),
    );
    const xs = lines(evened(tilted, cells), cells).map(([x]) => x);
    const steps = xs.slice(1).map((x, i) => Math.abs(x - (xs[i] as number)));
    expect(Math.max(...steps)).toBeLessThan(1.2);
  });
});

describe("fields", () => {
  it("come as base64 and are bytes again", () => {
    expect([...bytesOf(btoa("\u0000\u00ff"))]).toEqual([0, 255]);
  });
});
