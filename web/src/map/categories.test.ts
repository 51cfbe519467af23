import { describe, expect, it } from "vitest";
import { SCALES } from "../color/scale";
import type { MapTile } from "../protocol/frames";
import type { FindingChoice } from "../protocol/messages";
import { CategoryColours } from "./categories";

const stops = SCALES.tinkernet.light.neuron;
const FINDINGS: FindingChoice[] = [
  { title: "Too fast", tone: "alarm" },
  { title: "Too slow", tone: "alarm" },
  { title: "Solved", tone: "done" },
];

function tile(findings: number[], reasons: number[] = [0, 0, 0, 0], losses: number[] = [1, 1, 1, 1]): MapTile {
  return {
    reasons: new Uint8Array(reasons),
    findings: new Uint8Array(findings),
    trainLosses: new Float32Array(losses),
  } as unknown as MapTile;
}

describe("categories", () => {
  it("count the runs in sight, the most frequent first", () => {
    const found = new CategoryColours().of([tile([1, 0, 0, 3])], "diagnosis", FINDINGS, stops, "light");
    expect(found.map(({ label, share }) => [label, share])).toEqual([
      ["No finding", 0.5],
      ["Too fast", 0.25],
      ["Solved", 0.25],
    ]);
  });

  it("keep the colour of a finding while what is in sight changes", () => {
    const colours = new CategoryColours();
    const first = colours.of([tile([2, 2, 2, 1])], "diagnosis", FINDINGS, stops, "light");
    const second = colours.of([tile([1, 1, 1, 2])], "diagnosis", FINDINGS, stops, "light");
    const colourOf = (found: typeof first, label: string) => found.find((one) => one.label === label)?.colour;
    expect(colourOf(second, "Too fast")).toEqual(colourOf(first, "Too fast"));
    expect(colourOf(first, "Too fast")).not.toEqual(colourOf(first, "Too slow"));
  });

  it("separate runs that stopped, did not, and diverged", () => {
    const found = new CategoryColours().of(
      [tile([0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, Infinity])],
      "outcome",
      FINDINGS,
      stops,
      "light",
    );
    expect(found.map(({ label, share }) => [label, share])).toEqual([
      ["Stopped at the loss", 0.5],
      ["Did not stop", 0.25],
      ["Diverged", 0.25],
    ]);
  });
});
