import { describe, expect, it } from "vitest";
import type { PointsFrame } from "../protocol/frames";
import { Confusion, sameCell } from "./confusion.svelte";
import { classOf, confusionOf, pointsIn } from "./confusion-counts";

/** Three training and two test points with these labels. */
function points(labels: number[]): PointsFrame {
  return {
    run: 1,
    trainCount: 3,
    count: 5,
    points: Float64Array.from(labels.flatMap((label) => [0, 0, label])),
    distances: new Float32Array(),
    far: 0,
  };
}

const THREE = points([0, 1, 2, 2, 2]);
const PREDICTED = { predicted: Uint8Array.from([0, 2, 2, 2, 1]) };

describe("the confusion matrix", () => {
  it("counts points by the class that they have and the one that they are put into", () => {
    expect(confusionOf(THREE, PREDICTED, 3, "training")).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect(confusionOf(THREE, PREDICTED, 3, "test")).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ]);
  });

  it("knows the labels of two classes", () => {
    expect([classOf(-1, 2), classOf(1, 2), classOf(2, 3)]).toEqual([0, 1, 2]);
    const two = { predicted: Uint8Array.from([0, 1, 1, 0, 1]) };
    expect(confusionOf(points([-1, -1, 1, 1, 1]), two, 2, "training")).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it("is unknown while the frame has no classes, or those of other points", () => {
    expect(confusionOf(THREE, { predicted: new Uint8Array(0) }, 3, "test")).toBeNull();
    expect(confusionOf(THREE, { predicted: new Uint8Array(4) }, 3, "test")).toBeNull();
    expect(confusionOf(null, PREDICTED, 3, "test")).toBeNull();
  });

  it("has the points of each cell", () => {
    expect([...pointsIn(THREE, PREDICTED, 3, "test", { actual: 2, predicted: 1 })]).toEqual([4]);
    expect([...pointsIn(THREE, PREDICTED, 3, "training", { actual: 1, predicted: 2 })]).toEqual([1]);
    expect(pointsIn(THREE, { predicted: new Uint8Array(0) }, 3, "test", { actual: 2, predicted: 1 }).size).toBe(0);
  });

  it("asks for the predicted classes while it is open, and only then", () => {
    const asked: boolean[] = [];
    const confusion = new Confusion((on) => asked.push(on));
    confusion.close();
    confusion.show();
    confusion.choose({ actual: 1, predicted: 2 });
    expect(confusion.lit).toEqual({ actual: 1, predicted: 2 });
    confusion.pointed = { actual: 0, predicted: 0 };
    expect(confusion.lit).toEqual({ actual: 0, predicted: 0 });
    confusion.close();
    expect(asked).toEqual([true, false]);
    expect(confusion.lit).toBeNull();
  });

  it("leaves a cell that is chosen again", () => {
    const confusion = new Confusion(() => undefined);
    confusion.show();
    confusion.choose({ actual: 1, predicted: 2 });
    confusion.choose({ actual: 1, predicted: 2 });
    expect(confusion.lit).toBeNull();
    expect(sameCell(null, null)).toBe(true);
  });
});
