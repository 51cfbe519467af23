import { describe, expect, it } from "vitest";
import type { Catalog, FeatureChoice, FormulaPreview, PreviewFormula } from "../protocol/messages";
import { Formulas } from "./formulas.svelte";

function choice(name: string, by_formula: boolean): FeatureChoice {
  return {
    name,
    label: name,
    hint: "",
    symbol: name,
    scale: 1,
    cells: 0,
    picture: "",
    grid_cells: 0,
    grid: "",
    formula: name,
    by_formula,
  };
}

function answer(request: number, feature: FeatureChoice | null): FormulaPreview {
  return { type: "formula-preview", request, feature, refusal: "", start: 0, length: 0 };
}

describe("inputs by formula", () => {
  it("take only the answer to the text that was typed last", () => {
    const sent: PreviewFormula[] = [];
    const formulas = new Formulas((message) => sent.push(message));
    formulas.open("a");
    formulas.ask("x");
    formulas.ask("x*");
    expect(sent.map(({ text, replaces }) => [text, replaces])).toEqual([
      ["x", "a"],
      ["x*", "a"],
    ]);
    formulas.take(answer(sent[0]?.request ?? 0, choice("x", true)));
    expect(formulas.preview).toBeNull();
    expect(formulas.isCurrent()).toBe(false);
    formulas.take(answer(sent[1]?.request ?? 0, null));
    expect(formulas.isCurrent()).toBe(true);
    formulas.close();
    expect(formulas.isCurrent()).toBe(false);
  });

  it("stand in the catalog after the features of the tables, and leave it when they are gone", () => {
    const catalog = { features: [choice("x", false)] } as unknown as Catalog;
    const formulas = new Formulas(() => undefined);
    expect(formulas.amend(catalog)).toBe(catalog);
    formulas.features = [choice("x*2", true)];
    const amended = formulas.amend(catalog);
    expect(amended.features.map(({ name }) => name)).toEqual(["x", "x*2"]);
    expect(formulas.amend(amended)).toBe(amended);
    formulas.features = [];
    expect(formulas.amend(amended).features.map(({ name }) => name)).toEqual(["x"]);
  });
});
