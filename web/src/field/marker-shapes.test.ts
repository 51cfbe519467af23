import { describe, expect, it } from "vitest";
import { SHAPES } from "./marker-corners";
import { shapePoints, traceShape } from "./marker-shapes";

function area(corners: readonly (readonly [number, number])[]): number {
  return Math.abs(
    corners.reduce((sum, [x, y], i) => {
      const [u, v] = corners[(i + 1) % corners.length] ?? [0, 0];
      return sum + (x * v - u * y) / 2;
    }, 0),
  );
}

describe("the markers of classes", () => {
  it("are ten different shapes of about the same area", () => {
    expect(new Set(SHAPES.map((_, index) => shapePoints(index, 0, 0, 10))).size).toBe(10);
    for (const shape of SHAPES) {
      expect(area(shape)).toBeGreaterThan(0.65 * Math.PI);
      expect(area(shape)).toBeLessThan(1.15 * Math.PI);
    }
  });

  it("stay within a square of 1.6 times a disc's radius", () => {
    for (const shape of SHAPES)
      for (const [x, y] of shape) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1.61);
  });

  it("are traced around their place, and closed", () => {
    const traced: string[] = [];
    const pen = {
      moveTo: (x: number, y: number) => traced.push(`M${x.toFixed(2)} ${y.toFixed(2)}`),
      lineTo: (x: number, y: number) => traced.push(`L${x.toFixed(2)} ${y.toFixed(2)}`),
      closePath: () => traced.push("Z"),
    };
    traceShape(pen, 3, 10, 20, 2);
    expect(traced).toEqual(["M10.00 17.36", "L12.64 20.00", "L10.00 22.64", "L7.36 20.00", "Z"]);
    traced.length = 0;
    traceShape(pen, 3, 10, 20, 2, 1);
    expect(traced[0]).toBe("M10.00 16.36");
  });
});
