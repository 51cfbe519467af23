import { describe, expect, it } from "vitest";
import { CURVES, PINNED, WALL, kindOf, readCurves, readPinned, readWall } from "./insight-frames";

describe("what comes in binary", () => {
  it("is a pinned run with its curve and its picture", () => {
    const bytes = new ArrayBuffer(16 + 48 + 4);
    new Uint32Array(bytes, 0, 4).set([PINNED, 7, 2, 2]);
    new Float64Array(bytes, 16, 6).set([0, 0.5, 0.6, 10, 0.1, 0.2]);
    new Uint8Array(bytes, 64, 4).set([1, 2, 3, 4]);
    expect(kindOf(bytes)).toBe(PINNED);
    const pinned = readPinned(bytes);
    expect([pinned.pin, pinned.count, pinned.cells]).toEqual([7, 2, 2]);
    expect([...pinned.curve]).toEqual([0, 0.5, 0.6, 10, 0.1, 0.2]);
    expect([...pinned.picture]).toEqual([1, 2, 3, 4]);
  });

  it("is a wall with two losses and a field for each start", () => {
    const bytes = new ArrayBuffer(16 + 32 + 2);
    new Uint32Array(bytes, 0, 4).set([WALL, 2, 1, 40]);
    new Float64Array(bytes, 16, 4).set([0.1, 0.2, 0.3, 0.4]);
    new Uint8Array(bytes, 48, 2).set([0, 255]);
    const wall = readWall(bytes);
    expect([wall.n, wall.cells, wall.epoch]).toEqual([2, 1, 40]);
    expect([[...wall.train], [...wall.test], [...wall.fields]]).toEqual([
      [0.1, 0.3],
      [0.2, 0.4],
      [0, 255],
    ]);
  });

  it("is the curves of all starts, one after the other", () => {
    const bytes = new ArrayBuffer(16 + 16 + 16);
    new Uint32Array(bytes, 0, 4).set([CURVES, 2, 2, 0]);
    new Float64Array(bytes, 16, 2).set([0, 9]);
    new Float32Array(bytes, 32, 4).set([1, 0.5, 2, 0.25]);
    const curves = readCurves(bytes);
    expect([[...curves.epochs], [...curves.train]]).toEqual([
      [0, 9],
      [1, 0.5, 2, 0.25],
    ]);
  });
});
