import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromPage, Paint, State } from "../protocol/messages";
import { Painting } from "./painting.svelte";

let sent: Paint[] = [];
let painting: Painting;

function knows(classes: string[], drawing = ""): void {
  const view = { hidden_controls: [] };
  painting.settle({ output: { classes }, experiment: { drawing }, data: null, view } as unknown as State);
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  painting = new Painting((message: FromPage) => sent.push(message as Paint));
  knows(["outside", "inside"]);
  painting.open();
});
afterEach(() => {
  painting.drop();
  vi.useRealTimers();
});

describe("a gesture", () => {
  it("sends one step at a time, the next when the points have come, and its end at once", () => {
    painting.press({ x: 0, y: 0 });
    painting.drag({ x: 1, y: 0 });
    painting.drag({ x: 2, y: 0 });
    expect(sent.length).toBe(1);
    painting.answered();
    expect(sent.length).toBe(2);
    painting.lift();
    expect(sent.map(({ done }) => done)).toEqual([false, false, true]);
    expect(new Set(sent.map(({ gesture }) => gesture)).size).toBe(1);
    expect(sent[2]?.strokes.startsWith(sent[0]?.strokes ?? "-")).toBe(true);
  });

  it("continues where the server is slow", () => {
    painting.press({ x: 0, y: 0 });
    painting.drag({ x: 1, y: 0 });
    vi.advanceTimersByTime(300);
    expect(sent.length).toBeGreaterThan(1);
  });

  it("sprays on where the pointer rests", () => {
    painting.press({ x: 0, y: 0 });
    vi.advanceTimersByTime(1000);
    painting.lift();
    expect(sent.at(-1)?.strokes.split(",").length).toBeGreaterThan(10);
    const { length } = sent;
    vi.advanceTimersByTime(1000);
    expect(sent.length).toBe(length);
  });

  it("is withdrawn with what it has selected", () => {
    painting.press({ x: 0, y: 0 });
    painting.withdraw();
    const [, last] = sent;
    expect(last).toMatchObject({ gesture: sent[0]?.gesture, strokes: "", done: true });
    expect([painting.pressed, painting.dragging]).toEqual([false, false]);
    vi.advanceTimersByTime(1000);
    painting.withdraw();
    expect(sent.length).toBe(2);
    painting.use("move");
    painting.press({ x: 0, y: 0 });
    painting.withdraw();
    expect([painting.selection, sent.length]).toEqual([null, 2]);
  });

  it("counts as a drag until its end has been answered", () => {
    painting.press({ x: 0, y: 0 });
    const { strokes } = sent[0] as Paint;
    painting.lift();
    expect(painting.dragging).toBe(true);
    knows(["outside", "inside"], `d1,0,0_${strokes}`);
    expect(painting.dragging).toBe(false);
  });

  it("ends with the connection", () => {
    painting.press({ x: 0, y: 0 });
    painting.drop();
    painting.drag({ x: 1, y: 0 });
    vi.advanceTimersByTime(1000);
    painting.lift();
    expect(sent.length).toBe(1);
  });
});

describe("move", () => {
  beforeEach(() => painting.use("move"));

  it("selects with one drag, and moves with the next", () => {
    painting.press({ x: 0, y: 0 });
    painting.drag({ x: 2, y: 0 });
    painting.lift();
    expect(sent).toEqual([]);
    expect(painting.selection).toEqual({ x: 0, y: 0, radius: 2 });
    painting.press({ x: 1, y: 0 });
    painting.drag({ x: 1, y: 3 });
    painting.lift();
    expect(sent.at(-1)).toMatchObject({ strokes: "m200,0,0,0,300", done: true });
    expect(painting.selection).toEqual({ x: 0, y: 3, radius: 2 });
  });

  it("sends nothing where nothing was moved", () => {
    painting.press({ x: 0, y: 0 });
    painting.lift();
    painting.press({ x: 0, y: 0 });
    painting.lift();
    expect(sent).toEqual([]);
    expect(painting.dragging).toBe(false);
  });
});

it("points get the label of their class, or the value", () => {
  const labels = (classes: string[]): number[] => {
    knows(classes);
    return classes.map((_, index) => {
      painting.choose(index);
      return painting.label;
    });
  };
  expect(labels(["a", "b"])).toEqual([-1, 1]);
  expect(labels(["a", "b", "c"])).toEqual([0, 1, 2]);
  knows([]);
  painting.value = 0.3;
  expect(painting.label).toBe(0.3);
});

it("a class that is gone is not painted", () => {
  knows(["a", "b", "c"]);
  painting.choose(2);
  knows(["a", "b"]);
  expect(painting.label).toBe(1);
});
