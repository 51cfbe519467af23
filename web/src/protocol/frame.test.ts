import { describe, expect, it } from "vitest";
import { emptyFrame, isFrame, isPoints, readFrame, readPoints } from "./frame";

/** A frame as the server packs it: 2 fields of 3 × 3 cells, an output of 4 × 4, one new point of the curve. */
function message(): ArrayBuffer {
  const bytes = new ArrayBuffer(112 + 8 * 5 + 24 + 8 * 4 + 16 + 24 + 16);
  new Uint32Array(bytes, 0, 14).set([1, 7, 3, 1 | 2, 5, 1, 2, 3, 4, 2, 4, 42, 1, 0]);
  new Float64Array(bytes, 56, 7).set([12, 30, 0.25, 0.5, 0.9, 0.8, 60]);
  let at = 112;
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
  return bytes;
}

describe("a frame", () => {
  it("is told from points by its first word", () => {
    expect(isFrame(message())).toBe(true);
    expect(isPoints(message())).toBe(false);
  });

  it("says where the run is", () => {
    const frame = readFrame(message(), emptyFrame());
    expect(frame).toMatchObject({
      frame: 7,
      run: 3,
      playing: true,
      diverged: true,
      epoch: 12,
      position: 30,
      curveStride: 2,
      point: 42,
    });
    expect([frame.trainLoss, frame.testLoss, frame.trainAccuracy, frame.testAccuracy, frame.epochsPerSecond]).toEqual([
      0.25, 0.5, 0.9, 0.8, 60,
    ]);
  });

  it("brings parameters, curve and activations in order", () => {
    const frame = readFrame(message(), emptyFrame());
    expect([...frame.parameters]).toEqual([1, 2, 3, 4, 5]);
    expect([...frame.curve]).toEqual([12, 0.25, 0.5]);
    expect([...frame.activations]).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it("finds the fields behind what fills up the blocks", () => {
    const frame = readFrame(message(), emptyFrame());
    expect([...frame.scales]).toEqual([1, 0, 2]);
    expect(frame.neurons).toHaveLength(18);
    expect([frame.neurons[8], frame.neurons[9]]).toEqual([128, 127]);
    expect([...frame.output]).toEqual(Array(16).fill(255));
    expect([frame.focusLayer, frame.focusNeuron]).toEqual([1, 0]);
  });
});

describe("points", () => {
  it("come with the training points first", () => {
    const bytes = new ArrayBuffer(16 + 48);
    new Uint32Array(bytes, 0, 4).set([2, 9, 1, 1]);
    new Float64Array(bytes, 16, 6).set([1, 2, 1, 3, 4, -1]);
    expect(readPoints(bytes)).toEqual({
      run: 9,
      trainCount: 1,
      testCount: 1,
      values: new Float64Array([1, 2, 1, 3, 4, -1]),
    });
  });
});
