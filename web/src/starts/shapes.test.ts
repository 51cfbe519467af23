import { describe, expect, it } from "vitest";
import type { WallFrame } from "../protocol/frames";
import { alike, alikeWins, byLoss, groupsOf, loners, signs, wins } from "./shapes";

const CELLS = 16;

/** A wall of fields that are positive left of a column each. */
function wall(columns: number[], losses: number[]): WallFrame {
  const fields = new Uint8Array(columns.length * CELLS * CELLS);
  columns.forEach((column, k) => {
    for (let i = 0; i < CELLS * CELLS; i++) fields[k * CELLS * CELLS + i] = i % CELLS < column ? 255 : 0;
  });
  const train = Float64Array.from(losses);
  return {
    n: columns.length,
    cells: CELLS,
    epoch: 1,
    classes: 0,
    trainLosses: train,
    testLosses: train,
    fields,
    winners: new Uint8Array(0),
    winnerFields: 0,
    winnerCells: 0,
    counts: 0,
    intervals: new Float64Array(0),
  };
}

describe("many starts", () => {
  it("stand by their loss, those that diverged last", () => {
    expect(byLoss([0.3, NaN, 0.1, 0.3])).toEqual([2, 0, 3, 1]);
  });

  it("are alike where their signs are", () => {
    const { fields } = wall([8, 9, 10], [1, 1, 1]);
    const [a, b, c] = [0, 1, 2].map((k) => signs(fields, k * CELLS * CELLS, CELLS)) as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    expect([alike(a, a), alike(a, b), alike(a, c)]).toEqual([true, true, false]);
  });

  it("differ in a small shape as much as in a large one", () => {
    const { fields } = wall([2, 3, 14, 13], [1, 1, 1, 1]);
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => signs(fields, k * CELLS * CELLS, CELLS)) as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    expect([alike(a, b), alike(c, d)]).toEqual([false, false]);
  });

  it("are grouped by shape, the largest group first, the best of each in front", () => {
    const groups = groupsOf(wall([2, 12, 12, 2, 12], [0.1, 0.4, 0.2, 0.05, 0.3]));
    expect(groups.map((g) => g.members)).toEqual([
      [2, 4, 1],
      [3, 0],
    ]);
  });

  it("stand together where none is like another", () => {
    const { together, alone } = loners(groupsOf(wall([2, 12, 2, 7], [0.1, 0.4, 0.2, 0.05])));
    expect(together.map((g) => g.members)).toEqual([[0, 2]]);
    expect(alone).toEqual([3, 1]);
  });

  it("are grouped the same however often one looks", () => {
    const of = wall([1, 5, 9, 1, 5, 13], [0.6, 0.5, 0.4, 0.3, 0.2, 0.1]);
    expect(groupsOf(of)).toEqual(groupsOf(of));
  });

  it("are grouped by the classes that win, where there are more than two", () => {
    const of = wall([2, 12, 3], [0.1, 0.2, 0.3]);
    // Left of the column the second class, at the top of the rest the third, below it the first.
    const winners = of.fields.map((byte, i) => (byte > 127 ? 1 : i % 256 < 128 ? 2 : 0));
    const patterns = [0, 1, 2].map((k) => wins(winners, k * 256, CELLS)) as [Uint8Array, Uint8Array, Uint8Array];
    expect(patterns[0][0]).toBe(1);
    expect([alikeWins(patterns[0], patterns[0]), alikeWins(patterns[0], patterns[1])]).toEqual([true, false]);
    // One column more of a small class is a difference; of a large one it is not.
    expect(alikeWins(patterns[0], patterns[2])).toBe(false);
    expect(groupsOf({ ...of, winners: winners.map((one) => (one === 1 ? 2 : one)) }).map((g) => g.members)).toEqual([
      [0, 2],
      [1],
    ]);
  });
});
