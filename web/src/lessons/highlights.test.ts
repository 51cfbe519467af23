import { describe, expect, it } from "vitest";
import type { Highlight, Part } from "../protocol/messages";
import { nearest, selectorsOf } from "./highlights";

/** The sources of the page's components, where parts say which they are. */
const COMPONENTS = Object.values(
  import.meta.glob<string>(["../**/*.svelte", "../shell/*.ts"], { query: "?raw", import: "default", eager: true }),
).join("\n");
const MESSAGES = Object.values(
  import.meta.glob<string>("../protocol/messages.ts", { query: "?raw", import: "default", eager: true }),
).join("\n");

function highlight(of: Partial<Highlight>): Highlight {
  return { kind: "part", part: null, layer: 0, neuron: 0, source: 0, ...of };
}

describe("what a step points at", () => {
  it("is a part of the page, or what it is in where there is none", () => {
    expect(selectorsOf(highlight({ part: "learning-rate" }))).toEqual(['[data-part~="learning-rate"]']);
    expect(selectorsOf(highlight({ part: "neurons" }))).toEqual(['[data-part~="neurons"]', '[data-part~="network"]']);
    expect(selectorsOf(highlight({}))).toEqual([]);
  });

  it("is a neuron, or an input by its place among those in use", () => {
    expect(selectorsOf(highlight({ kind: "neuron", layer: 1, neuron: 2 }))).toEqual(['[data-place="1:2"]']);
    expect(selectorsOf(highlight({ kind: "neuron", layer: -1, neuron: 1 }))).toEqual(['[data-input="1"]']);
  });

  it("is a weight or a bias, or its neuron where that is not drawn", () => {
    expect(selectorsOf(highlight({ kind: "weight", layer: 0, source: 1, neuron: 2 }))).toEqual([
      '[data-link="0:1:2"]',
      '[data-place="0:2"]',
    ]);
    expect(selectorsOf(highlight({ kind: "bias", layer: 2 }))).toEqual(['[data-bias="2:0"]', '[data-place="2:0"]']);
  });

  it("has a place among the components for every part that there is", () => {
    const parts = [...(/export type Part = ([^;]*);/.exec(MESSAGES)?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map(
      ([, part]) => part as Part,
    );
    expect(parts.length).toBeGreaterThan(30);
    const without = parts.filter((part) => !new RegExp(`(?:data-part=|\\bpart[=:] ?)"${part}"`).test(COMPONENTS));
    expect(without).toEqual([]);
  });
});

describe("scrolling into sight", () => {
  it("goes no further than is needed", () => {
    expect([nearest(10, -10), nearest(-30, -50), nearest(70, 20)]).toEqual([0, -38, 28]);
  });

  it("shows the beginning of what is larger than its area", () => {
    expect([nearest(5, 200), nearest(-20, 100)]).toEqual([5, -28]);
  });
});
