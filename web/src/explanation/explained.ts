// The sections of “What is this?” and their order. That every term has one is checked by the types.

import type { Term } from "../protocol/messages";
import * as EXPLANATION from "../words/explanation";

/** A part of a sentence: text, or a term that has its own section. */
export type Piece = string | { readonly term: Term; readonly words: string };

export interface ExplainedTerm {
  readonly title: string;
  readonly text: readonly Piece[];
}

export const SECTIONS: Readonly<Record<Term, ExplainedTerm>> = EXPLANATION.sections;

/** The order of reading. */
export const GROUPS: readonly { title: string; terms: readonly Term[] }[] = [
  {
    title: EXPLANATION.groups.network,
    terms: ["neuron", "input", "weight", "bias", "activation", "layer", "output", "decision-boundary"],
  },
  { title: EXPLANATION.groups.data, terms: ["problem", "data", "noise"] },
  {
    title: EXPLANATION.groups.training,
    terms: [
      "initial-weights",
      "loss",
      "loss-function",
      "accuracy",
      "epoch",
      "batch",
      "gradient-descent",
      "learning-rate",
      "optimizer",
    ],
  },
  { title: EXPLANATION.groups.trouble, terms: ["overfitting", "regularization", "dropout"] },
];
