import { describe, expect, it } from "vitest";
import type { State } from "../protocol/messages";
import { type Host, MemoryHost } from "./host";
import { pointsInLink, sharesOf } from "./sharing";

const TAB = { addressOf: (link: string) => `http://127.0.0.1/#${link}` } as Host;

function shares(original: string | null, host = TAB): { name: string; text: string }[] {
  const sharing = { original_link: original, original_note: "", command: 'tinkernet "seed=1"' };
  const state = { link: "seed=1", sharing, data: null } as unknown as State;
  return sharesOf(state, host).map(({ name, text }) => ({ name, text }));
}

describe("what can be shared", () => {
  it("begins with the link that opens for everyone, where there is one", () => {
    expect(shares("https://playground.tensorflow.org/#seed=1")[0]?.text).toBe(
      "https://playground.tensorflow.org/#seed=1",
    );
    expect(shares(null)).toEqual([
      { name: "Command", text: 'tinkernet "seed=1"' },
      { name: "Bookmark", text: "http://127.0.0.1/#seed=1" },
    ]);
  });

  it("has no bookmark where no address opens the page, as in a notebook", () => {
    expect(shares(null, new MemoryHost())).toEqual([{ name: "Command", text: 'tinkernet "seed=1"' }]);
  });

  it("says how long a link with points is, and that a link without them needs the file", () => {
    const link = "x".repeat(15_390);
    const of = (in_link: boolean): string => pointsInLink({ link, data: { in_link } as State["data"] });
    expect(of(true)).toBe("It holds the points, so it has 15\u202f390 characters.");
    expect(of(false)).toMatch(/^The points are too many for a link/);
    expect(pointsInLink({ link, data: null })).toBe("");
  });
});
