import { describe, expect, it } from "vitest";
import { pill } from "./curve-marks";
import { curveRoom } from "./curve-scene";

describe("the play head's pill", () => {
  const room = curveRoom(800, 150, false);

  it("stands under the head, and inside at both ends", () => {
    expect(pill(room, 400, 3)).toEqual({ wide: 44, left: 378 });
    expect(pill(room, room.left, 3).left).toBeGreaterThanOrEqual(0);
    const { left, wide } = pill(room, room.right, 9);
    expect(left + wide).toBeLessThanOrEqual(800);
  });
});
