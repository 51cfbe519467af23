import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Playground } from "./playground.svelte";
import { RecordedSession, type RecordingTransport } from "./recorded-session";

let session: RecordedSession;
let wire: RecordingTransport;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ wire, playground } = session);
});
afterEach(() => session.end());

describe("a link that is pasted", () => {
  it("is opened once the server has said so, and refused with its reason", () => {
    session.welcome();
    let opened = 0;
    playground.links.open("hello world", () => (opened += 1));
    const [{ request = 0 } = {}] = wire.of("open");
    expect(playground.links.waiting).toBe(true);
    session.says({ type: "link-opened", request, refusal: "There is no experiment in this text." });
    expect([playground.links.waiting, playground.links.refusal, opened]).toEqual([
      false,
      "There is no experiment in this text.",
      0,
    ]);
    playground.links.open("seed=1", () => (opened += 1));
    expect(playground.links.refusal).toBe("");
    session.says({ type: "link-opened", request, refusal: null }); // the answer to the one before
    expect(opened).toBe(0);
    session.says({ type: "link-opened", request: request + 1, refusal: null });
    expect([playground.links.waiting, opened]).toEqual([false, 1]);
  });

  it("does not wait for an answer that a broken connection or an error has lost", () => {
    session.welcome();
    playground.links.open("seed=1", () => undefined);
    session.says({ type: "trouble", message: "An error inside tinkernet.", field: "" });
    expect([playground.links.waiting, playground.links.refusal]).toEqual([false, "An error inside tinkernet."]);
    expect(playground.remarks.current).toBeNull();
    playground.links.open("seed=1", () => undefined);
    session.breaks();
    expect([playground.links.waiting, playground.links.refusal]).toEqual([false, expect.stringContaining("lost")]);
  });
});
