import { describe, expect, it } from "vitest";
import type { CancelAnimation, MakeAnimation } from "../protocol/messages";
import { Animation } from "./animation.svelte";

function asked(): { animation: Animation; sent: (MakeAnimation | CancelAnimation)[]; saved: number[][] } {
  const sent: (MakeAnimation | CancelAnimation)[] = [];
  const saved: number[][] = [];
  const animation = new Animation((message) => sent.push(message));
  animation.make("gif", true, (parts) => saved.push(parts.flatMap((part) => [...part])));
  return { animation, sent, saved };
}

const part = (request: number, start: number, total: number, ...content: number[]) => ({
  request,
  start,
  total,
  content: Uint8Array.from(content),
  length: content.length,
});

describe("an animation", () => {
  it("is saved when all of its parts have come", () => {
    const { animation, sent, saved } = asked();
    expect(sent).toEqual([{ type: "make-animation", request: 1, kind: "gif", dark: true }]);
    animation.take({ type: "animation", request: 1, done: 3, frames: 60, problem: "" });
    expect([animation.done, animation.frames]).toEqual([3, 60]);
    animation.takePart(part(1, 0, 3, 1, 2));
    expect(saved).toEqual([]);
    animation.takePart(part(1, 2, 3, 3));
    expect(saved).toEqual([[1, 2, 3]]);
    expect(animation.waiting).toBe(false);
  });

  it("that was cancelled is not saved, and parts of it do not get into the next", () => {
    const { animation, sent, saved } = asked();
    animation.cancel();
    expect(sent.at(-1)).toEqual({ type: "cancel-animation" });
    animation.takePart(part(1, 0, 1, 9));
    animation.make("gif", false, (parts) => saved.push(parts.flatMap((one) => [...one])));
    animation.takePart(part(1, 0, 1, 9));
    animation.takePart(part(2, 0, 1, 5));
    expect(saved).toEqual([[5]]);
    animation.cancel();
    expect(sent.filter(({ type }) => type === "cancel-animation")).toHaveLength(1);
  });

  it("says why there is none, and ends with its connection", () => {
    const { animation } = asked();
    animation.take({ type: "animation", request: 1, done: 0, frames: 0, problem: "too large" });
    expect([animation.waiting, animation.problem]).toEqual([false, "too large"]);
    animation.make("webp", false, () => undefined);
    expect([animation.waiting, animation.problem]).toEqual([true, ""]);
    animation.lose("try again");
    expect([animation.waiting, animation.problem]).toEqual([false, "try again"]);
    animation.lose("again");
    expect(animation.problem).toBe("try again");
  });
});
