import { describe, expect, it } from "vitest";
import type { State } from "../protocol/messages";
import { MemoryHost } from "./host";
import { sharesOf } from "./sharing";

function shares(original: string | null): { name: string; text: string }[] {
  const sharing = { original_link: original, original_note: "", command: 'tinkernet "seed=1"' };
  const state = { link: "seed=1", sharing } as unknown as State;
  return sharesOf(state, new MemoryHost()).map(({ name, text }) => ({ name, text }));
}

describe("what can be shared", () => {
  it("begins with the link that opens for everyone, where there is one", () => {
    expect(shares("https://playground.tensorflow.org/#seed=1")[0]?.text).toBe(
      "https://playground.tensorflow.org/#seed=1",
    );
    expect(shares(null)).toEqual([
      { name: "Command", text: 'tinkernet "seed=1"' },
      { name: "Bookmark", text: "#seed=1" },
    ]);
  });
});
