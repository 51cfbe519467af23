// Inputs by formula: those that the run has, and the one that is being typed.

import type { Catalog, FeatureChoice, FormulaPreview, PreviewFormula } from "../protocol/messages";

export class Formulas {
  /** The inputs by formula that the next state names. */
  features: FeatureChoice[] = [];
  /** What is being typed: an input instead of this one, or with "" a further one; null while nothing is. */
  replaced = $state<string | null>(null);
  /** What the server says about the text that was typed last; null until it has. */
  preview = $state.raw<FormulaPreview | null>(null);
  #request = 0;

  constructor(private readonly send: (message: PreviewFormula) => void) {}

  /** Opens the dialog for a further input, or for this one. */
  open(replaced = ""): void {
    this.preview = null;
    this.replaced = replaced;
  }

  close = (): void => {
    this.replaced = null;
    this.#request += 1;
  };

  /** Asks for a preview of this text. */
  ask(text: string): void {
    this.#request = (this.#request + 1) % 100_000;
    this.send({ type: "preview-formula", request: this.#request, text, replaces: this.replaced ?? "" });
  }

  take(answer: FormulaPreview): void {
    if (answer.request === this.#request) this.preview = answer;
  }

  /** Whether the server has answered for the text that was typed last. */
  isCurrent(): boolean {
    return this.preview?.request === this.#request;
  }

  /** The catalog with the present inputs by formula after those of the tables. */
  amend(catalog: Catalog): Catalog {
    const own = catalog.features.filter((feature) => feature.by_formula);
    const same = own.length === this.features.length && own.every(({ name }, i) => name === this.features[i]?.name);
    if (same) return catalog;
    return { ...catalog, features: [...catalog.features.filter((feature) => !feature.by_formula), ...this.features] };
  }
}
