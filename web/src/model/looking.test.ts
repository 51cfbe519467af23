import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Playground } from "./playground.svelte";
import { RecordedSession, type RecordingTransport, state } from "./recorded-session";

let session: RecordedSession;
let wire: RecordingTransport;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ wire, playground } = session);
});
afterEach(() => session.end());

describe("looking at neurons", () => {
  it("asks only for the one where the pointer rests", () => {
    session.welcome();
    for (const neuron of [0, 1, 2]) playground.looking.point({ layer: 0, neuron });
    vi.advanceTimersByTime(50);
    expect(wire.of("watch").map(({ focus }) => focus)).toEqual([null, { layer: 0, neuron: 2 }]);
  });

  it("leaves a neuron that a smaller network no longer has", () => {
    session.welcome();
    playground.looking.focus({ layer: 0, neuron: 3 });
    session.says(state({ hidden: [2] }, { sizes: [2, 2, 1] }));
    expect(playground.looking.looked).toBeNull();
  });
});

describe("a network with several outputs", () => {
  const classes = { draws: "classes", classes: ["a", "b", "c"] } as const;

  function begin(): void {
    session.open();
    const { output } = state();
    session.says(state({}, { sizes: [2, 4, 3], output: { ...output, ...classes, classes: [...classes.classes] } }));
  }

  it("asks for the field of the output that is looked at, but not of a single one", () => {
    begin();
    playground.looking.focus({ layer: 1, neuron: 2 });
    playground.looking.watch();
    expect(wire.of("watch").at(-1)).toMatchObject({ focus: { layer: 1, neuron: 2 } });
    session.says(state());
    playground.looking.focused = { layer: 2, neuron: 0 };
    playground.looking.watch();
    expect(wire.of("watch").at(-1)).toMatchObject({ focus: null });
  });

  it("asks for the predicted classes while the confusion matrix is open", () => {
    begin();
    playground.confusion.show();
    expect(wire.of("watch").at(-1)).toMatchObject({ predictions: true });
    session.says(state({ problem: "regression" }));
    expect(playground.confusion.open).toBe(false);
    expect(wire.of("watch").at(-1)).not.toHaveProperty("predictions");
  });
});
