import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { State } from "../protocol/messages";
import type { MemoryHost } from "./host";
import type { Playground } from "./playground.svelte";
import { RecordedSession, type RecordingTransport, state } from "./recorded-session";

let session: RecordedSession;
let wire: RecordingTransport;
let host: MemoryHost;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ wire, host, playground } = session);
});
afterEach(() => session.end());

describe("a drag of a setting", () => {
  const noise = (): number | undefined => playground.experiment?.noise;

  it("is shown at once and sent at a steady pace, the last value for sure", () => {
    session.welcome();
    for (const value of [5, 10, 15]) playground.change({ noise: value }, false);
    expect([noise(), wire.of("change")]).toEqual([15, []]);
    vi.advanceTimersByTime(50);
    playground.change({ noise: 20 }, false);
    playground.change({ noise: 25 }, true);
    vi.advanceTimersByTime(500);
    expect(wire.of("change").map(({ settings, done }) => [settings.noise, done])).toEqual([
      [15, false],
      [25, true],
    ]);
  });

  it("does not jump back when an earlier answer comes late", () => {
    session.welcome();
    playground.change({ noise: 15 }, false);
    vi.advanceTimersByTime(50);
    playground.change({ noise: 25 }, true);
    session.says(state({ noise: 15 }));
    expect(noise()).toBe(25);
    session.says(state({ noise: 25 }));
    session.says(state({ noise: 0 })); // an undo from elsewhere
    expect(noise()).toBe(0);
  });

  it("is given up where the server refuses it or is gone", () => {
    session.welcome();
    playground.change({ noise: 15 }, false);
    playground.change({ noise: 99 }, true);
    session.says({ type: "trouble", message: "noise must be at most 50", field: "noise" });
    expect([noise(), playground.remarks.current?.text]).toEqual([0, "noise must be at most 50"]);
    playground.change({ noise: 15 }, false);
    session.breaks();
    vi.advanceTimersByTime(500);
    expect([noise(), wire.of("change")]).toHaveLength(2);
    expect(wire.of("change").map(({ done }) => done)).toEqual([true]);
  });

  it("is one step for the host, and a click is another", () => {
    const steps: boolean[] = [];
    host.show = (_: State, dragging = false) => steps.push(dragging);
    session.welcome();
    playground.change({ noise: 15 }, false);
    vi.advanceTimersByTime(50);
    session.says(state({ noise: 15 }));
    playground.change({ noise: 20 }, true);
    session.says(state({ noise: 20 }));
    expect(steps).toEqual([false, true, false]);
  });
});
