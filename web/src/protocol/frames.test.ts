import { describe, expect, it } from "vitest";
import {
  CURVES_FRAME,
  FRAME,
  PIN_FRAME,
  WALL_FRAME,
  emptyFrame,
  kindOf,
  readCurvesFrame,
  readFrame,
  readPinFrame,
  readPointsFrame,
  readWallFrame,
} from "./frames";

/** A frame as the server packs it: 2 fields of 3 × 3 cells, an output of 4 × 4 with winners, one new point of the curve. */
function message(): ArrayBuffer {
  const bytes = new ArrayBuffer(144 + 8 * 5 + 24 + 8 * 4 + 16 + 24 + 16 + 16 + 8);
  new Uint32Array(bytes, 0, 19).set([1, 7, 3, 1, 1, 2, 42, 1, 0, 1, 5, 1, 4, 3, 2, 3, 4, 4, 5]);
  new Int32Array(bytes, 32, 1).set([-1]);
  new Float64Array(bytes, 80, 8).set([12, 30, 0.25, 0.5, 0.9, 0.8, 60, 0.01]);
  let at = 144;
  new Float64Array(bytes, at, 5).set([1, 2, 3, 4, 5]);
  at += 40;
  new Float64Array(bytes, at, 3).set([12, 0.25, 0.5]);
  at += 24;
  new Float64Array(bytes, at, 4).set([0.1, 0.2, 0.3, 0.4]);
  at += 32;
  new Float32Array(bytes, at, 3).set([1, 0, 2]);
  at += 16;
  new Uint8Array(bytes, at, 18).fill(128).fill(127, 9);
  at += 24;
  new Uint8Array(bytes, at, 16).fill(255);
  at += 16;
  new Uint8Array(bytes, at, 16).fill(2);
  at += 16;
  new Uint8Array(bytes, at, 5).set([0, 2, 1, 1, 0]);
  return bytes;
}

describe("a frame", () => {
  it("says where the run is", () => {
    expect(kindOf(message())).toBe(FRAME);
    expect(readFrame(message(), emptyFrame())).toMatchObject({
      frame: 7,
      run: 3,
      playing: true,
      diverged: true,
      curveStride: 2,
      point: 42,
      focused: true,
      focusLayer: -1,
      focusNeuron: 1,
      epoch: 12,
      position: 30,
      trainLoss: 0.25,
      testLoss: 0.5,
      trainAccuracy: 0.9,
      testAccuracy: 0.8,
      epochsPerSecond: 60,
      learningRate: 0.01,
    });
  });

  it("brings parameters, curve and activations in order", () => {
    const frame = readFrame(message());
    expect([...frame.parameters]).toEqual([1, 2, 3, 4, 5]);
    expect([...frame.curve]).toEqual([12, 0.25, 0.5]);
    expect([...frame.activations]).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it("finds the fields behind what fills up the blocks", () => {
    const frame = readFrame(message());
    expect([...frame.scales]).toEqual([1, 0, 2]);
    expect(frame.neurons).toHaveLength(18);
    expect([frame.neurons[8], frame.neurons[9]]).toEqual([128, 127]);
    expect([...frame.output]).toEqual(Array(16).fill(255));
    expect([...frame.winners]).toEqual(Array(16).fill(2));
    expect([...frame.predicted]).toEqual([0, 2, 1, 1, 0]);
  });

  it("is not anything that is too short", () => {
    expect(kindOf(new ArrayBuffer(2))).toBe(0);
  });
});

describe("what else comes in binary", () => {
  it("is the points, the training points first", () => {
    const bytes = new ArrayBuffer(24 + 48 + 8);
    new Uint32Array(bytes, 0, 5).set([2, 9, 1, 2, 2]);
    new Float64Array(bytes, 24, 6).set([1, 2, 1, 3, 4, -1]);
    new Float32Array(bytes, 72, 2).set([0, 0.5]);
    const points = new Float64Array([1, 2, 1, 3, 4, -1]);
    const distances = new Float32Array([0, 0.5]);
    expect(readPointsFrame(bytes)).toEqual({ run: 9, trainCount: 1, count: 2, points, distances, far: 2 });
  });

  it("is a pinned run with its curve and its picture", () => {
    const bytes = new ArrayBuffer(24 + 48 + 8 + 8);
    new Uint32Array(bytes, 0, 6).set([PIN_FRAME, 7, 3, 2, 2, 2]);
    new Float64Array(bytes, 24, 6).set([0, 0.5, 0.6, 10, 0.1, 0.2]);
    new Uint8Array(bytes, 72, 4).set([1, 2, 3, 4]);
    new Uint8Array(bytes, 80, 4).set([2, 0, 1, 2]);
    const pin = readPinFrame(bytes);
    expect([pin.pin, pin.classes, pin.count, pin.cells]).toEqual([7, 3, 2, 2]);
    expect([...pin.curve]).toEqual([0, 0.5, 0.6, 10, 0.1, 0.2]);
    expect([...pin.picture]).toEqual([1, 2, 3, 4]);
    expect([...pin.winners]).toEqual([2, 0, 1, 2]);
  });

  it("is a wall with two losses and a field for each start", () => {
    const bytes = new ArrayBuffer(32 + 32 + 8 + 8 + 48);
    new Uint32Array(bytes, 0, 8).set([WALL_FRAME, 40, 3, 2, 1, 2, 1, 3]);
    new Float64Array(bytes, 32, 4).set([0.1, 0.3, 0.2, 0.4]);
    new Uint8Array(bytes, 64, 2).set([0, 255]);
    new Uint8Array(bytes, 72, 2).set([2, 1]);
    new Float64Array(bytes, 80, 6).set([0, 0.7, 0.1, 0.9, 0.3, 1]);
    const wall = readWallFrame(bytes);
    expect([wall.epoch, wall.classes, wall.n, wall.cells]).toEqual([40, 3, 2, 1]);
    expect([[...wall.trainLosses], [...wall.testLosses], [...wall.fields]]).toEqual([
      [0.1, 0.3],
      [0.2, 0.4],
      [0, 255],
    ]);
    expect([...wall.winners]).toEqual([2, 1]);
    expect([...wall.intervals]).toEqual([0, 0.7, 0.1, 0.9, 0.3, 1]);
  });

  it("is the curves of all starts, one after the other", () => {
    const bytes = new ArrayBuffer(16 + 16 + 16);
    new Uint32Array(bytes, 0, 3).set([CURVES_FRAME, 2, 2]);
    new Float64Array(bytes, 16, 2).set([0, 9]);
    new Float32Array(bytes, 32, 4).set([1, 0.5, 2, 0.25]);
    const curves = readCurvesFrame(bytes);
    expect([[...curves.epochs], [...curves.trainLosses]]).toEqual([
      [0, 9],
      [1, 0.5, 2, 0.25],
    ]);
  });
});
