// The keys of the plane while points are painted.

import { RADII } from "../model/painting.svelte";
import type { Tool } from "../model/strokes";

export type Action =
  | { kind: "go"; x: number; y: number }
  | { kind: "use"; again: boolean }
  | { kind: "tool"; tool: Tool }
  | { kind: "class"; index: number }
  | { kind: "resize"; by: number }
  | { kind: "leave" };

/** How far an arrow key moves the brush: on its own, and with Shift. */
const STEP = 0.25;
const LEAP = 1;
const WAYS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const TOOL_KEYS: Record<string, Tool> = { s: "spray", p: "dot", e: "erase", m: "move" };

/** What a key does; null where it means nothing here. */
export function actionOf({ key, shiftKey, repeat }: KeyboardEvent): Action | null {
  const way = WAYS[key];
  if (way !== undefined) {
    const step = shiftKey ? LEAP : STEP;
    return { kind: "go", x: way[0] * step, y: way[1] * step };
  }
  const tool = TOOL_KEYS[key.toLowerCase()];
  if (tool !== undefined) return { kind: "tool", tool };
  if (/^[1-9]$/.test(key)) return { kind: "class", index: Number(key) - 1 };
  switch (key) {
    case " ":
    case "Enter":
      return { kind: "use", again: repeat };
    case "0":
      return { kind: "class", index: 9 };
    case "[":
      return { kind: "resize", by: -RADII.step };
    case "]":
      return { kind: "resize", by: RADII.step };
    case "Escape":
      return { kind: "leave" };
    default:
      return null;
  }
}
