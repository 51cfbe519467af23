import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FindingFact } from "../protocol/messages";
import type { Playground } from "./playground.svelte";
import { RecordedSession, type RecordingTransport, VIEW, frame, state } from "./recorded-session";

let session: RecordedSession;
let wire: RecordingTransport;
let playground: Playground;
beforeEach(() => {
  session = new RecordedSession();
  ({ wire, playground } = session);
});
afterEach(() => session.end());

describe("a remark", () => {
  it("of a notice goes when the person does something, trouble stays", () => {
    session.welcome();
    session.says({ type: "notice", message: "Stopped at epoch 50.", passing: false });
    vi.advanceTimersByTime(5_000);
    playground.training.play();
    expect(playground.remarks.current).toBeNull();
    session.says({ type: "trouble", message: "No.", field: "" });
    playground.training.play();
    vi.advanceTimersByTime(60_000);
    expect(playground.remarks.current).toEqual({ kind: "trouble", text: "No." });
  });

  it("that passes goes sooner than one to act on", () => {
    session.welcome();
    session.says({ type: "notice", message: "Undone.", passing: true });
    vi.advanceTimersByTime(5_000);
    expect(playground.remarks.current).toBeNull();
    session.says({ type: "notice", message: "Ignored an unknown setting.", passing: false });
    vi.advanceTimersByTime(5_000);
    expect(playground.remarks.current).not.toBeNull();
    vi.advanceTimersByTime(10_000);
    expect(playground.remarks.current).toBeNull();
  });
});

describe("a hidden diagnosis", () => {
  const finding: FindingFact = {
    kind: "converged",
    message: "Solved.",
    reason: "",
    tone: "done",
    alarm: false,
    confidence: 1,
    evidence: { epochs_left: 10, goal: 0.1 },
    measured: [],
    neurons: [{ layer: 0, neuron: 0 }],
    cures: [],
  };

  it("shows nothing anywhere, and all of it when it is shown again", () => {
    session.welcome();
    session.says({ type: "diagnosis", findings: [finding] });
    playground.diagnosis.lit = finding.neurons;
    const seen = (): unknown[] => [
      playground.diagnosis.all.length,
      playground.diagnosis.lit.length,
      playground.diagnosis.goal?.loss ?? null,
    ];
    expect(seen()).toEqual([1, 1, 0.1]);
    session.says(state({}, { view: { ...VIEW, hidden_controls: ["diagnosis"] } }));
    expect(seen()).toEqual([0, 0, null]);
    session.says(state());
    expect(seen()).toEqual([1, 1, 0.1]);
  });
});

describe("a page that is destroyed", () => {
  it("closes its transport and leaves no timer", () => {
    session.welcome();
    playground.change({ noise: 15 }, false);
    playground.looking.point({ layer: 0, neuron: 0 });
    session.says({ type: "notice", message: "Undone.", passing: true });
    wire.events?.frame(frame(1, 1));
    playground.destroy();
    expect(wire.closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
