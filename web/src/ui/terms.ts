// Terms on the page lead to their explanation. What that is, the page as a whole provides.

import { getContext, setContext } from "svelte";
import type { Term } from "../protocol/messages";

const KEY = Symbol("terms");

export interface Terms {
  explain: (term: Term) => void;
  /** Whether a term is a target: not for fingers, for which it would be too small. */
  readonly linked: boolean;
}

/** Gives the components below this one an explanation for their terms. */
export function provideTerms(terms: Terms): void {
  setContext(KEY, terms);
}

/** What explains terms; nothing in a figure that stands alone. */
export function useTerms(): Terms | undefined {
  return getContext<Terms | undefined>(KEY);
}
