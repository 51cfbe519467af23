import { beforeEach, describe, expect, it, vi } from "vitest";
import type { State } from "../protocol/messages";
import { Address } from "./address";

const steps: string[] = [];

function state(rate: number, link = `learningRate=${rate}`): State {
  return { experiment: { learning_rate: rate }, link } as unknown as State;
}

beforeEach(() => {
  steps.length = 0;
  const location = { hash: "", pathname: "/", search: "" };
  const history: { state: unknown } = { state: null };
  const go = (kind: string) => (state: unknown, __: string, address: string) => {
    history.state = state;
    location.hash = address.slice(address.indexOf("#"));
    steps.push(`${kind} ${location.hash}`);
  };
  vi.stubGlobal("location", location);
  vi.stubGlobal("history", Object.assign(history, { pushState: go("push"), replaceState: go("replace") }));
  vi.stubGlobal("addEventListener", (kind: string, follow: (event: Event) => void) =>
    vi.stubGlobal(`on_${kind}`, follow),
  );
});

describe("the address", () => {
  it("gets a new step for each other experiment, and none for the first or for a view", () => {
    const address = new Address(() => undefined);
    address.show(state(1), false);
    address.show(state(2), false);
    address.show(state(2, "learningRate=2&discretize=true"), false);
    expect(steps).toEqual([
      "replace #learningRate=1",
      "push #learningRate=2",
      "replace #learningRate=2&discretize=true",
    ]);
  });

  it("takes a whole drag as one step", () => {
    const address = new Address(() => undefined);
    address.show(state(1), false);
    for (const rate of [2, 3, 4]) address.show(state(rate), true);
    address.show(state(5), false);
    address.show(state(6), false);
    expect(steps.map((step) => step.split(" ")[0])).toEqual([
      "replace",
      "push",
      "replace",
      "replace",
      "replace",
      "push",
    ]);
  });

  it("follows a person back, and makes no new step of it", () => {
    const opened: string[] = [];
    const address = new Address((link) => opened.push(link));
    address.show(state(1), false);
    address.show(state(2), false);
    location.hash = "#learningRate=1";
    const follow = (globalThis as unknown as Record<string, (event: unknown) => void>)["on_popstate"];
    follow?.({ timeStamp: 1 });
    follow?.({ timeStamp: 2 });
    address.show(state(1, "learningRate=1&seed=0.5"), false);
    expect(opened).toEqual(["learningRate=1"]);
    expect(steps.at(-1)).toBe("replace #learningRate=1&seed=0.5");
  });

  it("distinguishes a step back to what was open from an address that was typed", () => {
    const opened: [string, boolean][] = [];
    const address = new Address((link, step) => opened.push([link, step]));
    address.show(state(1), false);
    const entry = history.state as unknown;
    address.show(state(2), false);
    const follow = (globalThis as unknown as Record<string, (event: unknown) => void>)["on_popstate"];
    location.hash = "#learningRate=1";
    Object.assign(history, { state: entry });
    follow?.({ timeStamp: 1 });
    location.hash = "#seed=0.7";
    Object.assign(history, { state: null });
    follow?.({ timeStamp: 2 });
    expect(opened).toEqual([
      ["learningRate=1", true],
      ["seed=0.7", false],
    ]);
  });
});
