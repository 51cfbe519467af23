// Inputs that the catalog lacks: formulas, and the columns of own data; and the formula that is being typed.

import type {
  Catalog,
  Choice,
  FeatureChoice,
  FormulaFeatures,
  FormulaPreview,
  PreviewFormula,
} from "../protocol/messages";

export class Formulas {
  /** The inputs that the next state names and the catalog lacks, and what a formula may contain. */
  #features: FeatureChoice[] = [];
  #names: Choice[] = [];
  /** The catalog as it came, and as it was amended last. */
  #original: Catalog | null = null;
  #amended: Catalog | null = null;
  #stale = true;
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

  /** What the next state needs. */
  expect({ features, names }: FormulaFeatures): void {
    this.#features = features;
    this.#names = names;
    this.#stale = true;
  }

  take(answer: FormulaPreview): void {
    if (answer.request === this.#request) this.preview = answer;
  }

  /** Whether the server has answered for the text that was typed last. */
  isCurrent(): boolean {
    return this.preview?.request === this.#request;
  }

  /** The catalog for built-in data with the inputs by formula, or for own data with its columns instead. */
  amend(catalog: Catalog, ownData: boolean): Catalog {
    if (catalog !== this.#amended && catalog !== this.#original) {
      this.#original = catalog;
      this.#stale = true;
    }
    const original = this.#original ?? catalog;
    if (this.#features.length === 0 && !ownData) return original;
    if (this.#stale || this.#amended === null) {
      this.#stale = false;
      this.#amended = {
        ...original,
        features: [...(ownData ? [] : original.features), ...this.#features],
        formula_names: ownData ? this.#names : original.formula_names,
      };
    }
    return this.#amended;
  }
}
