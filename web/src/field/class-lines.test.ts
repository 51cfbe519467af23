import { describe, expect, it } from "vitest";
import {
  type ClassField,
  classLines,
  evenedClasses,
  probabilitiesAt,
  winnerProbability,
  winnersOf,
} from "./class-lines";

type Segment = [x0: number, y0: number, x1: number, y1: number];

function lines(field: ClassField, cells: number): Segment[] {
  const segments: Segment[] = [];
  let from: [number, number] = [0, 0];
  const pen = {
    moveTo: (x: number, y: number) => (from = [x, y]),
    lineTo: (x: number, y: number) => segments.push([...from, x, y]),
  };
  classLines(pen, field, cells, cells);
  return segments;
}

/** A field of the class with the largest of these scores at each cell's centre; its margin is their difference. */
function field(cells: number, scores: (x: number, y: number) => number[]): { winners: Uint8Array; bytes: Uint8Array } {
  const winners = new Uint8Array(cells * cells);
  const bytes = Uint8Array.from(winners, (_, i) => {
    const at = scores((i % cells) + 0.5, Math.floor(i / cells) + 0.5);
    const [most = 0, next = 0] = [...at].sort((a, b) => b - a);
    winners[i] = at.indexOf(most);
    return Math.min(255, Math.round(127.5 + 127.5 * (most - next)));
  });
  return { winners, bytes };
}

function evened(cells: number, scores: (x: number, y: number) => number[]): ClassField {
  const { winners, bytes } = field(cells, scores);
  return evenedClasses(winners, bytes, cells);
}

describe("the lines between classes", () => {
  it("run where the two largest outputs are equal, between the cells", () => {
    const segments = lines(
      evened(20, (x) => [0, (7.8 - x) / 10, (x - 7.8) / 10]),
      20,
    );
    expect(segments.length).toBe(19);
    for (const [x0, , x1] of segments) {
      expect(x0).toBeCloseTo(7.8, 1);
      expect(x1).toBeCloseTo(7.8, 1);
    }
  });

  it("are not there where one class wins everywhere", () => {
    expect(
      lines(
        evened(10, () => [0, 0.4, 0.1]),
        10,
      ),
    ).toEqual([]);
  });

  it("meet in one point where three classes do", () => {
    const thirds = (x: number, y: number): number[] => [
      (11 - y) / 10,
      (y - 9 - (x - 10)) / 20,
      (y - 9 + (x - 10)) / 20,
    ];
    const segments = lines(evened(20, thirds), 20);
    const ends = segments.flatMap(([x0, y0, x1, y1]) => [`${x0} ${y0}`, `${x1} ${y1}`]);
    const most = Math.max(...ends.map((end) => ends.filter((other) => other === end).length));
    expect(most).toBeGreaterThanOrEqual(3);
  });

  it("are no staircase in a shallow field", () => {
    const cells = 60;
    const slope = (x: number, y: number): number => (0.1 * (x - 30) + 0.02 * (y - 30)) / 127.5;
    const segments = lines(
      evened(cells, (x, y) => [0.3, 0.35 + slope(x, y) / 2, 0.35 - slope(x, y) / 2]),
      cells,
    );
    const xs = segments.map(([x0]) => x0);
    const steps = xs.slice(1).map((x, i) => Math.abs(x - (xs[i] as number)));
    expect(Math.max(...steps)).toBeLessThan(1.2);
  });
});

describe("several outputs", () => {
  it("have a winner and a margin in each cell", () => {
    const bytes = Uint8Array.from([128, 200, 250, 130, 140, 190]);
    const { winners, bytes: margins } = winnersOf(bytes, 0, 1, 6);
    expect([winners[0], margins[0]]).toEqual([2, 178]);
    expect(winnersOf(bytes, 0, 1, 2).winners[0]).toBe(1);
  });

  it("give the winner's probability from its margin and what the others leave", () => {
    // 0.6, 0.3 and 0.1.
    expect(winnerProbability(0.3, 0.1)).toBeCloseTo(0.6);
    expect(winnerProbability(1, 0.2)).toBeLessThanOrEqual(1);
  });

  it("are read between the cells", () => {
    const bytes = Uint8Array.from([128, 255, 128, 255, 255, 128, 255, 128]);
    expect(probabilitiesAt(bytes, 0, 2, 2, 0.5, 0.5)[0]).toBeCloseTo(0.5, 1);
    expect(probabilitiesAt(bytes, 0, 2, 2, 1, 0)[0]).toBeCloseTo(1, 2);
    expect(probabilitiesAt(bytes, 0, 2, 2, 1, 0)[1]).toBeCloseTo(0, 2);
  });
});
