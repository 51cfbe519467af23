import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FromPage } from "../protocol/messages";
import type { Playground } from "./playground.svelte";
import { RecordedSession, state } from "./recorded-session";

let session: RecordedSession;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ playground } = session);
  session.welcome();
});
afterEach(() => session.end());

function last(): FromPage | undefined {
  return session.wire.sent.at(-1);
}

describe("training", () => {
  it("is paused by what has started it", () => {
    playground.training.toggle();
    expect(last()).toEqual({ type: "play" });
    session.says(state({}, { playing: true }));
    playground.training.toggle();
    expect(last()).toEqual({ type: "pause" });
  });

  it("goes back to the present from the past only", () => {
    const before = session.wire.sent.length;
    playground.training.seek(null);
    expect(session.wire.sent).toHaveLength(before);
    playground.training.seek(3);
    expect([last(), playground.live.past]).toEqual([{ type: "seek", epoch: 3 }, true]);
    playground.training.seek(null);
    expect(last()).toEqual({ type: "seek", epoch: null });
  });
});
