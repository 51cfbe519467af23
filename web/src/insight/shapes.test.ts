import { describe, expect, it } from "vitest";
import type { Wall } from "../wire/insight";
import { byLoss, difference, groupsOf, signs } from "./shapes";

const CELLS = 16;

/** A wall of fields that are positive left of a column each. */
function wall(columns: number[], losses: number[]): Wall {
  const fields = new Uint8Array(columns.length * CELLS * CELLS);
  columns.forEach((column, k) => {
    for (let i = 0; i < CELLS * CELLS; i++) fields[k * CELLS * CELLS + i] = i % CELLS < column ? 255 : 0;
  });
  const train = Float64Array.from(losses);
  return { n: columns.length, cells: CELLS, epoch: 1, train, test: train, fields };
}

describe("many starts", () => {
  it("stand by their loss, those that ran away last", () => {
    expect(byLoss([0.3, NaN, 0.1, 0.3])).toEqual([2, 0, 3, 1]);
  });

  it("are alike where their signs are", () => {
    const { fields } = wall([8, 8, 9], [1, 1, 1]);
    const [a, b, c] = [0, 1, 2].map((k) => signs(fields, k * CELLS * CELLS, CELLS)) as [Uint32Array, Uint32Array, Uint32Array];
    expect(difference(a, b)).toBe(0);
    expect(difference(a, c)).toBe(1 / 16);
  });

  it("are grouped by shape, the largest group first, the best of each in front", () => {
    const groups = groupsOf(wall([2, 12, 12, 2, 12], [0.1, 0.4, 0.2, 0.05, 0.3]));
    expect(groups.map((g) => g.members)).toEqual([[2, 4, 1], [3, 0]]);
  });

  it("are grouped the same however often one looks", () => {
    const of = wall([1, 5, 9, 1, 5, 13], [0.6, 0.5, 0.4, 0.3, 0.2, 0.1]);
    expect(groupsOf(of)).toEqual(groupsOf(of));
  });
});
