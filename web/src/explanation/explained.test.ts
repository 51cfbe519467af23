import { describe, expect, it } from "vitest";
import type { Term } from "../protocol/messages";
import { GROUPS, SECTIONS } from "./explained";
import { linkOf, miniatures, stageHeight } from "./miniatures";

const TERMS = Object.keys(SECTIONS) as Term[];
const ORDER = GROUPS.flatMap(({ terms }) => terms);
const CHOICES = [
  { name: "one", label: "One", hint: "" },
  { name: "two", label: "Two", hint: "" },
];
const FIGURES = miniatures({
  activations: CHOICES.map((choice) => ({ ...choice, before: "", after: "", effect: "", lowest: null })),
  optimizers: CHOICES.map((choice) => ({ ...choice, formula: "", parameters: [] })),
  regularizations: CHOICES,
});
const FEATURES = ["x", "y", "xSquared", "sinX"];

/** The text of a section, as a person reads it. */
function textOf(term: Term): string {
  return SECTIONS[term].text.map((piece) => (typeof piece === "string" ? piece : piece.words)).join("");
}

describe("the explanation", () => {
  it("has each term once in its order of reading", () => {
    expect([...ORDER].sort()).toEqual([...TERMS].sort());
  });

  it.each(TERMS)("says what %s is in two to five short sentences", (term) => {
    const sentences = textOf(term).split(/(?<=[.?!])\s+/);
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(5);
    for (const sentence of sentences) expect(sentence.split(" ").length).toBeLessThanOrEqual(34);
  });

  it("refers to other sections, never to the one that is read", () => {
    for (const term of TERMS) {
      const references = SECTIONS[term].text.flatMap((piece) => (typeof piece === "string" ? [] : [piece.term]));
      expect(references).not.toContain(term);
      expect(new Set(references).size).toBe(references.length);
    }
  });
});

describe("the miniatures", () => {
  it("stand at terms, six to nine of them", () => {
    expect(Object.keys(FIGURES).length).toBeGreaterThanOrEqual(6);
    expect(Object.keys(FIGURES).length).toBeLessThanOrEqual(9);
  });

  it("hide the inputs that they do not use, and the buttons that change the network's shape", () => {
    const figure = { ...FIGURES.neuron, settings: "xSquared=true&seed=1" } as NonNullable<typeof FIGURES.neuron>;
    expect(linkOf(figure, 0, FEATURES, "tinkernet")).toBe(
      "xSquared=true&seed=1&colours=tinkernet&sinX_hide=true&numHiddenLayers_hide=true&formulas_hide=true",
    );
  });

  it("add the settings of the chosen option to their link", () => {
    const figure = FIGURES.activation as NonNullable<typeof FIGURES.activation>;
    expect(linkOf(figure, 1, FEATURES, "original")).toContain("&activation=two&colours=original&");
  });

  it("have a stage on which all rows have their place without scrolling", () => {
    for (const figure of Object.values(FIGURES)) {
      const [neurons = 0] = (/networkShape=(\d*)/.exec(figure.settings)?.[1] ?? "").split(",").map(Number);
      const inputs = 2 + (figure.settings.match(/=true/g)?.length ?? 0);
      if (figure.rows > 0) expect(figure.rows).toBe(Math.max(neurons, inputs));
    }
    expect(stageHeight(2)).toBeGreaterThan(2 * 62);
  });
});
