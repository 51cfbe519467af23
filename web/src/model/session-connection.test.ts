import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MemoryHost } from "./host";
import { Playground } from "./playground.svelte";
import { Preferences } from "./preferences.svelte";
import { CATALOG, RecordedSession, RecordingTransport, frame, state } from "./recorded-session";

let session: RecordedSession;
let wire: RecordingTransport;
let host: MemoryHost;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ wire, host, playground } = session);
});
afterEach(() => session.end());

describe("a page that connects", () => {
  it("says hello with its link, and which fields it draws", () => {
    expect(wire.sent).toEqual([]);
    session.open();
    expect(wire.sent).toEqual([
      { type: "hello", session: "", link: "seed=0.5" },
      { type: "watch", neuron_cells: 24, output_cells: 100, focus: null },
    ]);
    expect(playground.connection.status).toBe("open");
  });

  it("says hello once where the transport is open at once", () => {
    wire = new RecordingTransport();
    const page = new Playground((events) => {
      events.status("open");
      return wire.open(events);
    }, host);
    expect(wire.of("hello")).toHaveLength(1);
    page.destroy();
  });

  it("takes what the server says", () => {
    session.welcome();
    expect([playground.version, playground.catalog, playground.state?.sizes]).toEqual(["1.0", CATALOG, [2, 4, 2, 1]]);
    expect(host.session()).toBe("one");
  });

  it("finds its session and its link again when the connection comes back", () => {
    session.welcome();
    session.says(state({}, { link: "seed=0.5&dataset=xor" }));
    session.breaks();
    expect(playground.connection.status).toBe("broken");
    session.open();
    expect(wire.of("hello").at(-1)).toEqual({ type: "hello", session: "one", link: "seed=0.5&dataset=xor" });
  });

  it("answers each drawn frame with its number, the latest where two came at once", () => {
    session.welcome();
    const drawn: number[] = [];
    playground.live.subscribe(() => drawn.push(playground.live.frame.epoch));
    wire.events?.frame(frame(7, 12));
    wire.events?.frame(frame(8, 13));
    vi.advanceTimersByTime(20);
    expect(drawn).toEqual([13]);
    expect(wire.of("drawn")).toEqual([{ type: "drawn", frame: 8 }]);
  });
});

describe("a miniature beside a page", () => {
  it("has a session that ends with its connection, and never asks for an earlier one", () => {
    const figure = playground.miniature("dataset=xor", new Preferences());
    session.open();
    session.says({ type: "welcome", session: "two", version: "1.0", catalog: CATALOG, lessons: [] });
    session.says(state({}, { link: "dataset=xor&seed=0.7" }));
    session.breaks();
    session.open();
    expect(wire.of("hello")).toEqual([
      { type: "hello", session: "", link: "dataset=xor", passing: true },
      { type: "hello", session: "", link: "dataset=xor&seed=0.7", passing: true },
    ]);
    figure.destroy();
  });

  it("keeps what it shows while it is disconnected, and says hello when it connects again", () => {
    const figure = playground.miniature("dataset=xor", new Preferences());
    session.open();
    session.says(state());
    figure.connection.close();
    expect([wire.closed, figure.connection.status, figure.state?.sizes]).toEqual([true, "connecting", [2, 4, 2, 1]]);
    figure.connection.open();
    figure.connection.open();
    session.open();
    expect(wire.of("hello")).toHaveLength(2);
    figure.destroy();
  });
});
