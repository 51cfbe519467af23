import { describe, expect, it } from "vitest";
import type { Catalog, FeatureChoice, FormulaFeatures, FormulaPreview, PreviewFormula } from "../protocol/messages";
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

function news(features: FeatureChoice[]): FormulaFeatures {
  const names = features.filter((feature) => !feature.by_formula).map(({ name }) => ({ name, label: name, hint: "" }));
  return { type: "formula-features", features, names };
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
    expect(formulas.amend(catalog, false)).toBe(catalog);
    formulas.expect(news([choice("x*2", true)]));
    const amended = formulas.amend(catalog, false);
    expect(amended.features.map(({ name }) => name)).toEqual(["x", "x*2"]);
    expect(formulas.amend(amended, false)).toBe(amended);
    formulas.expect(news([]));
    expect(formulas.amend(amended, false)).toBe(catalog);
  });

  it("are instead of the features of the tables, with the columns, for own data", () => {
    const catalog = { features: [choice("x", false)], formula_names: [] } as unknown as Catalog;
    const formulas = new Formulas(() => undefined);
    formulas.expect(news([choice("length", false), choice("length*2", true)]));
    const amended = formulas.amend(catalog, true);
    expect(amended.features.map(({ name }) => name)).toEqual(["length", "length*2"]);
    expect(amended.formula_names.map(({ name }) => name)).toEqual(["length"]);
    formulas.expect(news([]));
    expect(formulas.amend(amended, false)).toBe(catalog);
  });
});
