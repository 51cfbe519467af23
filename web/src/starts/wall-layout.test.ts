import { describe, expect, it } from "vitest";
import { layoutWall } from "./wall-layout";

const ROOM = { width: 108, perRow: 3, gap: 9, caption: 10 };

describe("the wall", () => {
  it("fills row by row", () => {
    const { size, height, tiles } = layoutWall(ROOM, [{ heading: "", starts: [5, 3, 1, 0] }]);
    expect(size).toBe(30);
    expect(tiles.map((t) => [t.start, t.x, t.y])).toEqual([
      [5, 0, 0],
      [3, 39, 0],
      [1, 78, 0],
      [0, 0, 40],
    ]);
    expect(height).toBe(80);
  });

  it("gives every group a heading and separate rows", () => {
    const { tiles, headings } = layoutWall(ROOM, [
      { heading: "2 alike", starts: [0, 1] },
      { heading: "1 alone", starts: [2] },
    ]);
    expect(headings).toEqual([
      { text: "2 alike", y: 0 },
      { text: "1 alone", y: 68 },
    ]);
    expect(tiles[2]).toEqual({ start: 2, x: 0, y: 96 });
  });
});
