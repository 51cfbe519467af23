import { describe, expect, it, vi } from "vitest";
import { Reading } from "./reading.svelte";

function reading() {
  const effects = { takeRoom: vi.fn(), leaveLesson: vi.fn() };
  return { effects, reading: new Reading(effects) };
}

describe("what is read beside the page", () => {
  it("takes room while it is open, and a strip while it is folded", () => {
    const { effects, reading: one } = reading();
    one.explain("weight");
    expect([one.shown, one.term]).toEqual(["explanation", "weight"]);
    one.toggleFolded();
    one.explain("bias");
    one.close();
    expect(effects.takeRoom.mock.calls.flat()).toEqual(["open", "folded", "open", "none"]);
  });
  it("goes back from the explanation to where it was opened", () => {
    const { reading: one } = reading();
    one.openLessons();
    one.explain();
    one.explain("weight");
    expect(one.previous).toBe("lessons");
    one.back();
    expect([one.shown, one.previous]).toEqual(["lessons", null]);
  });
  it("opens with a lesson and closes with it", () => {
    const { reading: one } = reading();
    one.settle("first-steps");
    expect(one.shown).toBe("lesson");
    one.settle("");
    expect(one.shown).toBeNull();
  });
  it("comes back to the open lesson, and leaves it only when that is closed", () => {
    const { effects, reading: one } = reading();
    one.settle("first-steps");
    one.explain("weight");
    one.close();
    expect(one.shown).toBe("lesson");
    one.openLessons();
    expect(one.previous).toBe("lesson");
    one.back();
    expect(effects.leaveLesson).not.toHaveBeenCalled();
    one.close();
    expect([one.shown, effects.leaveLesson.mock.calls.length]).toEqual(["lesson", 1]);
  });
  it("keeps the explanation when its lesson is over, with nothing to go back to", () => {
    const { reading: one } = reading();
    one.settle("first-steps");
    one.explain();
    one.settle("");
    expect([one.shown, one.previous]).toEqual(["explanation", null]);
  });
});
