import { describe, expect, it } from "vitest";
import type { GoalRow } from "../protocol/messages";
import { counted, grown } from "./goal-rows";
import { isPicture } from "./picture-source";

function row(measured: string, met: boolean, depth = 0, heading = false): GoalRow {
  return { depth, heading, sentence: "", measured, met };
}

describe("the rows of a goal", () => {
  it("are counted with a group as one", () => {
    const group = [row("", true, 0, true), row("", true, 1), row("", false, 1)];
    expect(counted([row("", false), ...group])).toEqual({ met: 1, all: 2 });
    expect(counted([])).toEqual({ met: 0, all: 0 });
  });

  it("keep room for the longest number so far", () => {
    const first = grown([], [row("0.5", false), row("", false)]);
    const second = grown(first, [row("0.231", false), row("1 of 2", false)]);
    expect([first, second, grown(second, [row("2", true), row("", false)])]).toEqual([
      [3, 0],
      [5, 6],
      [5, 6],
    ]);
  });
});

describe("a picture of a lesson", () => {
  it("comes in the message itself, and from nowhere else", () => {
    expect(isPicture("data:image/png;base64,iVBORw0KGgo=")).toBe(true);
    for (const source of [
      "https://example.org/a.png",
      "a.png",
      "data:text/html;base64,AAAA",
      "data:image/svg+xml;base64,AAAA",
      " data:image/png;base64,AAAA",
    ])
      expect(isPicture(source)).toBe(false);
  });
});
